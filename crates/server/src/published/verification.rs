//! `GET /v2/documents/{documentId}/verification/{code}`: whether a document that somebody holds
//! is one that a court issued, and whether it still stands. No credential is asked: the number
//! and the code in the margin are the proof of whoever has the paper, and what is answered is
//! less than what the paper says. A wrong code is answered like a number that nobody has.

use crate::{http::answer::refused, state::Shared};
use app::document::{Genuine, verify};
use axum::{
    extract::{Path, State as From},
    http::header,
    response::{IntoResponse, Response},
};
use contract::{Code, Problem};
use serde_json::json;

pub(super) async fn read(
    From(state): From<Shared>,
    Path((id, code)): Path<(String, String)>,
) -> Response {
    let found = match id.parse() {
        Ok(id) => verify(&state.app, id, &code).await,
        Err(_) => Ok(None),
    };
    match found {
        Ok(Some(genuine)) => answer(&genuine),
        Ok(None) => refused(&unknown().into()),
        Err(error) => refused(&error),
    }
}

fn answer(genuine: &Genuine) -> Response {
    let body = json!({
        "genuine": true,
        "name": genuine.name,
        "court": genuine.court,
        "issuedOn": genuine.issued_on,
        "stands": genuine.ended_on.is_none(),
        "endedOn": genuine.ended_on,
    });
    let kind = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (kind, body.to_string()).into_response()
}

fn unknown() -> Problem {
    Problem::new(
        Code::NotFound,
        "No court here issued a document with this number and code.",
        "Compare both with the foot of the page, and ask the court office if they agree.",
    )
}
