//! `POST /api/validation/validate`: what the rules say of a draft of results.
//! Any credential in force may ask: the answer is worked out from what was sent
//! and from nothing else, and neither is recorded or logged.

mod answer;
mod request;

use super::{schema, sender::Knock};
use crate::http::{
    answer::{problem_response, problem_with, refused, view},
    whole::{self, NotWhole},
};
use crate::state::Shared;
use axum::{
    extract::{Request, State as From},
    response::Response,
};
use contract::{Code, Problem};
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
    let body = match whole::read(request, &state).await {
        Ok(body) => body,
        Err(why) => return problem_response(&not_received(&why)),
    };
    let draft = match request::read(&body) {
        Ok(draft) => draft,
        Err(wrong) => return problem_with(&not_a_draft(), &wrong),
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
