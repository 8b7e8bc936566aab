//! What can happen to a hearing.

use super::{Amended, Correction, Officer, Proposal, Target};
use crate::result::{JudicialResult, ResultLine};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AmendmentKind, AmendmentReason, Attendance, CaseId, CourtId, CourtroomId, Day, DefendantId,
    HearingId, Instant, Jurisdiction, LogDefinitionId, LogEntryId,
};

/// The first version of shared results: what was shared before there were versions.
const fn first() -> u32 {
    1
}

/// A defendant whose case is before the court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingParty {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
}

/// A hearing that shared results made: found again when they are amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextListed {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Room.
    pub courtroom_id: CourtroomId,
    /// Type in words.
    pub kind: String,
    /// When.
    pub starts_at: Instant,
    /// Defendants, in the order of the hearing.
    pub defendants: Vec<DefendantId>,
}

/// An event of a hearing. Old events stay readable for ever: fields are added with a default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HearingEvent {
    /// It was listed.
    HearingListed {
        /// Hearing.
        hearing_id: HearingId,
        /// Jurisdiction.
        jurisdiction: Jurisdiction,
        /// Type in words.
        kind: String,
        /// Court.
        court_id: CourtId,
        /// Its name.
        court_name: String,
        /// Room.
        courtroom_id: CourtroomId,
        /// Its name.
        courtroom_name: String,
        /// When.
        starts_at: Instant,
        /// Cases and defendants.
        parties: Vec<HearingParty>,
    },
    /// Something was logged; control events start, pause, resume and end the hearing.
    EventLogged {
        /// Entry.
        entry_id: LogEntryId,
        /// Definition.
        definition_id: LogDefinitionId,
        /// What, as written in the log.
        label: String,
        /// Whether it controls the hearing.
        control: Option<super::Control>,
        /// Whom it concerns.
        defendant_id: Option<DefendantId>,
        /// Note.
        note: Option<String>,
    },
    /// How a defendant attends.
    AttendanceRecorded {
        /// Defendant.
        defendant_id: DefendantId,
        /// How.
        attendance: Attendance,
    },
    /// Results were shared, all or those of some targets: final until amended. The lines are
    /// all that is shared so far.
    ResultsShared {
        /// Hearing day.
        day: Day,
        /// The lines as typed.
        lines: Vec<ResultLine>,
        /// The results that they make.
        results: Vec<JudicialResult>,
        /// Which version of the day's results.
        #[serde(default = "first")]
        version: u32,
        /// How they differ from the version before.
        #[serde(default)]
        amended: Option<Amended>,
        /// The hearings that they list.
        #[serde(default)]
        listed: Vec<NextListed>,
        /// Targets for which something was typed, and that were left out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<Target>,
    },
    /// Somebody began to amend shared results; nobody else edits them.
    ResultsAmendmentBegun {
        /// What kind of error it puts right.
        kind: AmendmentKind,
        /// Why, as documents say it.
        reason: AmendmentReason,
        /// Why, in words.
        note: String,
        /// Who.
        by: Officer,
        /// The revision of the draft then.
        draft_revision: u64,
    },
    /// The amendment puts something right beside the results; it counts once that is shared.
    CorrectionProposed {
        /// What.
        correction: Correction,
    },
    /// Whoever made it gave it up; the shared results stand.
    AmendmentCancelled {
        /// Who.
        by: Officer,
    },
    /// Somebody else ended it; the shared results stand.
    AmendmentUnlocked {
        /// Who.
        by: Officer,
        /// Why.
        why: String,
    },
    /// Somebody else was asked to approve it.
    ApprovalRequested {
        /// By whom.
        by: Officer,
        /// What is to be approved.
        proposal: Proposal,
    },
    /// Somebody else approved it.
    AmendmentApproved {
        /// Who.
        by: Officer,
    },
    /// Somebody else did not approve it; the shared results stand.
    AmendmentRejected {
        /// Who.
        by: Officer,
        /// Why.
        why: String,
    },
    /// What another hearing was listed for is heard in this one.
    CasesJoined {
        /// The other hearing.
        from: HearingId,
        /// Its cases and defendants.
        parties: Vec<HearingParty>,
    },
    /// It was taken out of the list: what it was listed for is heard in another one.
    HeardElsewhere {
        /// That one.
        into: HearingId,
    },
    /// Cases that were heard in it together with others are heard apart from now on.
    CasesTakenApart {
        /// In which hearing.
        into: HearingId,
        /// Cases and defendants that leave.
        parties: Vec<HearingParty>,
        /// Why, for the court only.
        reason: String,
    },
    /// It had left the list, to be heard in another one, and is in it again as it was.
    ListedAgain {
        /// That one.
        from: HearingId,
    },
    /// It was taken out of the list: the results that listed it were amended.
    HearingVacated {
        /// The hearing whose results had listed it.
        amended_hearing: HearingId,
    },
}
