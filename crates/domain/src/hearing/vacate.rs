//! A hearing that amended results no longer list is taken out of the list.

use super::{Hearing, HearingEvent};
use vocabulary::{HearingId, HearingState};

/// What becomes of a hearing that the results of another no longer list. One that
/// has begun stays: what happened in it happened.
#[must_use]
pub fn vacate(hearing: &Hearing, amended: HearingId) -> Vec<HearingEvent> {
    if hearing.state != HearingState::Listed || hearing.shared.is_some() {
        return Vec::new();
    }
    vec![HearingEvent::HearingVacated {
        amended_hearing: amended,
    }]
}
