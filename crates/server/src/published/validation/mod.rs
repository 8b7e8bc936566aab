//! `POST /api/validation/validate`: what the rules say of a draft of results.
//! Any credential in force may ask: the answer is worked out from what was sent
//! and from nothing else, and neither is recorded or logged.

mod answer;
mod request;

use super::{schema, sender::Knock};
use crate::http::{
    answer::{problem_beside, problem_response, refused, view},
    whole::{self, NotWhole},
};
use crate::state::{Shared, State};
use axum::{
    extract::{Request, State as From},
    response::Response,
};
use contract::{Code, Problem};
use serde_json::{Value, json};
use std::time::Instant;

/// The most bytes of a draft.
pub(super) const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Validates a draft.
pub(super) async fn validate(
    From(state): From<Shared>,
    knock: Knock,
    request: Request,
) -> Response {
    let request = whole::lingering(request);
    if let Err(error) = knock.sender(&state, request.headers()).await {
        return refused(&error);
    }
    let headers = request.headers().clone();
    let body = match whole::read(request, &state).await {
        Ok(body) => body,
        Err(why) => return problem_response(&not_received(&why)),
    };
    // The credential may have been revoked while the draft came.
    if let Err(error) = knock.sender(&state, &headers).await {
        return refused(&error);
    }
    let draft = match request::read(&body) {
        Ok(draft) => draft,
        Err(wrong) => {
            let members = error_response(&state, &wrong);
            return problem_beside(&not_a_draft(), &wrong, members);
        }
    };
    let begun = Instant::now();
    let lowered = match app::rules::lowered(&state.app).await {
        Ok(lowered) => lowered,
        Err(error) => return refused(&error),
    };
    let rules = lowered.validator(&state.app.catalogue.results.law.validator);
    let verdict = domain::validator::validate(&rules, &draft);
    let chance = &state.app.chance;
    view(&answer::Answer::of(
        &verdict,
        chance.id(),
        chance.now(),
        begun.elapsed(),
    ))
}

/// The members of the published `ErrorResponse`, beside those of our own problems.
fn error_response(state: &State, wrong: &[String]) -> Vec<(&'static str, Value)> {
    let chance = &state.app.chance;
    vec![
        ("error", json!("Bad Request")),
        ("message", json!(wrong.join(" "))),
        ("details", json!({ "errors": wrong })),
        ("timestamp", json!(chance.now())),
        ("traceId", json!(chance.id())),
    ]
}

fn not_a_draft() -> Problem {
    Problem::new(
        Code::BadRequest,
        "The draft is not in the published format.",
        "Correct what is listed and send it again.",
    )
}

fn not_received(why: &NotWhole) -> Problem {
    match why {
        NotWhole::TooLarge => Problem::new(
            Code::TooLarge,
            format!(
                "A draft has at most {} megabytes.",
                MOST_BYTES / 1024 / 1024
            ),
            "Send the results of one hearing day.",
        ),
        NotWhole::Truncated => Problem::new(
            Code::Truncated,
            "The draft did not arrive whole.",
            "Send it again; nothing is recorded here.",
        ),
    }
}
