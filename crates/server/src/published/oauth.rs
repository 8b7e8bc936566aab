//! `POST /oauth/token`: a short-lived token for a system that has a credential, by the
//! client credentials grant (RFC 6749, section 4.4). The id and secret are those of the
//! credential; where the secret goes over the line with every request, it need not any
//! more. Answers and refusals are in the form of that standard (sections 5.1 and 5.2).

use super::sender::Knock;
use crate::state::Shared;
use app::{
    Error,
    account::{MACHINE_TOKEN_LASTS, machine_token},
};
use axum::{
    body::Bytes,
    extract::State as Extract,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use contract::Code;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// The most bytes of a request.
pub(super) const MOST_BYTES: usize = 8 * 1024;

/// What a form says, each name once.
type Form = Vec<(String, String)>;

pub(super) async fn token(
    Extract(state): Extract<Shared>,
    knock: Knock,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = form(&headers, &body) else {
        return refused(StatusCode::BAD_REQUEST, "invalid_request");
    };
    let given = |name: &str| {
        form.iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    };
    match given("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        None => return refused(StatusCode::BAD_REQUEST, "invalid_request"),
    }
    let in_form = given("client_id").zip(given("client_secret"));
    let (client, secret) = match (basic(&headers), in_form) {
        // Section 2.3: one way in each request.
        (Some(_), Some(_)) => return refused(StatusCode::BAD_REQUEST, "invalid_request"),
        (Some(pair), None) => pair,
        (None, Some((client, secret))) => (client.to_owned(), secret.to_owned()),
        (None, None) => return refused(StatusCode::UNAUTHORIZED, "invalid_client"),
    };
    match machine_token(&state.app, &client, &secret, &knock.address).await {
        Ok(Some(token)) => answer(
            StatusCode::OK,
            &json!({
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": MACHINE_TOKEN_LASTS,
            }),
        ),
        Ok(None) => {
            knock.refused(&state, "a system", "invalid_client");
            refused(StatusCode::UNAUTHORIZED, "invalid_client")
        }
        Err(Error::Problem(problem)) if problem.code == Code::TooManyTries => {
            knock.refused(&state, "a system", "slow_down");
            refused(StatusCode::TOO_MANY_REQUESTS, "slow_down")
        }
        Err(error) => crate::http::answer::refused(&error),
    }
}

/// The form in the body; none if it is none, or says a name twice.
fn form(headers: &HeaderMap, body: &[u8]) -> Option<Form> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if kind.split(';').next()?.trim() != "application/x-www-form-urlencoded" {
        return None;
    }
    let mut form = Form::new();
    for pair in std::str::from_utf8(body).ok()?.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name)?, decoded(value)?);
        if form.iter().any(|(other, _)| *other == name) {
            return None;
        }
        form.push((name, value));
    }
    Some(form)
}

/// Id and secret of the header, each encoded as in a form (section 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let said = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, pair) = said.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(pair.trim()).ok()?).ok()?;
    let (client, secret) = pair.split_once(':')?;
    Some((decoded(client)?, decoded(secret)?))
}

fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let plain = percent_decode_str(&text).decode_utf8().ok()?;
    Some(plain.into_owned())
}

fn refused(status: StatusCode, error: &str) -> Response {
    let mut response = answer(status, &json!({ "error": error }));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"common-platform\""),
        );
    }
    response
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.to_string()).into_response()
}
