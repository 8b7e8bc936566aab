//! Coming upon a case. Finding is no search: whoever asks for cases that are not
//! theirs, by reference or by id, is counted, whether there is such a case or not.

use super::veil;
use crate::{
    App, Caller, Error,
    account::{DAY, token_hash},
    caller::SignedIn,
    ports::{OpenedCase, TryLimit},
    reading, relation,
};
use access::{Action, Decision, Facts};
use contract::{Code, Problem};
use domain::{case::Case, reading::ReadingEvent};
use std::sync::Arc;
use vocabulary::CaseId;

/// Cases that one person may come upon within the window.
const LOOK_UPS: u64 = 60;
/// Searches of one organisation within the window: a large firm on a Monday morning.
const OF_ONE_ORGANISATION: u64 = 600;
/// Searches from one address within the window: a whole court house may share one.
const FROM_ONE_ADDRESS: u64 = 900;
/// The window, in seconds.
const WINDOW: i64 = 10 * 60;
/// Cases that one person may come upon within a day: more than anybody acts in anew, and few
/// enough that nobody goes through the references of a court.
const LOOK_UPS_A_DAY: u64 = 500;
/// Searches of one organisation within a day.
const OF_ONE_ORGANISATION_A_DAY: u64 = 3_000;

/// Whether the person may see any case, whoever's it is, as a court's staff and judges
/// may: nobody counts theirs.
fn is_uncounted(app: &App, person: &SignedIn) -> bool {
    relation::may(app, person, Action::ViewCase, &Facts::default()).allowed
}

/// Counts one look for a case.
///
/// # Errors
/// If there were too many.
pub(crate) async fn count(app: &App, person: &SignedIn) -> Result<(), Error> {
    if is_uncounted(app, person) {
        return Ok(());
    }
    let limit = TryLimit {
        name: counted_as(person),
        most: LOOK_UPS,
        window_seconds: WINDOW,
    };
    if !app.work.admit_try(&[limit], app.chance.now()).await? {
        return Err(too_many().into());
    }
    count_by_day(app, person, false).await
}

/// Counts the same look for the day, and where it is a search for the organisation's. Apart from
/// the shorter window, and after it: what that stops uses up nothing of the day.
async fn count_by_day(app: &App, person: &SignedIn, search: bool) -> Result<(), Error> {
    let limit = |name: String, most| TryLimit {
        name,
        most,
        window_seconds: DAY,
    };
    let mut limits = vec![limit(counted_by_day(person), LOOK_UPS_A_DAY)];
    if search {
        let all = token_hash(&format!("find by day of {}", person.organisation.id));
        limits.push(limit(all, OF_ONE_ORGANISATION_A_DAY));
    }
    let now = app.chance.now();
    if app.work.admit_try(&limits, now).await? {
        return Ok(());
    }
    // Whoever goes on trying is told of once.
    let once = limit(format!("find told of {}", person.account.id), 1);
    if app.work.admit_try(&[once], now).await? {
        let organisation = person.organisation.id;
        let event = ReadingEvent::LooksUsedUp { organisation };
        reading::record(app, person, organisation.0, event).await?;
    }
    Err(Problem::new(
        Code::TooManyTries,
        "You, or your organisation, have looked up very many cases today.",
        "Go on tomorrow, or ask the service centre.",
    )
    .into())
}

/// What is said to somebody who came upon nothing of theirs by an id: that there is nothing,
/// and from some number on that they look too often. The ids of cases follow from their
/// references, so that whoever tries ids tries references, by whatever way.
pub(crate) async fn missed(app: &App, person: &SignedIn) -> Error {
    match count(app, person).await {
        Ok(()) => Problem::not_found().into(),
        Err(stopped) => stopped,
    }
}

/// A case that the person may see, with the facts and the decision that say so.
///
/// # Errors
/// The answer for a case that does not exist; too many looks for others' cases.
pub(crate) async fn case(
    app: &App,
    person: &SignedIn,
    id: CaseId,
) -> Result<(Arc<Case>, Facts, Decision), Error> {
    let case = app.ledger.case(id).await?;
    let (facts, decision) = admitted(app, person, id, case.as_deref()).await?;
    Ok((case.ok_or_else(Problem::not_found)?, facts, decision))
}

/// The same, with all that a view of the case needs.
///
/// # Errors
/// As [`case`].
pub(crate) async fn opened(
    app: &App,
    person: &SignedIn,
    id: CaseId,
) -> Result<(OpenedCase, Facts, Decision), Error> {
    let opened = app.ledger.opened(id, person.account.id).await?;
    let case = opened.as_ref().map(|opened| &opened.case);
    let (facts, decision) = admitted(app, person, id, case).await?;
    Ok((opened.ok_or_else(Problem::not_found)?, facts, decision))
}

/// Lets the person pass to a case that may not exist.
async fn admitted(
    app: &App,
    person: &SignedIn,
    id: CaseId,
    case: Option<&Case>,
) -> Result<(Facts, Decision), Error> {
    let facts = case.map(|case| relation::to_case(person, case));
    let own = facts.as_ref().is_some_and(|f| {
        let ours = f.prosecuting || f.associated || f.granted || f.instructed || f.assigned;
        let theirs = ours || f.permitted || f.partly || f.sitting;
        theirs && relation::may(app, person, Action::ViewCase, f).allowed
    });
    // Only of others' cases does it matter whether they were seen before; what one's organisation
    // has and one may not open oneself is like them, or the count would tell which that is.
    let counted = !own && !is_uncounted(app, person);
    if counted && app.work.seen(person.account.id, id).await? == 0 {
        count(app, person).await?;
    }
    let facts = facts.ok_or_else(Problem::not_found)?;
    let decision = veil::must_open(app, person, Action::ViewCase, &facts, case)?;
    Ok((facts, decision))
}

/// Begins the count of a person anew: the demo court's people take on in one
/// moment the cases of many months.
pub(crate) async fn forget(app: &App, person: &SignedIn) -> Result<(), Error> {
    app.work.forget_tries(&counted_by_day(person)).await?;
    Ok(app.work.forget_tries(&counted_as(person)).await?)
}

/// Counts one search: of the person as any look for a case, of the organisation and of
/// the address together, so that many people are no way around. Counted under hashes.
///
/// # Errors
/// If there were too many.
pub(crate) async fn count_search(app: &App, who: &Caller) -> Result<(), Error> {
    let person = who.person()?;
    if is_uncounted(app, person) {
        return Ok(());
    }
    let limit = |name: String, most| TryLimit {
        name,
        most,
        window_seconds: WINDOW,
    };
    let organisation = format!("find of {}", person.organisation.id);
    let address = format!("find from {}", who.address);
    let limits = [
        limit(counted_as(person), LOOK_UPS),
        limit(token_hash(&organisation), OF_ONE_ORGANISATION),
        limit(token_hash(&address), FROM_ONE_ADDRESS),
    ];
    if !app.work.admit_try(&limits, app.chance.now()).await? {
        return Err(too_many().into());
    }
    count_by_day(app, person, true).await
}

fn too_many() -> Problem {
    Problem::new(
        Code::TooManyTries,
        "You have looked up many cases in a short time.",
        "Wait ten minutes, then go on.",
    )
}

fn counted_by_day(person: &SignedIn) -> String {
    format!("find by day {}", person.account.id)
}

fn counted_as(person: &SignedIn) -> String {
    format!("find {}", person.account.id)
}
