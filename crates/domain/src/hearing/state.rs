//! What the record says about a hearing.

use super::{
    Amended, Amendment, Control, HearingEvent, HearingParty, NextListed, PastAmendment, Stage,
    Target, put_right,
};
use crate::result::{JudicialResult, ResultLine};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use vocabulary::{
    AccountId, AmendmentOutcome, Attendance, CourtId, CourtroomId, Day, DefendantId, HearingId,
    HearingState, Instant, Jurisdiction, LineChange, LogEntryId, ResultLineId, ResultsState,
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
    /// The hearing in which what it was listed for is heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_in: Option<HearingId>,
    /// Hearings in which cases are heard that left this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parted: Vec<HearingId>,
    /// Shared results: the version that stands.
    pub shared: Option<Shared>,
    /// The versions before it, oldest first.
    #[serde(default)]
    pub earlier: Vec<Shared>,
    /// The amendment that is being made.
    #[serde(default)]
    pub amendment: Option<Amendment>,
    /// Those that are over, oldest first.
    #[serde(default)]
    pub past_amendments: Vec<PastAmendment>,
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
    /// Which version of the day's results.
    #[serde(default = "first")]
    pub version: u32,
    /// How they differ from the version before.
    #[serde(default)]
    pub amended: Option<Amended>,
    /// The hearings that they list.
    #[serde(default)]
    pub listed: Vec<NextListed>,
    /// Targets for which something was typed, and that were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Target>,
}

const fn first() -> u32 {
    1
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
            } => hearing.attended(*defendant_id, *attendance),
            HearingEvent::ResultsShared {
                day,
                lines,
                results,
                version,
                amended,
                listed,
                left,
            } => hearing.shared(
                Shared {
                    at,
                    by: by.to_owned(),
                    day: *day,
                    lines: lines.clone(),
                    results: results.clone(),
                    version: *version,
                    amended: amended.clone(),
                    listed: listed.clone(),
                    left: left.clone(),
                },
                by,
            ),
            HearingEvent::ResultsAmendmentBegun {
                kind,
                reason,
                note,
                by,
                draft_revision,
            } => {
                hearing.amendment = Some(Amendment {
                    kind: *kind,
                    reason: *reason,
                    note: note.clone(),
                    by: by.clone(),
                    since: at,
                    draft_revision: *draft_revision,
                    stage: Stage::Locked,
                    corrections: Vec::new(),
                });
            }
            HearingEvent::CorrectionProposed { correction } => {
                if let Some(amendment) = &mut hearing.amendment {
                    amendment.corrections.push(correction.clone());
                }
            }
            HearingEvent::AmendmentCancelled { by } => {
                hearing.end_amendment(AmendmentOutcome::Cancelled, &by.name, at, None);
            }
            HearingEvent::AmendmentUnlocked { by, why } => {
                hearing.end_amendment(AmendmentOutcome::Unlocked, &by.name, at, Some(why));
            }
            HearingEvent::AmendmentRejected { by, why } => {
                hearing.end_amendment(AmendmentOutcome::Rejected, &by.name, at, Some(why));
            }
            HearingEvent::ApprovalRequested { proposal, .. } => {
                if let Some(amendment) = &mut hearing.amendment {
                    amendment.stage = Stage::ApprovalRequested {
                        at,
                        proposal: proposal.clone(),
                    };
                }
            }
            HearingEvent::AmendmentApproved { by } => {
                if let Some(amendment) = &mut hearing.amendment
                    && let Some(proposal) = amendment.proposal().cloned()
                {
                    amendment.stage = Stage::Validated {
                        by: by.clone(),
                        at,
                        proposal,
                    };
                }
            }
            HearingEvent::CasesJoined { from, parties } => {
                hearing.parted.retain(|own| own != from);
                let before = hearing.parties.clone();
                let new = parties.iter().filter(|party| !before.contains(party));
                hearing.parties.extend(new);
            }
            HearingEvent::CasesTakenApart { into, parties, .. } => {
                hearing.parties.retain(|own| !parties.contains(own));
                let stays =
                    |id: &DefendantId| hearing.parties.iter().any(|own| own.defendant_id == *id);
                hearing.attendance.retain(|(id, _)| stays(id));
                hearing.parted.push(*into);
            }
            HearingEvent::ListedAgain { .. } => {
                hearing.state = HearingState::Listed;
                hearing.heard_in = None;
            }
            HearingEvent::HearingVacated { .. } => hearing.state = HearingState::Vacated,
            HearingEvent::HeardElsewhere { into } => {
                hearing.state = HearingState::Vacated;
                hearing.heard_in = Some(*into);
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
            heard_in: None,
            parted: Vec::new(),
            shared: None,
            earlier: Vec::new(),
            amendment: None,
            past_amendments: Vec::new(),
        })
    }

    fn shared(&mut self, shared: Shared, by: &str) {
        let at = shared.at;
        self.earlier.extend(self.shared.replace(shared));
        self.end_amendment(AmendmentOutcome::Shared, by, at, None);
    }

    fn end_amendment(
        &mut self,
        outcome: AmendmentOutcome,
        by: &str,
        at: Instant,
        why: Option<&String>,
    ) {
        if let Some(amendment) = self.amendment.take() {
            self.past_amendments
                .push(amendment.over(outcome, by, at, why.cloned()));
        }
    }

    /// How the results of the day stand.
    #[must_use]
    pub const fn results_state(&self) -> ResultsState {
        match (&self.shared, &self.amendment) {
            (None, _) => ResultsState::Initialised,
            (Some(_), None) => ResultsState::Shared,
            (Some(_), Some(amendment)) => amendment.state(),
        }
    }

    /// Whose amendment it is that is being made, or was the last.
    #[must_use]
    pub fn amender(&self) -> Option<AccountId> {
        let now = self
            .amendment
            .as_ref()
            .map(|amendment| amendment.by.account);
        now.or_else(|| self.past_amendments.last().map(|past| past.by.account))
    }

    /// One version of the day's results.
    #[must_use]
    pub fn shared_version(&self, version: u32) -> Option<&Shared> {
        self.earlier
            .iter()
            .chain(&self.shared)
            .find(|shared| shared.version == version)
    }

    /// Of whom an amended version says something else than the one before it; none, if it is
    /// not known here or amended nothing.
    #[must_use]
    pub fn amended_of(&self, version: u32) -> Option<HashSet<DefendantId>> {
        let amended = self.shared_version(version)?.amended.as_ref()?;
        let lines = self.earlier.iter().chain(&self.shared);
        let whose: HashMap<ResultLineId, DefendantId> = lines
            .flat_map(|shared| &shared.lines)
            .map(|line| (line.id, line.defendant))
            .collect();
        let changes = amended.changes.iter();
        let changes = changes.filter(|own| own.change != LineChange::Unchanged);
        let corrected = put_right(&amended.corrections);
        Some(
            changes
                .filter_map(|own| whose.get(&own.line).copied())
                .chain(corrected.iter().map(|own| own.defendant))
                .collect(),
        )
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
