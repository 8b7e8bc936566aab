//! A plea is entered in court.

use super::{Case, CaseEvent};
use crate::Refusal;
use vocabulary::{Day, HearingId, OffenceId};

/// Decides whether the plea is entered. Which values exist is reference data;
/// the caller has looked the value up.
///
/// # Errors
/// If there is no such offence, it has a final result, or the plea is the one already entered.
pub fn enter_plea(
    case: &Case,
    hearing: HearingId,
    offence: OffenceId,
    plea: (&str, &str, bool),
    day: Day,
) -> Result<Vec<CaseEvent>, Refusal> {
    let Some((_, state)) = case.offence(offence) else {
        return Err(Refusal::new(
            "no_such_offence",
            "This case has no such offence.",
            "Open the hearing again and choose one of its offences.",
        ));
    };
    if state.results.iter().any(|(_, result)| result.is_final) {
        return Err(Refusal::new(
            "offence_concluded",
            "This offence already has a final result.",
            "Amend the results of the hearing that concluded it.",
        ));
    }
    let (value, label, guilty) = plea;
    if state
        .plea
        .as_ref()
        .is_some_and(|p| p.value == value && p.day == day)
    {
        return Err(Refusal::new(
            "same_plea",
            "That plea is already entered for this offence.",
            "There is nothing more to do.",
        ));
    }
    Ok(vec![CaseEvent::PleaEntered {
        hearing_id: hearing,
        offence_id: offence,
        plea: value.to_owned(),
        label: label.to_owned(),
        guilty,
        day,
    }])
}
