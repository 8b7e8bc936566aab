//! What can happen to a hearing.

use crate::result::{JudicialResult, ResultLine};
use serde::{Deserialize, Serialize};
use vocabulary::{
    Attendance, CaseId, CourtId, CourtroomId, Day, DefendantId, HearingId, Instant, Jurisdiction,
    LogDefinitionId, LogEntryId,
};

/// A defendant whose case is before the court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingParty {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
}

/// An event of a hearing.
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
    /// Results were shared: final until amended.
    ResultsShared {
        /// Hearing day.
        day: Day,
        /// The lines as typed.
        lines: Vec<ResultLine>,
        /// The results that they make.
        results: Vec<JudicialResult>,
    },
}
