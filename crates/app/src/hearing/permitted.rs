//! What a person may do in a hearing now: what the policies permit and the state of
//! its results lets happen. The screen offers these and nothing else; each command
//! asks again.

use super::Room;
use crate::{App, caller::SignedIn, relation};
use access::{Action, Facts};
use domain::hearing::may_edit;
use vocabulary::ResultsState;

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
    let facts = Facts {
        amender: mine,
        ..room.standing.clone()
    };
    [
        ("log", Action::LogEvent, true),
        ("attendance", Action::RecordAttendance, true),
        ("plea", Action::EnterPlea, true),
        ("verdict", Action::EnterVerdict, true),
        (
            "draft",
            Action::EditResults,
            may_edit(hearing, person.account.id, &remaining).is_ok(),
        ),
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
