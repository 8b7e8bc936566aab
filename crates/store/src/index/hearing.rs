//! Hearings in the lists of a room and of a court.

use super::tables::{HEARING_CASES, HEARINGS};
use crate::rows::{Rows, Value};
use domain::hearing::{Hearing, HearingEvent, HearingParty};
use vocabulary::CaseId;

/// Puts the rows that an event of a hearing changes.
pub(super) fn apply(rows: &mut Rows, event: &HearingEvent, after: &Hearing) {
    match event {
        HearingEvent::HearingListed { .. } | HearingEvent::CasesJoined { .. } => {
            put_hearing(rows, after);
            put_cases(rows, after, &[]);
        }
        HearingEvent::CasesTakenApart { parties, .. } => {
            put_hearing(rows, after);
            put_cases(rows, after, parties);
        }
        HearingEvent::EventLogged {
            control: Some(_), ..
        }
        | HearingEvent::ResultsShared { .. }
        | HearingEvent::HearingVacated { .. }
        | HearingEvent::HeardElsewhere { .. }
        | HearingEvent::ListedAgain { .. }
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

/// Its cases in their order; of one that left it a row stays that says so.
fn put_cases(rows: &mut Rows, hearing: &Hearing, left: &[HearingParty]) {
    let mut cases: Vec<CaseId> = Vec::new();
    let stay = hearing.parties.len();
    for (nth, party) in hearing.parties.iter().chain(left).enumerate() {
        if cases.contains(&party.case_id) {
            continue;
        }
        let row = vec![
            Value::text(hearing.id),
            Value::text(party.case_id),
            cases.len().into(),
            (nth < stay).into(),
        ];
        rows.put(&HEARING_CASES, row);
        cases.push(party.case_id);
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
