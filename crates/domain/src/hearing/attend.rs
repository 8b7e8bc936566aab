//! How a defendant attends: it decides which warrants the escort gets.

use super::{Corrected, Correction, Hearing, HearingEvent, correct};
use crate::Refusal;
use vocabulary::{AccountId, Attendance, DefendantId};

/// Decides whether the attendance is recorded.
///
/// # Errors
/// If the defendant is not before the court, or their results are already shared.
pub fn record_attendance(
    hearing: &Hearing,
    defendant: DefendantId,
    attendance: Attendance,
) -> Result<Vec<HearingEvent>, Refusal> {
    must_be_before_it(hearing, defendant)?;
    // Their documents went by it; of those whose results are still to come it may change.
    let mut shared = hearing.shared.iter().flat_map(|shared| &shared.lines);
    if shared.any(|line| line.defendant == defendant) {
        return Err(Refusal::new(
            "already_shared",
            "Results of this defendant are shared; how they attended is part of that.",
            "Amend the results, then put it right here.",
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

/// Decides whether an amendment puts right how a defendant attended; `words` says it.
///
/// # Errors
/// If the defendant is not before the court, or this person is not amending the results.
pub fn correct_attendance(
    hearing: &Hearing,
    by: AccountId,
    defendant: DefendantId,
    attendance: Attendance,
    words: impl Fn(Attendance) -> String,
) -> Result<Vec<HearingEvent>, Refusal> {
    must_be_before_it(hearing, defendant)?;
    let stands = hearing.corrected().attendance_of(defendant);
    if stands == Some(attendance) {
        return Ok(Vec::new());
    }
    let correction = Correction {
        defendant,
        offence: None,
        was: stands.map(&words),
        is: Some(words(attendance)),
        to: Corrected::Attendance { attendance },
    };
    correct(hearing, by, correction)
}

fn must_be_before_it(hearing: &Hearing, defendant: DefendantId) -> Result<(), Refusal> {
    if hearing.concerns(defendant) {
        return Ok(());
    }
    Err(Refusal::new(
        "not_before_the_court",
        "That defendant is not before the court in this hearing.",
        "Choose a defendant of this hearing.",
    ))
}
