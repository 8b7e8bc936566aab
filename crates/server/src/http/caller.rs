//! Who asks: the person of the bearer token, and the command id.

use crate::State;
use app::{Caller, Error};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use std::{convert::Infallible, net::SocketAddr};
use vocabulary::CommandId;

/// A request's caller, or the answer that refuses it.
pub(crate) struct Asking(pub(crate) Result<Caller, Box<Response>>);

impl FromRequestParts<State> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
        let address = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or_else(|| "local".to_owned(), |info| info.0.ip().to_string());
        let caller = caller(state, &parts.headers, address).await;
        Ok(Self(
            caller.map_err(|error| Box::new(super::answer::refused(&error))),
        ))
    }
}

async fn caller(state: &State, headers: &HeaderMap, address: String) -> Result<Caller, Error> {
    let person = match bearer(headers) {
        Some(token) => app::account::signed_in(&state.app, token).await?,
        None => None,
    };
    let command = headers
        .get("command-id")
        .and_then(|value| value.to_str().ok()?.parse::<CommandId>().ok())
        .unwrap_or_else(|| CommandId(state.app.chance.id()));
    Ok(Caller {
        person,
        command,
        address,
    })
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
