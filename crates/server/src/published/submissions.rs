//! `GET /v2/submissions/{submissionId}`: what became of a submission. The
//! credential must be bound to the OU code it was sent for; to others it is
//! not there. As published, the media type that is asked for chooses the shape:
//! version 2 tells case and defendants apart, version 3 lists them together.

use super::sender::Knock;
use crate::{State, http::answer::refused, state::Shared};
use app::Error;
use axum::{
    extract::{Path, State as From},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use contract::Problem;
use domain::submission::{Submission, SubmissionProblem};
use serde_json::{Value, json};
use vocabulary::SubmissionId;

const VERSION_2: &str = "application/vnd.hmcts.cjs.submission.v2+json";
const VERSION_3: &str = "application/vnd.hmcts.cjs.submission.v3+json";

/// By its id.
pub(super) async fn read(
    From(state): From<Shared>,
    Path(id): Path<String>,
    knock: Knock,
    headers: HeaderMap,
) -> Response {
    answer(&state, &knock, (&id, None), &headers).await
}

/// By its id and OU code, as the published interface also has it.
pub(super) async fn read_for(
    From(state): From<Shared>,
    Path((id, ou_code)): Path<(String, String)>,
    knock: Knock,
    headers: HeaderMap,
) -> Response {
    answer(&state, &knock, (&id, Some(&ou_code)), &headers).await
}

async fn answer(
    state: &State,
    knock: &Knock,
    asked: (&str, Option<&str>),
    headers: &HeaderMap,
) -> Response {
    let submission = match find(state, knock, asked, headers).await {
        Ok(submission) => submission,
        Err(error) => return refused(&error),
    };
    let accepts = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    let (kind, body) = if accepts.is_some_and(|accepts| accepts.contains(VERSION_3)) {
        (VERSION_3, version_3(&submission))
    } else if accepts.is_some_and(|accepts| accepts.contains(VERSION_2)) {
        (VERSION_2, version_2(&submission))
    } else {
        ("application/json", version_2(&submission))
    };
    let kind = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (kind, body.to_string()).into_response()
}

async fn find(
    state: &State,
    knock: &Knock,
    (id, ou_code): (&str, Option<&str>),
    headers: &HeaderMap,
) -> Result<Submission, Error> {
    let sender = knock.sender(state, headers).await?;
    // An id that is none is answered like one that nobody has.
    let id: SubmissionId = id.parse().map_err(|_| Problem::not_found())?;
    let found = state.app.ledger.submission(id).await?;
    let own = found
        .filter(|submission| submission.ou_code.eq_ignore_ascii_case(&sender.ou_code))
        .filter(|submission| {
            ou_code.is_none_or(|code| submission.ou_code.eq_ignore_ascii_case(code))
        });
    let own = own.ok_or_else(|| Problem::not_found().into());
    let own = knock.counted(state, &sender.name, own)?;
    app::submission_read(&state.app, &sender, &own).await?;
    Ok(own)
}

fn version_2(submission: &Submission) -> Value {
    let mut body = json!({
        "id": submission.id,
        "status": submission.status,
        "type": "PROSECUTION",
        "caseErrors": of_case(&submission.errors),
        "caseWarnings": of_case(&submission.warnings),
        "defendantErrors": by_defendant(&submission.errors),
        "defendantWarnings": by_defendant(&submission.warnings),
    });
    times(&mut body, submission);
    body
}

fn version_3(submission: &Submission) -> Value {
    let all = |problems: &[SubmissionProblem]| problems.iter().map(problem).collect::<Vec<_>>();
    let mut body = json!({
        "id": submission.id,
        "status": submission.status,
        "type": "PROSECUTION",
        "errors": all(&submission.errors),
        "warnings": all(&submission.warnings),
    });
    times(&mut body, submission);
    body
}

/// A submission is decided in the moment in which it is received.
fn times(body: &mut Value, submission: &Submission) {
    body["receivedAt"] = json!(submission.received_at);
    body["completedAt"] = json!(submission.received_at);
}

fn of_case(problems: &[SubmissionProblem]) -> Vec<Value> {
    problems
        .iter()
        .filter(|one| one.defendant.is_none())
        .map(problem)
        .collect()
}

/// Problems under the prosecutor's reference of each defendant, in the order found.
fn by_defendant(problems: &[SubmissionProblem]) -> Vec<Value> {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for one in problems {
        let Some(defendant) = one.defendant.as_deref() else {
            continue;
        };
        match groups.iter_mut().find(|(known, _)| *known == defendant) {
            Some((_, own)) => own.push(problem(one)),
            None => groups.push((defendant, vec![problem(one)])),
        }
    }
    groups
        .into_iter()
        .map(|(defendant, problems)| {
            json!({"prosecutorDefendantReference": defendant, "problems": problems})
        })
        .collect()
}

fn problem(one: &SubmissionProblem) -> Value {
    let values: Vec<Value> = one
        .values
        .iter()
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect();
    json!({"code": one.code, "values": values})
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::SubmissionStatus;

    fn submission() -> Submission {
        let problem = |code: &str, defendant: Option<&str>| SubmissionProblem {
            code: code.to_owned(),
            values: vec![("key".to_owned(), "value".to_owned())],
            defendant: defendant.map(str::to_owned),
        };
        Submission {
            id: "8191c165-e9e4-4fd7-ac6d-5bfd04690f77".parse().unwrap(),
            ou_code: "GAAAA01".to_owned(),
            sha256: String::new(),
            status: SubmissionStatus::Rejected,
            case_id: None,
            errors: vec![
                problem("DUPLICATED_PROSECUTION", None),
                problem("DEFENDANT_DOB_IN_FUTURE", Some("D1")),
                problem("OFFENCE_CODE_IS_INVALID", Some("D2")),
                problem("CHARGE_DATE_IN_FUTURE", Some("D1")),
            ],
            warnings: Vec::new(),
            received_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn version_2_tells_the_case_and_each_defendant_apart() {
        let body = version_2(&submission());
        assert_eq!(body["status"], "REJECTED");
        assert_eq!(body["caseErrors"][0]["code"], "DUPLICATED_PROSECUTION");
        let defendants = body["defendantErrors"].as_array().unwrap();
        assert_eq!(defendants.len(), 2);
        assert_eq!(defendants[0]["prosecutorDefendantReference"], "D1");
        assert_eq!(defendants[0]["problems"].as_array().unwrap().len(), 2);
        assert_eq!(body["receivedAt"], "2026-11-21T09:00:00Z");
    }

    #[test]
    fn version_3_lists_them_together() {
        let body = version_3(&submission());
        assert_eq!(body["errors"].as_array().unwrap().len(), 4);
        assert_eq!(body["errors"][1]["values"][0]["key"], "key");
    }
}
