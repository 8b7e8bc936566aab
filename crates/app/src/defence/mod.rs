//! The defence: finding a case, going on record and off it, and who acts beside the
//! firm on record.

mod associate;
pub(crate) mod both_sides;
mod change;
mod disassociate;
mod find;
mod grant;
mod instruct;
mod people;

use crate::{
    App, Caller, Error,
    caller::SignedIn,
    case::{sight, view},
    ports::{Append, Expected, StreamAppend, TryLimit},
};
use contract::{Code, Problem};
use domain::{
    Event, Stream, StreamKind,
    account::Account,
    case::{Case, CaseEvent, Person},
};
use serde::{Serialize, de::DeserializeOwned};
use vocabulary::{DefendantId, Group, OrganisationKind};

/// Addresses that one person may try within ten minutes.
const ADDRESSES: u64 = 60;
/// The longest address that there can be, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// Ten minutes, in seconds.
const WINDOW: i64 = 10 * 60;

/// Records what was decided of a case, and answers.
pub(crate) async fn record<V: Serialize + DeserializeOwned>(
    app: &App,
    who: &Caller,
    case: &Case,
    events: Vec<CaseEvent>,
    view: V,
) -> Result<V, Error> {
    let appended = app
        .ledger
        .append(Append {
            command: who.command,
            moment: who.person()?.moment(app.chance.now()),
            streams: vec![stream_append(case, events)],
            answer: serde_json::to_value(&view)?,
        })
        .await?;
    Ok(serde_json::from_value(appended.answer)?)
}

/// What is to be appended to a case as it was seen.
pub(crate) fn stream_append(case: &Case, events: Vec<CaseEvent>) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Case, case.id.0),
        expected: Expected::Version(case.version),
        key: case.id.0,
        events: events.into_iter().map(Event::Case).collect(),
    }
}

/// The defendants of a case whom the person sees: what is told of it names no other.
fn named(app: &App, person: &SignedIn, case: &Case) -> Vec<DefendantId> {
    let all = case.defendants.iter().map(|own| own.charged.id);
    all.filter(|id| view::sees(app, person, case, Some(*id)))
        .collect()
}

/// Somebody with this address who may be given access, with the groups they are in. There
/// is one answer for whoever is not there and whoever may not have it: an address tells
/// nobody whether there is such an account.
pub(crate) async fn somebody(
    app: &App,
    person: &SignedIn,
    email: &str,
    groups: &[Group],
) -> Result<(Person, Vec<Group>), Error> {
    count_address(app, person).await?;
    let account = of_address(app, email).await?;
    let fits = account.filter(|a| a.active && a.groups.iter().any(|g| groups.contains(g)));
    // The same work whether there is such an account or not.
    let organisation = fits
        .as_ref()
        .map_or(person.organisation.id, |a| a.organisation);
    let organisation = app.index.organisation(organisation).await?;
    let acts = |kind| {
        matches!(
            kind,
            OrganisationKind::DefenceFirm | OrganisationKind::Chambers
        )
    };
    match (fits, organisation) {
        (Some(account), Some(organisation)) if acts(organisation.kind) => Ok((
            Person {
                account: account.id,
                name: account.name,
                organisation: organisation.id,
                organisation_name: organisation.name,
            },
            account.groups,
        )),
        _ => Err(Problem::new(
            Code::Refused,
            "Nobody with this address can be given this.",
            "Check the address with them. It must be the one with which they sign in, and their role must be one that acts in cases.",
        )
        .into()),
    }
}

/// Counts an address that somebody tries.
///
/// # Errors
/// If there were too many.
pub(crate) async fn count_address(app: &App, person: &SignedIn) -> Result<(), Error> {
    let limit = TryLimit {
        name: format!("address {}", person.account.id),
        most: ADDRESSES,
        window_seconds: WINDOW,
    };
    if app.work.admit_try(&[limit], app.chance.now()).await? {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        "You have tried many addresses in a short time.",
        "Wait ten minutes, then go on.",
    )
    .into())
}

/// The account of an address. What no account can have no database need hear of.
pub(crate) async fn of_address(app: &App, email: &str) -> Result<Option<Account>, Error> {
    let unheard = email.len() > LONGEST_EMAIL || email.contains('\0');
    let email = if unheard { "" } else { email };
    Ok(app.index.account_by_email(email).await?)
}

/// A case that the person may see, for a command about one of its defendants.
pub(crate) async fn seen(
    app: &App,
    person: &SignedIn,
    id: vocabulary::CaseId,
) -> Result<std::sync::Arc<Case>, Error> {
    let (case, ..) = sight::case(app, person, id).await?;
    Ok(case)
}
