//! The prosecutor assigns a case to an advocate outside it, for a time that ends by
//! itself. How long that is in the source is not published; ours is marked as ours.

use super::{
    Assignment, Case, CaseEvent, ConflictParty, Person, access::ended_with_assignment, confirm,
    conflict::read_for, conflicts_of_advocate,
};
use crate::Refusal;
use vocabulary::{AccountId, Day};

/// For how many days a case is assigned, if nothing else is said.
pub const ASSIGNED_FOR: i64 = 28;
/// For how many days at most.
pub const LONGEST_ASSIGNED: i64 = 366;

/// How a case is to be assigned.
#[derive(Debug, Clone, Copy)]
pub struct Assigning {
    /// The last day.
    pub until: Day,
    /// Today.
    pub today: Day,
    /// Whether what was shown as a conflict was confirmed.
    pub confirmed: bool,
    /// Whether the person has read papers of the case for the defence.
    pub read_other_side: bool,
}

/// Decides whether the case is assigned.
///
/// # Errors
/// If the advocate has it for as long already, the last day is wrong, or they defend in it.
pub fn assign_advocate(
    case: &Case,
    to: &Person,
    wish: Assigning,
) -> Result<Vec<CaseEvent>, Refusal> {
    let (until, today) = (wish.until, wish.today);
    if until < today || today.days_until(until) > LONGEST_ASSIGNED {
        return Err(Refusal::new(
            "last_day_wrong",
            "The last day is over, or more than a year ahead.",
            "Give a day from today on.",
        ));
    }
    let as_now =
        |one: &Assignment| (one.account, one.organisation) == (to.account, to.organisation);
    let has = |one: &Assignment| as_now(one) && one.until >= until;
    if case.advocates.iter().any(has) {
        return Err(Refusal::new(
            "already_assigned",
            format!("{} has this case already.", to.name),
            "There is nothing more to do.",
        ));
    }
    let who = ConflictParty {
        organisation: to.organisation,
        account: Some(to.account),
    };
    let mut found = conflicts_of_advocate(case, who, today);
    found.extend(wish.read_other_side.then(|| read_for("defence")));
    let mut events = confirm(who, &found, wish.confirmed)?;
    let goes_on = |one: &Assignment| as_now(one) && one.until >= today;
    if !case.advocates.iter().any(goes_on) {
        events.extend(ended_with_assignment(case, to.account));
    }
    events.push(CaseEvent::AdvocateAssigned {
        account: to.account,
        name: to.name.clone(),
        organisation: to.organisation,
        organisation_name: to.organisation_name.clone(),
        until,
    });
    Ok(events)
}

/// Takes the case from an advocate.
///
/// # Errors
/// If they do not have it.
pub fn remove_advocate(case: &Case, account: AccountId) -> Result<Vec<CaseEvent>, Refusal> {
    match case.advocates.iter().find(|one| one.account == account) {
        Some(one) => {
            let mut events = vec![CaseEvent::AdvocateRemoved {
                account,
                name: one.name.clone(),
            }];
            events.extend(ended_with_assignment(case, account));
            Ok(events)
        }
        None => Err(Refusal::new(
            "not_assigned",
            "This case is not assigned to that advocate.",
            "Look at the case again.",
        )),
    }
}
