//! Two hearings of one court and day become one. Whoever is before the court in several cases is
//! dealt with in all of them at once: one sitting, one sheet of results, one set of documents.

use super::{Hearing, HearingEvent};
use crate::Refusal;
use vocabulary::HearingState;

/// The most cases that are heard together.
const MOST: usize = 40;

/// Decides that what another hearing was listed for is heard in this one: what this hearing
/// records, and what the other one does.
///
/// # Errors
/// If they are not of one court, day and jurisdiction, the results of this one are shared or it is
/// not in the list any more, or the other one has begun.
pub fn join(
    hearing: &Hearing,
    other: &Hearing,
) -> Result<(Vec<HearingEvent>, Vec<HearingEvent>), Refusal> {
    let place = |own: &Hearing| (own.court_id, own.starts_at.day(), own.jurisdiction);
    if hearing.id == other.id || place(hearing) != place(other) {
        return Err(Refusal::new(
            "not_of_this_day",
            "Only hearings of one court and one day are heard together.",
            "Choose a hearing that is listed at this court today.",
        ));
    }
    if hearing.shared.is_some() || hearing.state == HearingState::Vacated {
        return Err(Refusal::new(
            "already_shared",
            "Results of this hearing are shared, or it is not in the list any more.",
            "Hear the other case by itself.",
        ));
    }
    let untouched = other.state == HearingState::Listed && other.log.is_empty();
    if !untouched || other.shared.is_some() {
        return Err(Refusal::new(
            "has_begun",
            "The other hearing has begun, or it is not in the list any more.",
            "Open that hearing, and take this case into it instead.",
        ));
    }
    if hearing.parties.len() + other.parties.len() > MOST {
        return Err(Refusal::new(
            "too_many",
            format!("At most {MOST} defendants are heard together."),
            "Hear the other case by itself.",
        ));
    }
    let attended = other.attendance.iter();
    let attended = attended.map(
        |(defendant_id, attendance)| HearingEvent::AttendanceRecorded {
            defendant_id: *defendant_id,
            attendance: *attendance,
        },
    );
    let joined = HearingEvent::CasesJoined {
        from: other.id,
        parties: other.parties.clone(),
    };
    let left = HearingEvent::HeardElsewhere { into: hearing.id };
    Ok((
        std::iter::once(joined).chain(attended).collect(),
        vec![left],
    ))
}
