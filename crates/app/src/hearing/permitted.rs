//! What a person may do in a hearing now: what the policies permit and the state of
//! its results lets happen. The screen offers these and nothing else; each command
//! asks again.

use super::Room;
use crate::{App, caller::SignedIn, relation};
use access::{Action, Facts};
use domain::hearing::may_edit;
use vocabulary::{HearingState, ResultsState};

/// Every word of what is permitted.
pub(super) fn all(app: &App, person: &SignedIn, room: &Room) -> Vec<String> {
    let hearing = &room.hearing;
    let state = hearing.results_state();
    let amender = hearing.amendment.as_ref().map(|a| a.by.account);
    let mine = amender == Some(person.account.id);
    let remaining = room.remaining(app);
    let shares = match state {
        ResultsState::Initialised | ResultsState::Validated => true,
        ResultsState::Shared => !remaining.is_empty(),
        ResultsState::AmendLockedAdminError => mine,
        ResultsState::AmendLockedUserError | ResultsState::ApprovalRequested => false,
    };
    // What is found of an offence, and who attended, goes with the results.
    let open = may_edit(hearing, person.account.id, &remaining).is_ok();
    let facts = Facts {
        amender: mine,
        ..room.standing.clone()
    };
    [
        ("log", Action::LogEvent, true),
        ("attendance", Action::RecordAttendance, open),
        (
            "hear_together",
            Action::HearTogether,
            state == ResultsState::Initialised && hearing.state != HearingState::Vacated,
        ),
        (
            "tell_apart",
            Action::HearTogether,
            match state {
                ResultsState::Initialised => hearing.state != HearingState::Vacated,
                _ => mine && open,
            },
        ),
        ("plea", Action::EnterPlea, open),
        ("verdict", Action::EnterVerdict, open),
        ("draft", Action::EditResults, open),
        ("share", Action::ShareResults, shares),
        ("amend", Action::AmendResults, state == ResultsState::Shared),
        ("cancel", Action::AmendResults, mine),
        (
            "request_approval",
            Action::AmendResults,
            mine && state == ResultsState::AmendLockedUserError,
        ),
        (
            "decide",
            Action::DecideAmendment,
            state == ResultsState::ApprovalRequested,
        ),
        ("unlock", Action::UnlockResults, amender.is_some() && !mine),
    ]
    .into_iter()
    .filter(|(_, action, now)| *now && relation::may(app, person, *action, &facts).allowed)
    .map(|(word, _, _)| word.to_owned())
    .collect()
}
