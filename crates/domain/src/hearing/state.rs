//! What the record says about a hearing.

use super::{Control, HearingEvent, HearingParty};
use crate::result::{JudicialResult, ResultLine};
use serde::{Deserialize, Serialize};
use vocabulary::{
    Attendance, CourtId, CourtroomId, Day, DefendantId, HearingId, HearingState, Instant,
    Jurisdiction, LogEntryId,
};

/// A hearing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hearing {
    /// Hearing.
    pub id: HearingId,
    /// Number of events so far.
    pub version: u64,
    /// Jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Type in words.
    pub kind: String,
    /// Court.
    pub court_id: CourtId,
    /// Its name.
    pub court_name: String,
    /// Room.
    pub courtroom_id: CourtroomId,
    /// Its name.
    pub courtroom_name: String,
    /// When it is listed.
    pub starts_at: Instant,
    /// Cases and defendants.
    pub parties: Vec<HearingParty>,
    /// How far it is.
    pub state: HearingState,
    /// Log, oldest first.
    pub log: Vec<LogEntry>,
    /// Attendance.
    pub attendance: Vec<(DefendantId, Attendance)>,
    /// Shared results.
    pub shared: Option<Shared>,
}

/// Something logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Entry.
    pub id: LogEntryId,
    /// When.
    pub at: Instant,
    /// What.
    pub label: String,
    /// Note.
    pub note: Option<String>,
    /// By whom.
    pub by: String,
}

/// Results as shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Hearing day.
    pub day: Day,
    /// Lines as typed.
    pub lines: Vec<ResultLine>,
    /// Results.
    pub results: Vec<JudicialResult>,
}

impl Hearing {
    /// Folds one event.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &HearingEvent, at: Instant, by: &str) -> Option<Self> {
        let Some(mut hearing) = state else {
            return Self::begin(event);
        };
        hearing.version += 1;
        match event {
            HearingEvent::HearingListed { .. } => {}
            HearingEvent::EventLogged {
                entry_id,
                label,
                control,
                note,
                ..
            } => {
                if let Some(control) = control {
                    hearing.state = control.leads_to();
                }
                hearing.log.push(LogEntry {
                    id: *entry_id,
                    at,
                    label: label.clone(),
                    note: note.clone(),
                    by: by.to_owned(),
                });
            }
            HearingEvent::AttendanceRecorded {
                defendant_id,
                attendance,
            } => {
                hearing.attendance.retain(|(id, _)| id != defendant_id);
                hearing.attendance.push((*defendant_id, *attendance));
            }
            HearingEvent::ResultsShared {
                day,
                lines,
                results,
            } => {
                hearing.shared = Some(Shared {
                    at,
                    by: by.to_owned(),
                    day: *day,
                    lines: lines.clone(),
                    results: results.clone(),
                });
            }
        }
        Some(hearing)
    }

    fn begin(event: &HearingEvent) -> Option<Self> {
        let HearingEvent::HearingListed {
            hearing_id,
            jurisdiction,
            kind,
            court_id,
            court_name,
            courtroom_id,
            courtroom_name,
            starts_at,
            parties,
        } = event
        else {
            return None;
        };
        Some(Self {
            id: *hearing_id,
            version: 1,
            jurisdiction: *jurisdiction,
            kind: kind.clone(),
            court_id: *court_id,
            court_name: court_name.clone(),
            courtroom_id: *courtroom_id,
            courtroom_name: courtroom_name.clone(),
            starts_at: *starts_at,
            parties: parties.clone(),
            state: HearingState::Listed,
            log: Vec::new(),
            attendance: Vec::new(),
            shared: None,
        })
    }

    /// How a defendant attends, if recorded.
    #[must_use]
    pub fn attendance_of(&self, defendant: DefendantId) -> Option<Attendance> {
        self.attendance
            .iter()
            .find(|(id, _)| *id == defendant)
            .map(|(_, attendance)| *attendance)
    }

    /// Whether the defendant's case is before the court.
    #[must_use]
    pub fn concerns(&self, defendant: DefendantId) -> bool {
        self.parties.iter().any(|p| p.defendant_id == defendant)
    }
}

impl Control {
    /// The state that the control event leads to.
    #[must_use]
    pub const fn leads_to(self) -> HearingState {
        match self {
            Self::Start | Self::Resume => HearingState::Started,
            Self::Pause => HearingState::Paused,
            Self::End => HearingState::Ended,
        }
    }
}
