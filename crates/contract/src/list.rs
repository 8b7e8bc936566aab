//! The list itself. One line an endpoint: kind, whether it is open to people
//! who have not signed in, name, method, request and view.

/// Hands every endpoint to the macro `$then`, as
/// `(query|command, open|held|signed, "noun.verb", method, request, view)`. What is
/// `held` is asked by somebody whose session is locked, or not complete; the use case
/// itself says how much of a session it needs.
#[macro_export]
macro_rules! endpoints {
    ($then:ident) => {
        $then! {
            (query, open, "account.about", account_about, $crate::account::About, $crate::account::Service),
            (command, open, "account.sign_in", account_sign_in, $crate::account::SignIn, $crate::account::SignedIn),
            (command, held, "account.sign_out", account_sign_out, $crate::account::SignOut, $crate::account::SignedOut),
            (command, held, "account.sign_out_everywhere", account_sign_out_everywhere, $crate::account::SignOutEverywhere, $crate::account::SignedOut),
            (command, open, "account.confirm_sign_in", account_confirm_sign_in, $crate::security::ConfirmSignIn, $crate::account::SignedIn),
            (command, held, "account.prove", account_prove, $crate::security::Prove, $crate::account::SignedIn),
            (command, held, "account.lock", account_lock, $crate::security::Lock, $crate::security::SessionLocked),
            (command, open, "account.request_reset", account_request_reset, $crate::security::RequestReset, $crate::security::ResetRequested),
            (command, open, "account.reset_password", account_reset_password, $crate::security::ResetPassword, $crate::security::PasswordReset),
            (command, held, "account.change_password", account_change_password, $crate::security::ChangePassword, $crate::security::PasswordChanged),
            (query, held, "account.security", account_security, $crate::security::ViewSecurity, $crate::security::Security),
            (command, held, "account.end_session", account_end_session, $crate::security::EndSession, $crate::security::Security),
            (command, held, "account.end_other_sessions", account_end_other_sessions, $crate::security::EndOtherSessions, $crate::security::Security),
            (command, held, "account.enrol_second_factor", account_enrol_second_factor, $crate::security::EnrolSecondFactor, $crate::security::Enrolment),
            (command, held, "account.confirm_second_factor", account_confirm_second_factor, $crate::security::ConfirmSecondFactor, $crate::security::RecoveryCodes),
            (command, held, "account.renew_recovery_codes", account_renew_recovery_codes, $crate::security::RenewRecoveryCodes, $crate::security::RecoveryCodes),
            (command, held, "account.remove_second_factor", account_remove_second_factor, $crate::security::RemoveSecondFactor, $crate::security::Security),
            (command, open, "account.begin_provider_sign_in", account_begin_provider_sign_in, $crate::security::BeginProviderSignIn, $crate::security::ProviderSignIn),
            (command, open, "account.end_provider_sign_in", account_end_provider_sign_in, $crate::security::EndProviderSignIn, $crate::account::SignedIn),
            (command, held, "account.begin_passkey", account_begin_passkey, $crate::passkey::BeginPasskey, $crate::passkey::PasskeyCeremony),
            (command, held, "account.end_passkey", account_end_passkey, $crate::passkey::EndPasskey, $crate::passkey::PasskeyAdded),
            (command, held, "account.remove_passkey", account_remove_passkey, $crate::passkey::RemovePasskey, $crate::security::Security),
            (command, open, "account.begin_passkey_sign_in", account_begin_passkey_sign_in, $crate::passkey::BeginPasskeySignIn, $crate::passkey::PasskeyCeremony),
            (command, open, "account.end_passkey_sign_in", account_end_passkey_sign_in, $crate::passkey::EndPasskeySignIn, $crate::account::SignedIn),
            (command, held, "account.begin_passkey_proof", account_begin_passkey_proof, $crate::passkey::BeginPasskeyProof, $crate::passkey::PasskeyCeremony),
            (command, held, "account.end_passkey_proof", account_end_passkey_proof, $crate::passkey::EndPasskeyProof, $crate::account::SignedIn),
            (query, held, "account.current", account_current, $crate::account::Current, $crate::account::Person),
            (query, signed, "case.list", case_list, $crate::case::List, $crate::case::CaseList),
            (query, signed, "case.find", case_find, $crate::case::Find, $crate::case::Found),
            (query, signed, "case.view", case_view, $crate::case::View, $crate::case::CaseAtAGlance),
            (command, signed, "case.mark_seen", case_mark_seen, $crate::case::MarkSeen, $crate::case::Seen),
            (command, signed, "defence.associate", defence_associate, $crate::defence::Associate, $crate::defence::Associated),
            (query, signed, "defence.find", defence_find, $crate::defence::Find, $crate::defence::FindAnswer),
            (query, signed, "defence.people", defence_people, $crate::defence::People, $crate::defence::CasePeople),
            (command, signed, "defence.change", defence_change, $crate::defence::Change, $crate::defence::Changed),
            (command, signed, "defence.disassociate", defence_disassociate, $crate::defence::Disassociate, $crate::defence::Done),
            (command, signed, "defence.instruct", defence_instruct, $crate::defence::Instruct, $crate::defence::Granted),
            (command, signed, "defence.end_instruction", defence_end_instruction, $crate::defence::EndInstruction, $crate::defence::Done),
            (command, signed, "defence.grant", defence_grant, $crate::defence::Grant, $crate::defence::Granted),
            (command, signed, "defence.remove", defence_remove, $crate::defence::Remove, $crate::defence::Done),
            (query, signed, "legal_aid.messages", legal_aid_messages, $crate::legal_aid::Messages, $crate::legal_aid::MessageList),
            (query, signed, "legal_aid.representation", legal_aid_representation, $crate::legal_aid::Representation, $crate::legal_aid::Represented),
            (command, signed, "legal_aid.make_order", legal_aid_make_order, $crate::legal_aid::MakeOrder, $crate::defence::Done),
            (command, signed, "legal_aid.withdraw_order", legal_aid_withdraw_order, $crate::legal_aid::WithdrawOrder, $crate::defence::Done),
            (command, signed, "prosecution.assign", prosecution_assign, $crate::prosecution::Assign, $crate::defence::Granted),
            (command, signed, "prosecution.assign_list", prosecution_assign_list, $crate::prosecution::AssignList, $crate::prosecution::AssignedList),
            (command, signed, "prosecution.unassign", prosecution_unassign, $crate::prosecution::Unassign, $crate::defence::Done),
            (command, signed, "material.serve", material_serve, $crate::material::Serve, $crate::material::Served),
            (query, signed, "hearing.courtrooms", hearing_courtrooms, $crate::hearing::Courtrooms, $crate::hearing::CourtroomList),
            (query, signed, "hearing.closed", hearing_closed, $crate::hearing::Closed, $crate::hearing::ClosedHearings),
            (command, signed, "hearing.leave_words", hearing_leave_words, $crate::hearing::LeaveWords, $crate::hearing::WordsAreLeft),
            (query, signed, "hearing.day_list", hearing_day_list, $crate::hearing::DayList, $crate::hearing::DayListView),
            (query, signed, "hearing.view", hearing_view, $crate::hearing::View, $crate::hearing::HearingView),
            (command, signed, "hearing.log_event", hearing_log_event, $crate::hearing::LogEvent, $crate::hearing::Recorded),
            (command, signed, "hearing.record_attendance", hearing_record_attendance, $crate::hearing::RecordAttendance, $crate::hearing::Recorded),
            (query, signed, "hearing.also_listed", hearing_also_listed, $crate::hearing::AlsoListed, $crate::hearing::AlsoListedView),
            (command, signed, "hearing.hear_together", hearing_hear_together, $crate::hearing::HearTogether, $crate::hearing::Recorded),
            (command, signed, "hearing.enter_plea", hearing_enter_plea, $crate::hearing::EnterPlea, $crate::hearing::Recorded),
            (command, signed, "hearing.enter_verdict", hearing_enter_verdict, $crate::hearing::EnterVerdict, $crate::hearing::Recorded),
            (command, signed, "hearing.save_draft", hearing_save_draft, $crate::hearing::SaveDraft, $crate::hearing::DraftSaved),
            (query, signed, "hearing.preview", hearing_preview, $crate::hearing::Preview, $crate::hearing::PreviewView),
            (command, signed, "hearing.share_results", hearing_share_results, $crate::hearing::ShareResults, $crate::hearing::Shared),
            (command, signed, "hearing.begin_amendment", hearing_begin_amendment, $crate::hearing::BeginAmendment, $crate::hearing::Recorded),
            (command, signed, "hearing.cancel_amendment", hearing_cancel_amendment, $crate::hearing::CancelAmendment, $crate::hearing::Recorded),
            (command, signed, "hearing.unlock_results", hearing_unlock_results, $crate::hearing::UnlockResults, $crate::hearing::Recorded),
            (command, signed, "hearing.request_approval", hearing_request_approval, $crate::hearing::RequestApproval, $crate::hearing::Recorded),
            (command, signed, "hearing.decide_amendment", hearing_decide_amendment, $crate::hearing::DecideAmendment, $crate::hearing::Recorded),
            (query, signed, "hearing.compare_versions", hearing_compare_versions, $crate::hearing::CompareVersions, $crate::hearing::ComparisonView),
            (query, signed, "document.view", document_view, $crate::document::View, $crate::document::Standing),
            (query, signed, "result.definition", result_definition, $crate::result::Definition, $crate::result::DefinitionView),
            (query, signed, "result.parse", result_parse, $crate::result::Parse, $crate::result::Parsed),
            (query, signed, "inbox.list", inbox_list, $crate::inbox::List, $crate::inbox::Inbox),
            (command, signed, "inbox.open", inbox_open, $crate::inbox::Open, $crate::inbox::InboxItem),
            (command, signed, "inbox.acknowledge", inbox_acknowledge, $crate::inbox::Acknowledge, $crate::inbox::InboxItem),
            (query, signed, "alarm.list", alarm_list, $crate::alarm::List, $crate::alarm::Alarms),
            (command, signed, "alarm.take", alarm_take, $crate::alarm::Take, $crate::alarm::Alarms),
            (command, signed, "alarm.take_day", alarm_take_day, $crate::alarm::TakeDay, $crate::alarm::Alarms),
            (command, signed, "alarm.came_back", alarm_came_back, $crate::alarm::CameBack, $crate::alarm::Alarms),
            (command, signed, "alarm.settle", alarm_settle, $crate::alarm::Settle, $crate::alarm::Alarms),
            (query, signed, "translation.list", translation_list, $crate::translation::List, $crate::translation::Translations),
            (query, signed, "translation.view", translation_view, $crate::translation::View, $crate::translation::Translation),
            (command, signed, "translation.take", translation_take, $crate::translation::Take, $crate::translation::Translations),
            (command, signed, "translation.give", translation_give, $crate::translation::Give, $crate::translation::Translation),
            (query, signed, "delivery.reconcile", delivery_reconcile, $crate::delivery::Reconcile, $crate::delivery::Reconciliation),
            (query, signed, "notice.list", notice_list, $crate::notice::List, $crate::notice::Notices),
            (command, signed, "case.restrict_listing", case_restrict_listing, $crate::case::RestrictListing, $crate::case::ListingRestricted),
            (query, signed, "printout.of_court", printout_of_court, $crate::printout::OfCourt, $crate::printout::CourtPrintouts),
            (query, signed, "printout.of_case", printout_of_case, $crate::printout::OfCase, $crate::printout::CasePrintouts),
            (query, signed, "access.explain", access_explain, $crate::access::Explain, $crate::access::Explained),
            (query, signed, "access.of_case", access_of_case, $crate::access::OfCase, $crate::access::CaseAccess),
            (command, signed, "access.give", access_give, $crate::access::Give, $crate::access::CaseAccess),
            (command, signed, "access.take_back", access_take_back, $crate::access::TakeBack, $crate::access::CaseAccess),
            (command, signed, "access.set_sensitive", access_set_sensitive, $crate::access::SetSensitive, $crate::access::CaseAccess),
            (command, signed, "access.break_glass", access_break_glass, $crate::access::BreakGlass, $crate::access::GlassBroken),
            (query, signed, "access.openings", access_openings, $crate::access::Openings, $crate::access::OpeningQueue),
            (command, signed, "access.review", access_review, $crate::access::Review, $crate::access::OpeningQueue),
            (query, signed, "audit.report", audit_report, $crate::audit::Report, $crate::audit::AuditReport),
            (query, open, "account.activation", account_activation, $crate::activation::Activation, $crate::activation::Invitation),
            (command, open, "account.activate", account_activate, $crate::activation::Activate, $crate::activation::Activated),
            (command, open, "account.ask_again", account_ask_again, $crate::activation::AskAgain, $crate::activation::AskedAgain),
            (query, open, "organisation.terms", organisation_terms, $crate::organisation::Terms, $crate::organisation::TermsOfUse),
            (command, open, "organisation.register", organisation_register, $crate::organisation::Register, $crate::organisation::Registered),
            (query, open, "organisation.registration", organisation_registration, $crate::organisation::Status, $crate::organisation::RegistrationStatus),
            (command, signed, "organisation.register_office", organisation_register_office, $crate::organisation::RegisterOffice, $crate::organisation::Registered),
            (query, signed, "organisation.queue", organisation_queue, $crate::organisation::Queue, $crate::organisation::Registrations),
            (command, signed, "organisation.validate", organisation_validate, $crate::organisation::Validate, $crate::organisation::Registrations),
            (command, signed, "organisation.refuse", organisation_refuse, $crate::organisation::Refuse, $crate::organisation::Registrations),
            (command, signed, "organisation.import", organisation_import, $crate::organisation::Import, $crate::organisation::Imported),
            (query, signed, "organisation.list", organisation_list, $crate::organisation::List, $crate::organisation::Organisations),
            (query, signed, "organisation.people", organisation_people, $crate::organisation::People, $crate::organisation::PeopleOf),
            (query, signed, "organisation.person", organisation_person, $crate::organisation::Person, $crate::organisation::WhatTheySee),
            (command, signed, "organisation.invite", organisation_invite, $crate::organisation::Invite, $crate::organisation::PeopleOf),
            (command, signed, "organisation.resend", organisation_resend, $crate::organisation::Resend, $crate::organisation::PeopleOf),
            (command, signed, "organisation.show_link", organisation_show_link, $crate::organisation::ShowLink, $crate::organisation::Link),
            (command, signed, "organisation.change_roles", organisation_change_roles, $crate::organisation::ChangeRoles, $crate::organisation::PeopleOf),
            (command, signed, "organisation.correct_name", organisation_correct_name, $crate::organisation::CorrectName, $crate::organisation::PeopleOf),
            (command, signed, "organisation.rename", organisation_rename, $crate::organisation::Rename, $crate::organisation::PeopleOf),
            (command, signed, "organisation.suspend", organisation_suspend, $crate::organisation::Suspend, $crate::organisation::PeopleOf),
            (command, signed, "organisation.reactivate", organisation_reactivate, $crate::organisation::Reactivate, $crate::organisation::PeopleOf),
            (command, signed, "organisation.leave", organisation_leave, $crate::organisation::Leave, $crate::organisation::Left),
            (query, open, "support.announcements", support_announcements, $crate::support::Announcements, $crate::support::Announced),
            (query, signed, "support.all_announcements", support_all_announcements, $crate::support::AllAnnouncements, $crate::support::Announced),
            (command, signed, "support.announce", support_announce, $crate::support::Announce, $crate::support::Announced),
            (command, signed, "support.withdraw", support_withdraw, $crate::support::Withdraw, $crate::support::Announced),
            (query, signed, "support.requests", support_requests, $crate::support::Requests, $crate::support::HelpRequests),
            (command, signed, "support.ask", support_ask, $crate::support::Ask, $crate::support::HelpRequests),
            (query, signed, "support.waiting", support_waiting, $crate::support::WaitingRequests, $crate::support::HelpRequests),
            (command, signed, "support.answer", support_answer, $crate::support::Answer, $crate::support::HelpRequests),
            (query, signed, "rules.list", rules_list, $crate::rules::List, $crate::rules::RuleList),
            (command, signed, "rules.lower", rules_lower, $crate::rules::Lower, $crate::rules::RuleList),
            (command, signed, "rules.restore", rules_restore, $crate::rules::Restore, $crate::rules::RuleList),
            (command, signed, "notice.mark_read", notice_mark_read, $crate::notice::MarkRead, $crate::notice::Notices),
        }
    };
}

macro_rules! implement {
    ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {$(
        impl crate::Endpoint for $request {
            type View = $view;
            const NAME: &'static str = $name;
            const KIND: crate::Kind = implement!(@kind $kind);
            const OPEN: bool = implement!(@open $open);
        }
    )*};
    (@kind query) => { crate::Kind::Query };
    (@kind command) => { crate::Kind::Command };
    (@open open) => { true };
    (@open held) => { true };
    (@open signed) => { false };
}

endpoints!(implement);
