//! Who read what: recorded before the bytes leave (material) or within a second (views);
//! who broke the glass, who read these reports, who signed in, who saw to a day that does not
//! add up, what was refused, and what was typed and could not be sent any more.

use crate::account::SignInStep;
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, CaseId, Day, DocumentId, HearingId, Instant, MaterialId, OpeningId, OpeningKind,
    OrganisationId, SubmissionId,
};

/// For how long a reason counts, in seconds: a morning in court.
pub const REASON_LASTS: i64 = 4 * 60 * 60;

/// An opening of a sensitive case by somebody without permission on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlassOpening {
    /// Opening.
    pub id: OpeningId,
    /// Case.
    pub case_id: CaseId,
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Why, as they said.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// What was opened to whom.
    #[serde(default = "glass")]
    pub kind: OpeningKind,
}

/// Openings of before sensitivity was reviewed are all of one kind.
const fn glass() -> OpeningKind {
    OpeningKind::Glass
}

impl GlassOpening {
    /// Until when it opens the case to whoever gave the reason, unless a review closes it.
    #[must_use]
    pub fn until(&self) -> Instant {
        match self.kind {
            OpeningKind::Glass | OpeningKind::Area => self.at.plus_seconds(REASON_LASTS),
            // It opens nothing by itself: the case is as others are.
            OpeningKind::Lifted => self.at,
        }
    }
}

/// What was refused to somebody, added up: the same again is a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalCount {
    /// To whom; none if nobody was signed in.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// From where.
    pub address: String,
    /// What they asked for: the name of a command, query or address.
    pub asked: String,
    /// Of which thing, as they named it.
    pub about: String,
    /// The code of the answer.
    pub code: String,
    /// The layer and policy that refused, if one did.
    pub why: String,
    /// When first.
    pub first: Instant,
    /// When last.
    pub last: Instant,
    /// How often.
    pub times: u64,
}

/// What somebody asked who looked for a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Case reference.
    pub reference: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Day of a hearing.
    pub hearing_day: Option<Day>,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = |day: &Option<Day>| day.map(|day| day.to_string());
        let parts = [
            self.reference.clone(),
            self.name.clone(),
            day(&self.hearing_day),
            day(&self.date_of_birth),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// What somebody asked for that leaves no event of its own, added up over some minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedFor {
    /// The name of a command or query.
    pub what: String,
    /// Of which thing, as they named it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The policies that let them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// Cases that a list named to them; each once a day. Events of before do not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseId>,
    /// When first.
    pub first: Instant,
    /// When last.
    pub last: Instant,
    /// How often.
    pub times: u64,
}

/// A reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ReadingEvent {
    /// A case was viewed.
    CaseViewed {
        /// Case.
        case_id: CaseId,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// Somebody looked for a case.
    CaseSearched {
        /// What they asked, as they wrote it.
        asked: Asked,
        /// `one`, `none` or `several`.
        outcome: String,
        /// The case that was found.
        case_id: Option<CaseId>,
        /// Whoever asked belongs to it.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// The bytes of a material were asked for.
    MaterialRead {
        /// Case.
        case_id: CaseId,
        /// Material.
        material_id: MaterialId,
        /// Section.
        section: String,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// Whether that organisation was on record at the time.
        associated: bool,
        /// The policy that allowed it.
        policy: String,
    },
    /// A printout was made from the record and handed out.
    PrintoutMade {
        /// Which: the word by which it is asked for.
        printout: String,
        /// Its name.
        name: String,
        /// The id printed on it.
        document_id: DocumentId,
        /// SHA-256 of what was handed out, hexadecimal.
        sha256: String,
        /// The cases that it says something of.
        cases: Vec<CaseId>,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// A case was looked for by its reference, and found.
    CaseFound {
        /// Case.
        case_id: CaseId,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// A sensitive case was opened without permission, for a reason.
    GlassBroken {
        /// The opening.
        opening: GlassOpening,
        /// Reader's organisation.
        organisation: OrganisationId,
    },
    /// A case of another court was opened, for a reason.
    AreaReasonGiven {
        /// The opening.
        opening: GlassOpening,
        /// Reader's organisation.
        organisation: OrganisationId,
    },
    /// Somebody let a sensitive case be as others are, for a reason.
    SensitivityLifted {
        /// The opening.
        opening: GlassOpening,
        /// Their organisation.
        organisation: OrganisationId,
    },
    /// Such an opening was reviewed.
    OpeningReviewed {
        /// The opening.
        opening: GlassOpening,
        /// Who reviewed it.
        by: String,
        /// Whether it was right.
        justified: bool,
        /// What was found.
        note: String,
    },
    /// Somebody read a report of who saw and did what.
    AuditRead {
        /// About what, in words.
        about: String,
        /// From this day on.
        from: Day,
        /// Until the end of this day.
        to: Day,
        /// How many lines it had.
        lines: u64,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// Requests were refused, added up over a minute or so.
    Refused {
        /// Each kind of refusal, as far as they were kept apart.
        refusals: Vec<RefusalCount>,
        /// How many more there were.
        others: u64,
    },
    /// Somebody signed in, left, or changed how they sign in.
    SignIn {
        /// Account.
        account: AccountId,
        /// What happened.
        step: SignInStep,
    },
    /// Somebody asked for lists and the like.
    Asked {
        /// For what.
        asked: Vec<AskedFor>,
    },
    /// Somebody sees to a day of which the lists say something else than the ledger.
    DayTaken {
        /// The day.
        day: Day,
        /// How many deliveries of it their court has.
        requested: u64,
        /// Of how many the lists say something else.
        differing: u64,
        /// Who saw to it before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
        /// Their organisation.
        organisation: OrganisationId,
    },
    /// What somebody typed in a hearing and had not sent when it was closed to them. It is no
    /// part of the hearing: whoever sits in it sees it beside the results.
    WordsLeft {
        /// Hearing, as their computer named it; there may be none.
        hearing_id: HearingId,
        /// If there is none: of which cases it was, as their computer says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        cases: Vec<CaseId>,
        /// What the computer kept.
        words: String,
        /// Whether they are somebody who opens hearings at all. What others say that they
        /// typed is kept, and shown to nobody.
        shown: bool,
        /// Their organisation.
        organisation: OrganisationId,
    },
    /// Somebody used up what anybody looks up of others' cases within a day; said once a day.
    LooksUsedUp {
        /// Their organisation.
        organisation: OrganisationId,
    },
    /// Somebody who holds a document asked whether it is genuine, and it is.
    DocumentVerified {
        /// Document.
        document_id: DocumentId,
    },
    /// The sender of a submission read what became of it.
    SubmissionRead {
        /// Submission.
        submission_id: SubmissionId,
    },
    /// The bytes of a document were asked for.
    DocumentRead {
        /// Document.
        document_id: DocumentId,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
}

impl ReadingEvent {
    /// The policy that a reading names itself; for others it stands with whoever acted.
    #[must_use]
    pub fn policy(&self) -> Option<&str> {
        match self {
            Self::CaseViewed { policy, .. }
            | Self::CaseFound { policy, .. }
            | Self::CaseSearched { policy, .. }
            | Self::MaterialRead { policy, .. }
            | Self::DocumentRead { policy, .. }
            | Self::PrintoutMade { policy, .. }
            | Self::AuditRead { policy, .. } => Some(policy),
            Self::SignIn { step, .. } => step.proven().map(crate::account::Proven::in_words),
            Self::GlassBroken { .. }
            | Self::AreaReasonGiven { .. }
            | Self::SensitivityLifted { .. }
            | Self::OpeningReviewed { .. }
            | Self::DayTaken { .. }
            | Self::WordsLeft { .. }
            | Self::LooksUsedUp { .. }
            | Self::DocumentVerified { .. }
            | Self::SubmissionRead { .. }
            | Self::Asked { .. }
            | Self::Refused { .. } => None,
        }
    }
}
