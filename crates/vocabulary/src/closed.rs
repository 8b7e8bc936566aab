//! Closed vocabularies: the lists in which a new word is a decision.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! closed {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { list: stringify!($name), word: text.to_owned() }),
                }
            }
        }
    )*};
}

/// A word that its list does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a word of the list {list}")]
pub struct UnknownWord {
    /// The list.
    pub list: &'static str,
    /// The word.
    pub word: String,
}

closed! {
    /// The user groups (names as in reference/user_groups.csv, which says what each
    /// does; four names there are other spellings, see [`Group::named`]).
    Group {
        /// Magistrates' court legal adviser.
        LegalAdvisers = "Legal Advisers",
        /// Crown Court clerk.
        CourtClerks = "Court Clerks",
        /// Court associate.
        CourtAssociate = "Court Associate",
        /// Magistrates' back office.
        CourtAdministrators = "Court Administrators",
        /// Crown Prosecution Service.
        Cps = "CPS",
        /// Defence solicitors.
        DefenceLawyers = "Defence Lawyers",
        /// Barristers.
        Advocates = "Advocates",
        /// Probation.
        ProbationAdmin = "Probation Admin",
        /// Prisons.
        PrisonAdmin = "Prison Admin",
        /// Police.
        PoliceAdmin = "Police Admin",
        /// The electronic monitoring contractor's inbox (ours: the real system has no such group).
        ElectronicMonitoring = "Electronic Monitoring",
        /// The escort contractor's inbox (ours: the real system has no such group).
        PrisonerEscort = "Prisoner Escort",
        /// Fines enforcement.
        Nces = "NCES",
        /// Youth offending teams.
        YouthOffending = "Youth Offending Service Admin",
        /// Witness care units.
        WitnessCare = "Victims & Witness Care Admin",
        /// The Legal Aid Agency.
        LegalAidAgency = "Legal Aid Agency Admin",
        /// The press (ours: the published lists go out by another service).
        Media = "Media",
        /// Runs the service; sees no case.
        SystemAdministrators = "System Administrators",
        /// List hearings.
        ListingOfficers = "Listing Officers",
        /// The Crown Court's back office.
        CrownCourtAdmin = "Crown Court Admin",
        /// Case progression.
        CaseOfficer = "Case Officer",
        /// The service centre's task queues.
        CtscAdmin = "CTSC Admin",
        /// Reports, extracts and prison lists.
        OperationalDelivery = "Operational Delivery Admin",
        /// Judges, as one group.
        Judiciary = "Judiciary",
        /// Judges of the Crown Court.
        Judge = "Judge",
        /// District judges.
        DistrictJudge = "District Judge",
        /// District judges (magistrates' courts).
        Djmc = "DJMC",
        /// Deputy district judges: only cases that are theirs.
        Deputies = "Deputies",
        /// Recorders: only cases that are theirs.
        Recorders = "Recorders",
        /// Lay magistrates.
        Magistrates = "Magistrates",
        /// Prosecutors of other authorities than the CPS.
        NonCpsProsecutors = "Non CPS Prosecutors",
        /// Authorities other than the police that use the single justice procedure.
        NonPoliceProsecutors = "Non Police Prosecutors",
        /// Prosecutors in the single justice procedure.
        SjpProsecutors = "SJP Prosecutors",
        /// Lawyers who decide on charges.
        ChargingLawyers = "Charging Lawyers",
        /// Systems that use the prosecutors' interface.
        CppiConsumers = "CPPI Consumers",
        /// Chambers' office.
        ChambersAdmin = "Chambers Admin",
        /// Chambers' clerks.
        ChambersClerk = "Chambers Clerk",
        /// An older name for accounts of the defence.
        DefenceUsers = "Defence Users",
        /// Looks after the people of an organisation.
        OrganisationAdministrator = "Organisation administrator",
        /// Probation case workers.
        ProbationCaseworker = "Probation Caseworker",
        /// Service accounts.
        SystemUsers = "System Users",
        /// The online plea service.
        OnlinePlea = "Online Plea System Users",
        /// The criminal justice exchange.
        Cjse = "CJSE",
        /// The CPS's case management system.
        Cms = "CMS",
        /// Support of the second line.
        SecondLineSupport = "Second Line Support",
        /// Takes cases out of the system.
        EjectCase = "Eject Case Group",
        /// Reads who saw and did what.
        Auditors = "Auditors",
        /// Gives people permission on single cases.
        AccessController = "Access Controller",
    }

    /// As what somebody has permission on one case (reference/permissions.csv).
    CasePermission {
        /// Deputy district judge; ends 28 days after the results. What somebody of the group
        /// Deputies is given is this, whatever was chosen.
        Deputy = "DDJ-ROLE",
        /// Recorder.
        Recorder = "RECORDER-ROLE",
        /// Somebody who works on a sensitive case.
        Access = "Case Access",
    }

    /// What an opening is that was not permitted beforehand.
    OpeningKind {
        /// A sensitive case opened to one person, for a reason.
        Glass = "glass",
        /// A case that is sensitive no longer: opened to everybody.
        Lifted = "lifted",
        /// A case of another court opened to one person, for a reason that nobody reviews.
        Area = "area",
    }

    /// Which court a thing belongs to.
    Jurisdiction {
        /// Magistrates' courts.
        Magistrates = "MAGISTRATES",
        /// The Crown Court.
        Crown = "CROWN",
    }

    /// How a case began.
    InitiationCode {
        /// Charge.
        Charge = "C",
        /// Requisition.
        Requisition = "Q",
        /// Summons.
        Summons = "S",
    }

    /// Bail status (reference/bail_statuses.csv).
    BailStatus {
        /// Not applicable.
        NotApplicable = "A",
        /// Conditional bail.
        Conditional = "B",
        /// In custody.
        Custody = "C",
        /// In care of the local authority.
        LocalAuthority = "L",
        /// Conditional bail with pre-release conditions.
        PreRelease = "P",
        /// Re-arrested.
        ReArrested = "R",
        /// Secure accommodation.
        Secure = "S",
        /// Unconditional bail.
        Unconditional = "U",
    }

    /// On what basis a firm represents a defendant.
    RepresentationBasis {
        /// A representation order is granted.
        RepresentationOrder = "REPRESENTATION_ORDER",
        /// A representation order is applied for.
        RepresentationOrderAppliedFor = "REPRESENTATION_ORDER_APPLIED_FOR",
        /// Appointed by the court.
        CourtAppointed = "COURT_APPOINTED",
        /// Without a fee.
        ProBono = "PRO_BONO",
        /// Paid privately.
        Private = "PRIVATE",
    }

    /// Why a firm is no longer on record (ours: the source's lists are not published).
    DisassociationReason {
        /// The client has instructed somebody else.
        ClientInstructsAnother = "CLIENT_INSTRUCTS_ANOTHER",
        /// The client no longer wants to be represented by this firm.
        InstructionsWithdrawn = "INSTRUCTIONS_WITHDRAWN",
        /// The firm cannot go on acting.
        ProfessionalReasons = "PROFESSIONAL_REASONS",
        /// It never should have been on record.
        AssociatedInError = "ASSOCIATED_IN_ERROR",
        /// The court decided it.
        CourtDecision = "COURT_DECISION",
        /// The representation order names another firm.
        ReplacedByOrder = "REPLACED_BY_REPRESENTATION_ORDER",
        /// Legal aid was withdrawn.
        LegalAidWithdrawn = "LEGAL_AID_WITHDRAWN",
    }

    /// How a defendant attends a hearing day.
    Attendance {
        /// In the court room.
        InPerson = "IN_PERSON",
        /// By video.
        ByVideo = "BY_VIDEO",
        /// Absent.
        NotPresent = "NOT_PRESENT",
    }

    /// How far a document has come on its way to one recipient.
    DeliveryState {
        /// Waiting to leave.
        Queued = "queued",
        /// Left here.
        Sent = "sent",
        /// The recipient's system has it.
        Received = "received",
        /// Somebody there has opened it.
        Opened = "opened",
        /// Somebody there has taken responsibility for it.
        Acknowledged = "acknowledged",
        /// It did not arrive.
        Failed = "failed",
        /// It was stopped on its way: its document was superseded first.
        Stopped = "stopped",
    }

    /// How the results of a hearing day stand (the published states of a hearing day).
    ResultsState {
        /// Not shared yet.
        Initialised = "INITIALISED",
        /// Shared: final until amended.
        Shared = "SHARED",
        /// Somebody puts right what was recorded wrongly.
        AmendLockedAdminError = "SHARED_AMEND_LOCKED_ADMIN_ERROR",
        /// Somebody changes what was announced; needs approval by somebody else.
        AmendLockedUserError = "SHARED_AMEND_LOCKED_USER_ERROR",
        /// The amendment waits for somebody else's approval.
        ApprovalRequested = "APPROVAL_REQUESTED",
        /// Approved, not yet shared again.
        Validated = "VALIDATED",
    }

    /// What kind of error an amendment puts right.
    AmendmentKind {
        /// The results were recorded otherwise than the court ordered.
        AdministrativeError = "ADMIN_ERROR",
        /// What was ordered or announced changes: somebody else must approve it.
        UserError = "USER_ERROR",
    }

    /// Why results are amended; printed on the documents that are made again.
    AmendmentReason {
        /// A result was recorded wrongly.
        RecordedWrongly = "RECORDED_WRONGLY",
        /// A slip in what was announced, put right under the slip rule.
        SlipRule = "SLIP_RULE",
        /// Further results of the hearing were shared: no reason to amend, but why a document
        /// that tells of them is made again.
        MoreShared = "MORE_SHARED",
    }

    /// What became of an amendment that is over.
    AmendmentOutcome {
        /// Its results were shared.
        Shared = "shared",
        /// Whoever made it gave it up.
        Cancelled = "cancelled",
        /// Somebody else unlocked the results.
        Unlocked = "unlocked",
        /// It was not approved.
        Rejected = "rejected",
    }

    /// What an amendment does to one line of results.
    LineChange {
        /// It was not there before.
        New = "new",
        /// It says something else.
        Changed = "changed",
        /// It stands as it was.
        Unchanged = "unchanged",
        /// It is taken away.
        Deleted = "deleted",
    }

    /// The way a document travels.
    Channel {
        /// The recipient's inbox in this system.
        Inbox = "inbox",
        /// A mailbox of somebody who has no inbox in this system.
        Email = "email",
        /// First class post.
        FirstClassPost = "first_class_post",
        /// Second class post.
        SecondClassPost = "second_class_post",
        /// Filed in the case, sent to nobody.
        FileOnly = "file_only",
    }

    /// What a document made from results is.
    DocumentKind {
        /// A notice.
        Notice = "Notice",
        /// An order.
        Order = "Order",
        /// A warrant.
        Warrant = "Warrant",
        /// An electronic notification to an agency.
        Edt = "EDT",
    }

    /// The state of a hearing on its day.
    HearingState {
        /// Listed, not begun.
        Listed = "listed",
        /// In progress.
        Started = "started",
        /// Paused.
        Paused = "paused",
        /// Over.
        Ended = "ended",
        /// Taken out of the list before it began.
        Vacated = "vacated",
    }

    /// What a prosecutor's submission has come to.
    SubmissionStatus {
        /// Not looked at yet.
        Pending = "PENDING",
        /// No case was made.
        Rejected = "REJECTED",
        /// A case was made.
        Success = "SUCCESS",
        /// A case was made; something deserves a look.
        SuccessWithWarnings = "SUCCESS_WITH_WARNINGS",
    }

    /// How much a finding matters before sharing.
    Severity {
        /// Results cannot be shared.
        Blocks = "blocks",
        /// Results can be shared, knowingly.
        Warns = "warns",
    }

    /// What is wrong with a delivery beyond its limit.
    Alarm {
        /// The recipient does not have it.
        NotDelivered = "not_delivered",
        /// It could not be delivered.
        Failed = "failed",
        /// The recipient has it, and nobody there has acknowledged it.
        NotAcknowledged = "not_acknowledged",
        /// It left here while it was being ended, to somebody who was not told so.
        LeftAfterEnd = "left_after_end",
    }

    /// Whether what is announced was to be expected.
    AnnouncementCategory {
        /// It was.
        Planned = "PLANNED",
        /// It was not.
        Unplanned = "UNPLANNED",
    }

    /// How serious what is announced is.
    AnnouncementSeverity {
        /// Work cannot go on.
        Critical = "CRITICAL",
        /// Work is hindered.
        Warning = "WARNING",
        /// Worth knowing.
        Information = "INFORMATION",
    }

    /// The kind of an organisation.
    OrganisationKind {
        /// A court house.
        Court = "court",
        /// A prosecuting authority.
        Prosecutor = "prosecutor",
        /// A firm of solicitors.
        DefenceFirm = "defence_firm",
        /// Barristers' chambers.
        Chambers = "chambers",
        /// A prison.
        Prison = "prison",
        /// A probation team.
        Probation = "probation",
        /// A police force.
        Police = "police",
        /// The electronic monitoring contractor.
        ElectronicMonitoring = "electronic_monitoring",
        /// The contractor who takes people from court into custody.
        Escort = "escort",
        /// The fines office.
        FinesOffice = "fines_office",
        /// A youth offending team.
        YouthOffendingTeam = "youth_offending_team",
        /// A witness care unit.
        WitnessCare = "witness_care",
        /// The Legal Aid Agency.
        LegalAid = "legal_aid",
        /// A news organisation.
        Media = "media",
        /// Whoever runs the service.
        Service = "service",
    }
}

/// Names in published rules that spell another group's name differently.
const SPELT_OTHERWISE: [(&str, Group); 5] = [
    ("Court Associates", Group::CourtAssociate),
    ("Court Admin", Group::CourtAdministrators),
    ("Court Clerk", Group::CourtClerks),
    ("judiciary", Group::Judiciary),
    ("Victim & Witness Care Admin", Group::WitnessCare),
];

impl Group {
    /// The group of a name, also where published rules spell it in another way.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let otherwise = SPELT_OTHERWISE.iter().find(|(other, _)| *other == name);
        otherwise
            .map(|(_, group)| *group)
            .or_else(|| name.parse().ok())
    }
}

impl DisassociationReason {
    /// Whether somebody may state it; the others follow from what the Legal Aid Agency does.
    #[must_use]
    pub const fn may_be_stated(self) -> bool {
        !matches!(self, Self::ReplacedByOrder | Self::LegalAidWithdrawn)
    }

    /// As notices say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::ClientInstructsAnother => "The client has instructed another firm.",
            Self::InstructionsWithdrawn => "The client has withdrawn instructions.",
            Self::ProfessionalReasons => "The firm can no longer act.",
            Self::AssociatedInError => "The firm was put on record in error.",
            Self::CourtDecision => "The court decided it.",
            Self::ReplacedByOrder => "The representation order names another firm.",
            Self::LegalAidWithdrawn => "Legal aid was withdrawn.",
        }
    }
}

impl Attendance {
    /// As documents and lists say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::InPerson => "In person",
            Self::ByVideo => "By video link",
            Self::NotPresent => "Not present",
        }
    }
}

impl RepresentationBasis {
    /// As notices say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::RepresentationOrder => "representation order",
            Self::RepresentationOrderAppliedFor => "representation order applied for",
            Self::CourtAppointed => "court appointed",
            Self::ProBono => "pro bono",
            Self::Private => "private",
        }
    }
}

impl Channel {
    /// Whether what goes this way arrives within this system: in an inbox, or in
    /// the case's own file.
    #[must_use]
    pub const fn arrives_here(self) -> bool {
        matches!(self, Self::Inbox | Self::FileOnly)
    }

    /// Whether it is printed, and goes by post.
    #[must_use]
    pub const fn by_post(self) -> bool {
        matches!(self, Self::FirstClassPost | Self::SecondClassPost)
    }
}

impl OrganisationKind {
    /// Whether an organisation of this kind does what one of another does: the police take people
    /// from court as the escort does, where the court says so.
    #[must_use]
    pub fn does(self, wanted: Self) -> bool {
        self == wanted || (self == Self::Police && wanted == Self::Escort)
    }
}

impl AmendmentReason {
    /// As documents and notices say it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::RecordedWrongly => "A result was recorded wrongly.",
            Self::SlipRule => "A slip in what the court announced was put right.",
            Self::MoreShared => "Further results of the hearing were shared.",
        }
    }
}
