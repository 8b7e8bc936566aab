//! Answers: a view as JSON, or a problem. Faults are logged here, once.

use app::Error;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{Code, Problem};
use serde::Serialize;
use serde_json::{Value, json};

/// A view.
pub(crate) fn view(view: &impl Serialize) -> Response {
    match serde_json::to_vec(view) {
        Ok(body) => with_type(StatusCode::OK, "application/json", body),
        Err(error) => refused(&Error::Broken(format!("a view has no JSON form: {error}"))),
    }
}

/// A refusal, or a fault with the reference under which it was logged.
pub(crate) fn refused(error: &Error) -> Response {
    let problem = match error {
        Error::Problem(problem) => problem.clone(),
        Error::Stale => app::stale(),
        Error::Broken(why) => {
            let reference = uuid::Uuid::now_v7().to_string();
            tracing::error!(%reference, why, "fault");
            metrics::counter!("faults_total").increment(1);
            let mut problem = Problem::new(
                Code::Fault,
                "Something broke in the service.",
                "Try again. If it happens again, tell the service centre the reference.",
            )
            .because("What you typed is still here, and nothing that was recorded is lost.");
            problem.reference = Some(reference);
            problem
        }
    };
    problem_response(&problem)
}

/// A problem as RFC 9457 has it.
pub(crate) fn problem_response(problem: &Problem) -> Response {
    let status =
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_default();
    with_type(status, "application/problem+json", body)
}

/// A problem with everything that is wrong under `errors`, beside its sentence.
pub(crate) fn problem_with(problem: &Problem, wrong: &[String]) -> Response {
    problem_beside(problem, wrong, Vec::new())
}

/// The same with members of a published format beside it.
pub(crate) fn problem_beside(
    problem: &Problem,
    wrong: &[String],
    members: Vec<(&str, Value)>,
) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut body = json!(problem.clone().because(wrong.join(" ")));
    body["errors"] = json!(wrong);
    for (name, value) in members {
        body[name] = value;
    }
    with_type(
        status,
        "application/problem+json",
        body.to_string().into_bytes(),
    )
}

fn with_type(status: StatusCode, kind: &'static str, body: Vec<u8>) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
