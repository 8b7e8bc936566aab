//! `POST /v2/prosecutions/{ouCode}`: submit a charge, requisition or summons case.

use super::{MOST_BYTES, schema, sender::Knock};
use crate::{
    State,
    http::{
        answer::{problem_response, problem_with, refused},
        whole::{self, NotWhole},
    },
    state::Shared,
};
use app::intake::{not_in_format, submit as take_in};
use axum::{
    Json,
    extract::{Path, Request, State as From},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contract::{Code, Problem};
use serde_json::json;
use vocabulary::SubmissionId;

/// Takes in a submission and says where to ask for what became of it.
pub(super) async fn submit(
    From(state): From<Shared>,
    Path(ou_code): Path<String>,
    knock: Knock,
    request: Request,
) -> Response {
    let request = whole::lingering(request);
    if let Err(error) = knock.sender_for(&state, request.headers(), &ou_code).await {
        return refused(&error);
    }
    let headers = request.headers().clone();
    let body = match whole::read(request, &state).await {
        Ok(body) => body,
        Err(why) => return problem_response(&not_received(&why)),
    };
    // Who sends is who it is once all is here: a credential may be revoked meanwhile.
    let by = match knock.sender_for(&state, &headers, &ou_code).await {
        Ok(sender) => sender,
        Err(error) => return refused(&error),
    };
    let wrong = schema::not_in_form(&body);
    if !wrong.is_empty() {
        return problem_with(&not_in_format(), &wrong);
    }
    let id = SubmissionId(state.app.chance.id());
    match take_in(&state.app, by.actor(), &by.ou_code, &body, id).await {
        Ok(submitted) => accepted(&state, submitted.submission_id),
        Err(error) => refused(&error),
    }
}

fn accepted(state: &State, id: SubmissionId) -> Response {
    let base = state.public_url.trim_end_matches('/');
    let body = json!({
        "submissionId": id,
        "statusURL": format!("{base}/v2/submissions/{id}"),
    });
    (StatusCode::ACCEPTED, Json(body)).into_response()
}

fn not_received(why: &NotWhole) -> Problem {
    if matches!(why, NotWhole::TooLarge) {
        return Problem::new(
            Code::TooLarge,
            format!(
                "A submission has at most {} megabytes.",
                MOST_BYTES / 1024 / 1024
            ),
            "Send the case without its papers; they are served on it afterwards.",
        )
        .because("Nothing was recorded.");
    }
    Problem::new(
        Code::Truncated,
        "The submission did not arrive whole.",
        "Send it again; the same submission twice makes one case.",
    )
    .because("Nothing was recorded.")
}
