//! How an organisation wants its documents: an administrative fact, in the record.

use super::record::record;
use crate::{App, Error, ports::Expected};
use contract::{Code, Problem};
use domain::account::{AccountEvent, Organisation, Route};
use vocabulary::fold_name;

/// The organisation of a name.
///
/// # Errors
/// If there is none, or the record cannot say.
pub async fn organisation_named(app: &App, name: &str) -> Result<Organisation, Error> {
    let known = app.index.organisations().await?;
    let found = known
        .into_iter()
        .find(|one| fold_name(&one.name) == fold_name(name));
    found.ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            format!("There is no organisation {name:?} in this record."),
            "Give a name as `account list` shows it.",
        )
        .into()
    })
}

/// Settles the way on which documents reach an organisation, those that are asked for
/// from now on and those that still wait. A system gets a new secret, which is given
/// this once.
///
/// # Errors
/// If it cannot be recorded.
pub async fn choose_route(
    app: &App,
    organisation: &Organisation,
    route: Route,
) -> Result<Option<String>, Error> {
    // Before the way: a callback without a secret would be one that nobody can trust.
    let secret = match &route {
        Route::Webhook { .. } => Some(app.carrying.make_secret(organisation.id).await?),
        Route::Inbox | Route::Email { .. } => None,
    };
    let chosen = AccountEvent::RouteChosen {
        organisation: organisation.id,
        route,
    };
    record(app, organisation.id.0, Expected::Any, chosen).await?;
    Ok(secret.map(hex::encode))
}
