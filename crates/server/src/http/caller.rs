//! Who asks: the person of the bearer token, and the command id.

use super::whence::Whence;
use crate::{State, state::Shared};
use app::{
    Caller, Error,
    caller::{Meant, SignedIn},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use contract::{Code, Problem};
use domain::Origin;
use std::convert::Infallible;
use vocabulary::CommandId;

/// The most letters that are recorded of what an application says that it is.
const LONGEST_DEVICE: usize = 80;

/// A request's caller, or the answer that refuses it.
pub(crate) struct Asking(pub(crate) Result<Caller, Box<Response>>);

impl FromRequestParts<Shared> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Infallible> {
        let (from, address) = origin_of(parts);
        let caller = caller(state, &parts.headers, address, from).await;
        Ok(Self(
            caller.map_err(|error| Box::new(super::answer::refused(&error))),
        ))
    }
}

/// From where a request comes, as the record says it, and what counts as one address where
/// tries are counted.
pub(crate) fn origin_of(parts: &Parts) -> (Origin, String) {
    let whence = parts.extensions.get::<Whence>();
    let local = || "local".to_owned();
    let from = Origin {
        address: whence.map_or_else(local, |whence| whence.address.to_string()),
        device: device(&parts.headers),
    };
    (from, whence.map_or_else(local, |whence| whence.counted()))
}

/// What the application says that it is, as far as that is worth recording.
fn device(headers: &HeaderMap) -> Option<String> {
    let said = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(said.chars().take(LONGEST_DEVICE).collect())
}

async fn caller(
    state: &State,
    headers: &HeaderMap,
    address: String,
    from: Origin,
) -> Result<Caller, Error> {
    let command = match headers.get("command-id") {
        Some(sent) => sent
            .to_str()
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or_else(no_command_id)?,
        None => CommandId(state.app.chance.id()),
    };
    let mut person = match bearer(headers) {
        Some(token) => app::account::signed_in(&state.app, token).await?,
        None => None,
    };
    let device = from.device.clone().unwrap_or_default();
    if let Some(person) = &mut person {
        person.circumstances.from = Some(from.clone());
        if app::account::is_to_be_noted(&state.app, person) {
            note(state, person, &address, &device);
        }
    }
    Ok(Caller {
        person,
        command,
        address,
        device,
        from: Some(from),
        meant: Meant::default(),
    })
}

/// The same caller, once the body of the request is whole: it may have been on its way for
/// minutes, and what somebody lost meanwhile they have lost for this request too.
///
/// # Errors
/// If the record cannot be read.
pub(crate) async fn again(
    state: &State,
    token: Option<&str>,
    caller: Caller,
) -> Result<Caller, Error> {
    let mut person = match token {
        Some(token) => app::account::signed_in(&state.app, token).await?,
        None => None,
    };
    if let Some(person) = &mut person {
        person.circumstances.from.clone_from(&caller.from);
    }
    Ok(Caller { person, ..caller })
}

/// Notes apart that a session is used: nobody waits for it.
fn note(state: &State, person: &SignedIn, address: &str, device: &str) {
    let (app, person) = (state.app.clone(), person.clone());
    let (address, device) = (address.to_owned(), device.to_owned());
    tokio::spawn(async move {
        if let Err(error) = app::account::note_use(&app, &person, &address, &device).await {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    });
}

/// An id that cannot be read is not replaced by another: the sender counts on
/// the command being recorded once under its own.
fn no_command_id() -> Problem {
    Problem::new(
        Code::BadRequest,
        "The command's id is no id.",
        "Send a UUID in the header Command-Id, the same each time the command is sent.",
    )
    .because("Nothing was recorded.")
}

/// The bearer token, if there is one.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
        .map(str::trim)
}
