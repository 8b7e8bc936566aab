//! How a defendant attends: it decides which warrants the escort gets.

use super::{Hearing, HearingEvent};
use crate::Refusal;
use vocabulary::{Attendance, DefendantId};

/// Decides whether the attendance is recorded.
///
/// # Errors
/// If the defendant is not before the court, or their results are already shared.
pub fn record_attendance(
    hearing: &Hearing,
    defendant: DefendantId,
    attendance: Attendance,
) -> Result<Vec<HearingEvent>, Refusal> {
    if !hearing.concerns(defendant) {
        return Err(Refusal::new(
            "not_before_the_court",
            "That defendant is not before the court in this hearing.",
            "Choose a defendant of this hearing.",
        ));
    }
    // Their documents went by it; of those whose results are still to come it may change.
    let mut shared = hearing.shared.iter().flat_map(|shared| &shared.lines);
    if shared.any(|line| line.defendant == defendant) {
        return Err(Refusal::new(
            "already_shared",
            "Results of this defendant are shared; attendance can no longer change.",
            "Only results can be changed, by amending them.",
        ));
    }
    if hearing.attendance_of(defendant) == Some(attendance) {
        return Ok(Vec::new());
    }
    Ok(vec![HearingEvent::AttendanceRecorded {
        defendant_id: defendant,
        attendance,
    }])
}
