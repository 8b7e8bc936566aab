//! Who asks: the person of the bearer token, and the command id.

use super::whence::Whence;
use crate::State;
use app::{Caller, Error};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use contract::{Code, Problem};
use std::convert::Infallible;
use vocabulary::CommandId;

/// A request's caller, or the answer that refuses it.
pub(crate) struct Asking(pub(crate) Result<Caller, Box<Response>>);

impl FromRequestParts<State> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
        let address = parts
            .extensions
            .get::<Whence>()
            .map_or_else(|| "local".to_owned(), |whence| whence.counted());
        let caller = caller(state, &parts.headers, address).await;
        Ok(Self(
            caller.map_err(|error| Box::new(super::answer::refused(&error))),
        ))
    }
}

async fn caller(state: &State, headers: &HeaderMap, address: String) -> Result<Caller, Error> {
    let command = match headers.get("command-id") {
        Some(sent) => sent
            .to_str()
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or_else(no_command_id)?,
        None => CommandId(state.app.chance.id()),
    };
    let person = match bearer(headers) {
        Some(token) => app::account::signed_in(&state.app, token).await?,
        None => None,
    };
    Ok(Caller {
        person,
        command,
        address,
    })
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
