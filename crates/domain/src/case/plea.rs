//! A plea is entered in court.

use super::{Case, CaseEvent, OffenceState};
use crate::Refusal;
use vocabulary::{Day, HearingId, OffenceId};

/// The offence, if a plea or a verdict may still be entered for it.
pub(super) fn undecided(case: &Case, offence: OffenceId) -> Result<&OffenceState, Refusal> {
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
    Ok(state)
}

/// Decides whether the plea is entered. Which values exist is reference data;
/// the caller has looked the value up.
///
/// # Errors
/// If there is no such offence, it has a final result, the plea is the one already entered,
/// or the court already found on what it would admit.
pub fn enter_plea(
    case: &Case,
    hearing: HearingId,
    offence: OffenceId,
    plea: (&str, &str, bool),
    day: Day,
) -> Result<Vec<CaseEvent>, Refusal> {
    let state = undecided(case, offence)?;
    let (value, label, guilty) = plea;
    let found = state.verdict.as_ref().filter(|own| own.outcome.decides());
    if let Some(verdict) = found.filter(|_| guilty) {
        return Err(Refusal::new(
            "verdict_stands",
            format!(
                "The court already found on this offence: {}.",
                verdict.named()
            ),
            "If that verdict is wrong, take it back first.",
        ));
    }
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
