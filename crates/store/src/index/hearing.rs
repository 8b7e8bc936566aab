//! Hearings in the lists of a room and of a court.

use super::tables::{HEARING_CASES, HEARINGS};
use crate::rows::{Rows, Value};
use domain::hearing::{Hearing, HearingEvent};

/// Puts the rows that an event of a hearing changes.
pub(super) fn apply(rows: &mut Rows, event: &HearingEvent, after: &Hearing) {
    match event {
        HearingEvent::HearingListed { .. } | HearingEvent::CasesJoined { .. } => {
            put_hearing(rows, after);
            let mut cases = Vec::new();
            for party in &after.parties {
                if !cases.contains(&party.case_id) {
                    cases.push(party.case_id);
                }
            }
            for (place, case) in cases.into_iter().enumerate() {
                rows.put(
                    &HEARING_CASES,
                    vec![Value::text(after.id), Value::text(case), place.into()],
                );
            }
        }
        HearingEvent::EventLogged {
            control: Some(_), ..
        }
        | HearingEvent::ResultsShared { .. }
        | HearingEvent::HearingVacated { .. }
        | HearingEvent::HeardElsewhere { .. }
        | HearingEvent::ResultsAmendmentBegun { .. }
        | HearingEvent::AmendmentCancelled { .. }
        | HearingEvent::AmendmentUnlocked { .. }
        | HearingEvent::ApprovalRequested { .. }
        | HearingEvent::AmendmentApproved { .. }
        | HearingEvent::AmendmentRejected { .. } => {
            put_hearing(rows, after);
        }
        HearingEvent::EventLogged { control: None, .. }
        | HearingEvent::CorrectionProposed { .. }
        | HearingEvent::AttendanceRecorded { .. } => {}
    }
}

fn put_hearing(rows: &mut Rows, hearing: &Hearing) {
    rows.put(
        &HEARINGS,
        vec![
            Value::text(hearing.id),
            Value::text(hearing.court_id),
            hearing.court_name.as_str().into(),
            Value::text(hearing.courtroom_id),
            hearing.courtroom_name.as_str().into(),
            Value::text(hearing.starts_at.day()),
            hearing.starts_at.micros().into(),
            hearing.kind.as_str().into(),
            hearing.state.as_str().into(),
            hearing.shared.is_some().into(),
            Value::maybe(hearing.amendment.as_ref().map(|own| own.by.account)),
        ],
    );
}
