//! The published interface of the prison court register, under `/pcr/0.1.0`.
//! A prison's system reads; a court's system brings in the details of a hearing
//! and says that it was resulted. The published service fetches the details from
//! other services of its platform; this server calls nobody, so they are brought.

use super::{MOST_BYTES, schema, sender::Knock};
use crate::{
    State,
    http::{
        answer::{problem_response, refused, view},
        whole::{self, NotWhole},
    },
    state::Shared,
};
use app::register::{Reading, is_registered, read, sheet_view, take_in};
use axum::{
    Router,
    extract::{Path, Request, State as From},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use contract::{
    Code, Problem,
    document::{Addressee, Superseded},
};
use domain::register::{HearingResulted, PublishedSubscriptions};
use serde_json::{Value, json};
use uuid::Uuid;

const OPENAPI: &str = include_str!("register.yaml");
/// The name of an event that says that results were shared.
const RESULTED: &str = "Hearing_Resulted";
const CORRELATION: &str = "x-correlation-id";

/// Its routes.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route(
            "/pcr/0.1.0/cases/{case_urn}/hearings/{hearing_id}/defendants/{defendant_id}",
            get(of_defendant),
        )
        .route("/pcr/0.1.0/internal/hearing-results", post(resulted))
        .route(
            "/pcr/0.1.0/internal/hearings/{hearing_id}/details",
            put(details),
        )
        .route("/pcr/0.1.0/openapi.yaml", get(openapi))
}

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/yaml")], OPENAPI).into_response()
}

/// The registers of a defendant, oldest first; or the latest as a document, for
/// whoever asks for a PDF.
async fn of_defendant(
    From(state): From<Shared>,
    Path((case_urn, hearing_id, defendant_id)): Path<(String, String, String)>,
    knock: Knock,
    headers: HeaderMap,
) -> Response {
    let which = (
        case_urn.as_str(),
        hearing_id.as_str(),
        defendant_id.as_str(),
    );
    let answer = match read_by(&state, &knock, &headers, which).await {
        Ok(reading) if wants_pdf(&headers) => pdf(&state, &reading).await,
        Ok(reading) => {
            let registers: Vec<_> = reading.entries.iter().map(|(_, e)| &e.register).collect();
            view(&registers)
        }
        Err(response) => *response,
    };
    correlated(answer, &headers)
}

async fn read_by(
    state: &State,
    knock: &Knock,
    headers: &HeaderMap,
    (case_urn, hearing_id, defendant_id): (&str, &str, &str),
) -> Result<Reading, Box<Response>> {
    let sender = knock
        .sender(state, headers)
        .await
        .map_err(|error| Box::new(refused(&error)))?;
    let wrong: Vec<String> = [("hearingId", hearing_id), ("defendantId", defendant_id)]
        .into_iter()
        .filter(|(_, text)| text.parse::<Uuid>().is_err())
        .map(|(name, _)| format!("{name}: This is no UUID."))
        .collect();
    let (Ok(hearing), Ok(defendant)) = (hearing_id.parse(), defendant_id.parse()) else {
        return Err(Box::new(not_in_form(&wrong)));
    };
    let reading = read(&state.app, &sender, case_urn, hearing, defendant).await;
    knock
        .counted(state, &sender.name, reading)
        .map_err(|error| Box::new(refused(&error)))
}

async fn pdf(state: &State, reading: &Reading) -> Response {
    let Some(((at, entry), before)) = reading.entries.split_last() else {
        return problem_response(&Problem::not_found());
    };
    let earlier = before.last().map(|(at, _)| *at);
    let prison = Addressee {
        name: reading.prison.name.clone(),
        address: reading.prison.address.printed(),
    };
    let mut sheet = sheet_view(entry, *at, earlier, &prison);
    sheet.superseded = reading.ended.map(|ended| Superseded {
        on: ended.day(),
        by: None,
    });
    match state.app.printer.print(sheet).await {
        Ok(bytes) => {
            let kind = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (kind, bytes).into_response()
        }
        Err(fault) => refused(&fault.into()),
    }
}

fn wants_pdf(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepts| accepts.contains("application/pdf"))
}

/// As published, the sender's id of the request comes back, if it is a UUID.
fn correlated(mut answer: Response, headers: &HeaderMap) -> Response {
    let id = headers
        .get(CORRELATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.parse::<Uuid>().ok());
    if let Some(value) = id.and_then(|id| HeaderValue::from_str(&id.to_string()).ok()) {
        answer.headers_mut().insert(CORRELATION, value);
    }
    answer
}

/// Takes in the details of a hearing with its results.
async fn details(
    From(state): From<Shared>,
    Path(hearing_id): Path<String>,
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
    // Who sends is who it is once all is here: a credential may be revoked meanwhile.
    let sender = match knock.sender(&state, &headers).await {
        Ok(sender) => sender,
        Err(error) => return refused(&error),
    };
    let value = match json_of(&body) {
        Ok(value) => value,
        Err(response) => return *response,
    };
    let mut wrong = schema::not_details(&value);
    let named = value["hearing"]["id"].as_str().unwrap_or_default();
    if wrong.is_empty() && !named.eq_ignore_ascii_case(&hearing_id) {
        wrong.push("/hearing/id: This is not the hearing of the address.".to_owned());
    }
    if !wrong.is_empty() {
        return not_in_form(&wrong);
    }
    let subscriptions = match &value["nowSubscriptions"] {
        Value::Null => None,
        given => Some(json!({ "nowSubscriptions": given })),
    };
    let subscriptions: Result<Option<PublishedSubscriptions>, _> =
        subscriptions.map(serde_json::from_value).transpose();
    let (Ok(event), Ok(subscriptions)) = (
        serde_json::from_slice::<HearingResulted>(&body),
        subscriptions,
    ) else {
        // What the schema lets through and the domain does not read.
        return not_in_form(&["/: This is not the published format.".to_owned()]);
    };
    let given = subscriptions
        .as_ref()
        .map(|s| s.now_subscriptions.as_slice());
    let taken = take_in(&state.app, &sender, &body, &event, given).await;
    match knock.counted(&state, &sender.name, taken) {
        Ok(taken) => {
            let registers: Vec<Value> = taken
                .registers
                .published()
                .map(|one| {
                    json!({
                        "caseURN": one.prosecution_case.case_urn,
                        "defendantId": one.defendant.id,
                    })
                })
                .collect();
            let status = if taken.repeated {
                StatusCode::OK
            } else {
                StatusCode::CREATED
            };
            let body = json!({"hearingId": event.hearing_id(), "registers": registers});
            let kind = [(header::CONTENT_TYPE, "application/json")];
            (status, kind, body.to_string()).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// Takes note that hearings were resulted. The news carry no results; while the
/// details are not here, the sender is asked to deliver again.
async fn resulted(From(state): From<Shared>, knock: Knock, request: Request) -> Response {
    let request = whole::lingering(request);
    if let Err(error) = knock.sender(&state, request.headers()).await {
        return refused(&error);
    }
    let headers = request.headers().clone();
    let body = match whole::read(request, &state).await {
        Ok(body) => body,
        Err(why) => return problem_response(&not_received(&why)),
    };
    // Who sends is who it is once all is here: a credential may be revoked meanwhile.
    let sender = match knock.sender(&state, &headers).await {
        Ok(sender) => sender,
        Err(error) => return refused(&error),
    };
    let value = match json_of(&body) {
        Ok(value) => value,
        Err(response) => return *response,
    };
    let mut wrong = schema::not_news(&value);
    let news = value.as_array().map(Vec::as_slice).unwrap_or_default();
    for (at, one) in news.iter().enumerate() {
        if one["eventType"]
            .as_str()
            .is_some_and(|kind| kind != RESULTED)
        {
            wrong.push(format!("/{at}/eventType: This must be {RESULTED}."));
        }
    }
    if !wrong.is_empty() {
        return not_in_form(&wrong);
    }
    for one in news {
        let hearing = one["data"]["hearingId"]
            .as_str()
            .and_then(|id| id.parse().ok());
        let Some(hearing) = hearing else {
            return not_in_form(&["/data/hearingId: This is no UUID.".to_owned()]);
        };
        match knock.counted(
            &state,
            &sender.name,
            is_registered(&state.app, &sender, hearing).await,
        ) {
            Ok(true) => {}
            Ok(false) => return not_here_yet(),
            Err(error) => return refused(&error),
        }
    }
    StatusCode::OK.into_response()
}

fn json_of(body: &[u8]) -> Result<Value, Box<Response>> {
    serde_json::from_slice(body).map_err(|error| {
        // The place alone: what stands there is somebody's.
        let place = format!(
            "/: It is not JSON, at line {}, column {}.",
            error.line(),
            error.column()
        );
        Box::new(not_in_form(&[place]))
    })
}

/// The problem with everything that is wrong under `errors`, each by its place.
fn not_in_form(wrong: &[String]) -> Response {
    let problem = Problem::new(
        Code::BadRequest,
        "The request is not in the published format.",
        "Correct what is listed and send it again. Nothing was recorded.",
    )
    .because(wrong.join(" "));
    with_status(StatusCode::BAD_REQUEST, &problem, wrong)
}

fn not_here_yet() -> Response {
    let problem = Problem::new(
        Code::NotReady,
        "The results of this hearing have not arrived yet.",
        "Bring the details of the hearing, then deliver this again.",
    )
    .because("Nothing was recorded.");
    let mut response = with_status(StatusCode::SERVICE_UNAVAILABLE, &problem, &[]);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    response
}

fn with_status(status: StatusCode, problem: &Problem, wrong: &[String]) -> Response {
    let mut body = json!(problem);
    if !wrong.is_empty() {
        body["errors"] = json!(wrong);
    }
    let kind = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, kind, body.to_string()).into_response()
}

fn not_received(why: &NotWhole) -> Problem {
    if matches!(why, NotWhole::TooLarge) {
        return Problem::new(
            Code::TooLarge,
            format!(
                "The details of a hearing have at most {} megabytes.",
                MOST_BYTES / 1024 / 1024
            ),
            "Leave out what the register does not read.",
        )
        .because("Nothing was recorded.");
    }
    Problem::new(
        Code::Truncated,
        "The request did not arrive whole.",
        "Send it again; the same twice makes one register.",
    )
    .because("Nothing was recorded.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::register::registers_called_for;

    fn sample() -> Value {
        serde_json::from_str(include_str!("../../../../samples/hearing-details.json")).unwrap()
    }

    /// The place of everything in a value.
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    places(inner, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    places(inner, &format!("{at}/{index}"), found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn our_sample_is_in_form() {
        assert_eq!(schema::not_details(&sample()), Vec::<String>::new());
    }

    #[test]
    fn whatever_the_schema_lets_through_can_be_read_and_makes_registers() {
        let mut all = Vec::new();
        places(&sample(), "", &mut all);
        let instead = [
            Value::Null,
            json!(7),
            json!(-0.5),
            json!(true),
            json!(""),
            json!("text"),
            json!("2026-02-30"),
            json!("2026-02-28"),
            json!("2026-06-30T23:30:00+01:00"),
            json!("8191c165-e9e4-4fd7-ac6d-5bfd04690f77"),
            json!([]),
            json!([null]),
            json!({}),
        ];
        let (mut let_through, mut refused) = (0, 0);
        for place in all.iter().filter(|place| !place.is_empty()) {
            for other in &instead {
                let mut changed = sample();
                *changed.pointer_mut(place).unwrap() = other.clone();
                if !schema::not_details(&changed).is_empty() {
                    refused += 1;
                    continue;
                }
                let_through += 1;
                let event: HearingResulted = serde_json::from_value(changed.clone())
                    .unwrap_or_else(|error| panic!("{place} is {other}: {error}"));
                let given: PublishedSubscriptions = serde_json::from_value(changed)
                    .unwrap_or_else(|error| panic!("{place} is {other}: {error}"));
                let registers = registers_called_for(&event, &given.now_subscriptions);
                assert!(registers.called_for.len() <= 1, "{place} is {other}");
            }
        }
        assert!(
            let_through > 1_000 && refused > 1_000,
            "{let_through}, {refused}"
        );
    }

    #[test]
    fn an_empty_list_and_an_unnamed_event_are_no_news() {
        for broken in [
            json!([]),
            json!({}),
            json!([{}]),
            json!([{"id": "", "eventType": 1}]),
        ] {
            assert!(!schema::not_news(&broken).is_empty(), "{broken}");
        }
        let good = json!([{"id": "1", "eventType": RESULTED,
                           "data": {"hearingId": "8191c165-e9e4-4fd7-ac6d-5bfd04690f77"}}]);
        assert_eq!(schema::not_news(&good), Vec::<String>::new());
    }
}
