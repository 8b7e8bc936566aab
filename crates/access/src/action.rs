//! What a person may do: the closed list, the same as in the schema.

macro_rules! actions {
    ($($(#[doc = $doc:literal])* $variant:ident = $text:literal),* $(,)?) => {
        /// What a person may do. The list is closed, and the same as in the schema.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[doc = $doc])* $variant,)* }

        impl Action {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the policies.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// As it is said to people: `read papers`.
            #[must_use]
            pub fn in_words(self) -> String {
                let said = match self { $(Self::$variant => concat!($($doc),*),)* };
                let said = said.trim().trim_end_matches('.');
                let mut letters = said.chars();
                let first = letters.next().map(|first| first.to_lowercase().to_string());
                first.unwrap_or_default() + letters.as_str()
            }

            /// The action of this name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|own| own.as_str() == name).copied()
            }
        }
    };
}

actions! {
    /// Find a case by its reference.
    FindCase = "find_case",
    /// See one's list of cases.
    ListCases = "list_cases",
    /// Open a case.
    ViewCase = "view_case",
    /// Put one's firm on record.
    AssociateDefence = "associate_defence",
    /// Take a firm off record.
    DisassociateDefence = "disassociate_defence",
    /// Instruct counsel.
    InstructCounsel = "instruct_counsel",
    /// Give somebody access, or end it.
    GrantAccess = "grant_access",
    /// See who acts in a case.
    ViewPeople = "view_people",
    /// Assign a case to an advocate of the prosecution.
    AssignAdvocate = "assign_advocate",
    /// See what the Legal Aid Agency was told.
    ViewLegalAid = "view_legal_aid",
    /// Make or withdraw a representation order.
    RecordOrder = "record_order",
    /// Serve papers.
    ServeMaterial = "serve_material",
    /// Read papers.
    ReadMaterial = "read_material",
    /// Read a notice, order or warrant.
    ReadDocument = "read_document",
    /// See court lists.
    ViewLists = "view_lists",
    /// Open a hearing.
    ViewHearing = "view_hearing",
    /// Log an event.
    LogEvent = "log_event",
    /// Record attendance.
    RecordAttendance = "record_attendance",
    /// Hear the cases of two hearings together.
    HearTogether = "hear_together",
    /// Enter a plea.
    EnterPlea = "enter_plea",
    /// Enter a verdict.
    EnterVerdict = "enter_verdict",
    /// Type results.
    EditResults = "edit_results",
    /// Share results.
    ShareResults = "share_results",
    /// Amend shared results.
    AmendResults = "amend_results",
    /// Approve somebody else's amendment, or not.
    DecideAmendment = "decide_amendment",
    /// End somebody else's amendment.
    UnlockResults = "unlock_results",
    /// See one's organisation's inbox.
    ViewInbox = "view_inbox",
    /// Open a delivery.
    OpenDelivery = "open_delivery",
    /// Acknowledge a delivery.
    AcknowledgeDelivery = "acknowledge_delivery",
    /// See which deliveries of one's court are overdue.
    ViewAlarms = "view_alarms",
    /// Take such an alarm on, or end it.
    HandleAlarm = "handle_alarm",
    /// See what one's court still owes in Welsh.
    ViewTranslations = "view_translations",
    /// Give the Welsh of what it owes.
    Translate = "translate",
    /// See what became of the deliveries of a day.
    ViewDeliveries = "view_deliveries",
    /// Keep a case off lists that others than the court read.
    RestrictListing = "restrict_listing",
    /// Have printouts of a court's day.
    ViewPrintouts = "view_printouts",
    /// Have the public list.
    ReadPublicList = "read_public_list",
    /// Have the standard list.
    ReadStandardList = "read_standard_list",
    /// Have the bench's list.
    ReadBenchList = "read_bench_list",
    /// Have the list of prisoners to be produced.
    ReadPrisonList = "read_prison_list",
    /// Have the court register.
    ReadCourtRegister = "read_court_register",
    /// Have the part of it about people under 18.
    ReadYouthRegister = "read_youth_register",
    /// Have the informant register.
    ReadInformantRegister = "read_informant_register",
    /// Have the extract of a case.
    ReadExtract = "read_extract",
    /// Have a memorandum of conviction.
    ReadMemorandum = "read_memorandum",
    /// Have a receipt of service.
    ReadReceipt = "read_receipt",
    /// See one's notices.
    ViewNotices = "view_notices",
    /// Give somebody permission on one case, or take it back.
    GiveAccess = "give_access",
    /// Give somebody who prosecutes a case permission on it, or take it back.
    GiveProsecutionAccess = "give_prosecution_access",
    /// Say that a case is sensitive no longer.
    LiftSensitivity = "lift_sensitivity",
    /// Read who saw and did what.
    ViewAudit = "view_audit",
    /// Decide on organisations that register, and take in files of them.
    ValidateOrganisations = "validate_organisations",
    /// Administer the accounts of one's own organisation.
    AdministerAccounts = "administer_accounts",
    /// Administer anybody's account.
    AdministerAllAccounts = "administer_all_accounts",
    /// Announce something to everybody.
    Announce = "announce",
    /// Lower rules before sharing, and give them back what their tables say.
    LowerRules = "lower_rules",
    /// Ask the service centre.
    AskForHelp = "ask_for_help",
    /// Answer as the service centre.
    AnswerHelp = "answer_help",
}
