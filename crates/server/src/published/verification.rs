//! `GET /v2/documents/{documentId}/verification/{code}`: whether a document that somebody holds
//! is one that a court issued, and whether it still stands. No credential is asked: the number
//! and the code in the margin are the proof of whoever has the paper, and what is answered is
//! less than what the paper says. A wrong code is answered like a number that nobody has.

use super::sender::Knock;
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
    knock: Knock,
) -> Response {
    // A code that is nearly right is in no record of what was refused.
    let knock = Knock {
        asked: format!("GET /v2/documents/{id}/verification"),
        ..knock
    };
    let found = verify(
        &state.app,
        (&knock.from, &knock.address),
        id.parse().ok(),
        &code,
    )
    .await;
    let found = found.and_then(|genuine| genuine.ok_or_else(|| unknown().into()));
    match knock.counted(&state, "whoever holds a paper", found) {
        Ok(genuine) => answer(&genuine),
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
