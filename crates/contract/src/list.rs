//! The list itself. One line an endpoint: kind, whether it is open to people
//! who have not signed in, name, method, request and view.

/// Hands every endpoint to the macro `$then`, as
/// `(query|command, open|signed, "noun.verb", method, request, view)`.
#[macro_export]
macro_rules! endpoints {
    ($then:ident) => {
        $then! {
            (query, open, "account.about", account_about, $crate::account::About, $crate::account::Service),
            (command, open, "account.sign_in", account_sign_in, $crate::account::SignIn, $crate::account::SignedIn),
            (command, signed, "account.sign_out", account_sign_out, $crate::account::SignOut, $crate::account::SignedOut),
            (query, signed, "account.current", account_current, $crate::account::Current, $crate::account::Person),
            (query, signed, "case.list", case_list, $crate::case::List, $crate::case::CaseList),
            (query, signed, "case.find", case_find, $crate::case::Find, $crate::case::Found),
            (query, signed, "case.view", case_view, $crate::case::View, $crate::case::CaseAtAGlance),
            (command, signed, "case.mark_seen", case_mark_seen, $crate::case::MarkSeen, $crate::case::Seen),
            (command, signed, "defence.associate", defence_associate, $crate::defence::Associate, $crate::defence::Associated),
            (command, signed, "material.serve", material_serve, $crate::material::Serve, $crate::material::Served),
            (query, signed, "hearing.courtrooms", hearing_courtrooms, $crate::hearing::Courtrooms, $crate::hearing::CourtroomList),
            (query, signed, "hearing.day_list", hearing_day_list, $crate::hearing::DayList, $crate::hearing::DayListView),
            (query, signed, "hearing.view", hearing_view, $crate::hearing::View, $crate::hearing::HearingView),
            (command, signed, "hearing.log_event", hearing_log_event, $crate::hearing::LogEvent, $crate::hearing::Recorded),
            (command, signed, "hearing.record_attendance", hearing_record_attendance, $crate::hearing::RecordAttendance, $crate::hearing::Recorded),
            (command, signed, "hearing.enter_plea", hearing_enter_plea, $crate::hearing::EnterPlea, $crate::hearing::Recorded),
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
            (command, signed, "alarm.settle", alarm_settle, $crate::alarm::Settle, $crate::alarm::Alarms),
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
    (@open signed) => { false };
}

endpoints!(implement);
