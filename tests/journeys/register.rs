//! The prison court register: a court's system brings in the results of a hearing (those that
//! are shared here are in `register/shared.rs`), and the prison reads what concerns the people it holds, and no more.

mod shared;

use crate::steps::say;
use app::demo;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use testkit::TestCourt;

const HEARING: &str = "5f0c1f5a-7b1e-4f0a-9c58-2d2f7d8f6a10";
const ROBIN: &str = "c2a8e4f0-61d7-4b3c-8e15-0a9d3f5b7c13";
const CASE: &str = "29GD9000326";
const NOBODY: &str = "8191c165-e9e4-4fd7-ac6d-5bfd04690f77";

/// Another organisation's system.
pub(crate) struct System {
    url: String,
    secret: String,
    http: Client,
}

impl System {
    pub(crate) async fn of(court: &TestCourt, ou_code: &str) -> Self {
        Self {
            url: format!("{}/pcr/0.1.0", court.url),
            secret: court.machine(ou_code).await,
            http: Client::new(),
        }
    }

    async fn bring(&self, hearing: &str, details: &Value) -> Response {
        self.http
            .put(format!("{}/internal/hearings/{hearing}/details", self.url))
            .bearer_auth(&self.secret)
            .header("content-type", "application/json")
            .body(details.to_string())
            .send()
            .await
            .expect("an answer")
    }

    async fn tell(&self, news: &Value) -> Response {
        self.http
            .post(format!("{}/internal/hearing-results", self.url))
            .bearer_auth(&self.secret)
            .json(news)
            .send()
            .await
            .expect("an answer")
    }

    async fn ask(&self, urn: &str, hearing: &str, defendant: &str, accept: &str) -> Response {
        self.http
            .get(format!(
                "{}/cases/{urn}/hearings/{hearing}/defendants/{defendant}",
                self.url
            ))
            .bearer_auth(&self.secret)
            .header("accept", accept)
            .header("x-correlation-id", NOBODY)
            .send()
            .await
            .expect("an answer")
    }

    pub(crate) async fn registers(&self, urn: &str, hearing: &str, defendant: &str) -> Value {
        let answer = self.ask(urn, hearing, defendant, "application/json").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["x-correlation-id"], NOBODY);
        assert_eq!(answer.headers()["cache-control"], "no-store");
        answer.json().await.expect("JSON")
    }
}

fn sample() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/hearing-details.json");
    let text = std::fs::read_to_string(file).expect("our sample");
    serde_json::from_str(&text).expect("JSON")
}

fn news(hearing: &str) -> Value {
    json!([{"id": "1", "eventType": "Hearing_Resulted",
            "data": {"hearingId": hearing, "hearingDay": "2026-11-23"}}])
}

async fn problem(answer: Response, status: StatusCode) -> Value {
    assert_eq!(answer.status(), status);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn the_prison_reads_what_the_court_brought_in() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let answer = sitting.bring(HEARING, &sample()).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let made: Value = answer.json().await.expect("JSON");
    assert_eq!(
        made["registers"],
        json!([{"caseURN": CASE, "defendantId": ROBIN}])
    );

    // Both the prison that held him and the one to which he goes.
    for prison in [demo::PRISON, demo::SECOND_PRISON] {
        let prison = System::of(&court, prison).await;
        let registers = prison.registers(CASE, HEARING, ROBIN).await;
        assert_eq!(registers.as_array().expect("a list").len(), 1);
        assert_eq!(registers[0]["defendant"]["lastName"], "Alder");
        assert_eq!(registers[0]["sharedTime"], "2026-11-23T11:42:07.250Z");
        let document = prison.ask(CASE, HEARING, ROBIN, "application/pdf").await;
        assert_eq!(document.headers()["content-type"], "application/pdf");
        let bytes = document.bytes().await.expect("bytes");
        assert!(bytes.starts_with(b"%PDF"));
        let again = prison.ask(CASE, HEARING, ROBIN, "application/pdf").await;
        assert_eq!(again.bytes().await.expect("bytes"), bytes);
    }
}

#[tokio::test]
async fn every_reading_is_recorded() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    sitting.bring(HEARING, &sample()).await;
    let prison = System::of(&court, demo::PRISON).await;
    prison.registers(CASE, HEARING, ROBIN).await;
    // What waits to be written is written before a server ends.
    let court = court.restarted().await;
    let hearing = HEARING.parse().expect("an id");
    let stream = domain::Stream::new(domain::StreamKind::Register, hearing);
    let events = court.state.app.ledger.events(stream, 0).await;
    let names: Vec<String> = events
        .expect("events")
        .iter()
        .map(|one| one.event.name())
        .collect();
    assert_eq!(
        names,
        ["register.hearing_registered", "register.register_read"]
    );
}

#[tokio::test]
async fn results_shared_again_add_a_register_and_the_same_twice_does_not() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let prison = System::of(&court, demo::PRISON).await;
    assert_eq!(
        sitting.bring(HEARING, &sample()).await.status(),
        StatusCode::CREATED
    );
    assert_eq!(
        sitting.bring(HEARING, &sample()).await.status(),
        StatusCode::OK
    );
    // The same in another order of its fields is still the same.
    let mut other = sample();
    other["hearing"]["hearingLanguage"] = json!("WELSH");
    assert_eq!(
        sitting.bring(HEARING, &other).await.status(),
        StatusCode::OK
    );
    let mut amended = sample();
    amended["sharedTime"] = json!("2026-11-24T09:00:00Z");
    assert_eq!(
        sitting.bring(HEARING, &amended).await.status(),
        StatusCode::CREATED
    );
    let registers = prison.registers(CASE, HEARING, ROBIN).await;
    let times: Vec<&Value> = registers
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["sharedTime"])
        .collect();
    assert_eq!(times, ["2026-11-23T11:42:07.250Z", "2026-11-24T09:00:00Z"]);
    // Put back to what it was, it is the latest again.
    assert_eq!(
        sitting.bring(HEARING, &sample()).await.status(),
        StatusCode::CREATED
    );
    let registers = prison.registers(CASE, HEARING, ROBIN).await;
    assert_eq!(registers[2]["sharedTime"], "2026-11-23T11:42:07.250Z");
}

#[tokio::test]
async fn another_court_adds_nothing_to_a_hearing_and_hears_nothing_of_it() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let other = System::of(&court, demo::SECOND_MAGISTRATES).await;
    let prison = System::of(&court, demo::PRISON).await;
    assert_eq!(
        sitting.bring(HEARING, &sample()).await.status(),
        StatusCode::CREATED
    );
    // It says that it sat itself.
    let mut details = sample();
    details["hearing"]["courtCentre"]["code"] = json!(demo::SECOND_MAGISTRATES);
    let answer = other.bring(HEARING, &details).await;
    problem(answer, StatusCode::FORBIDDEN).await;
    problem(other.tell(&news(HEARING)).await, StatusCode::FORBIDDEN).await;
    let registers = prison.registers(CASE, HEARING, ROBIN).await;
    assert_eq!(registers.as_array().expect("a list").len(), 1);
}

#[tokio::test]
async fn news_of_a_hearing_wait_for_its_details() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let early = sitting.tell(&news(HEARING)).await;
    assert!(early.headers().contains_key("retry-after"));
    problem(early, StatusCode::SERVICE_UNAVAILABLE).await;
    sitting.bring(HEARING, &sample()).await;
    let answer = sitting.tell(&news(HEARING)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.bytes().await.expect("bytes").is_empty());

    let mut other = news(HEARING);
    other[0]["eventType"] = json!("Hearing_Amended");
    let told = problem(sitting.tell(&other).await, StatusCode::BAD_REQUEST).await;
    assert_eq!(
        told["errors"],
        json!(["/0/eventType: This must be Hearing_Resulted."])
    );
    for broken in [json!([]), json!({}), json!([{"id": "1"}]), news("no id")] {
        problem(sitting.tell(&broken).await, StatusCode::BAD_REQUEST).await;
    }
}

#[tokio::test]
async fn a_prison_sees_its_own_and_nobody_else_sees_any() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let mut details = sample();
    let defendant = &mut details["hearing"]["prosecutionCases"][0]["defendants"][0];
    defendant["personDefendant"]["custodialEstablishment"] = Value::Null;
    sitting.bring(HEARING, &details).await;

    // Sent to HMP Fallowdene; to the other prison he is not there.
    let prison = System::of(&court, demo::PRISON).await;
    let other = System::of(&court, demo::SECOND_PRISON).await;
    prison.registers(CASE, HEARING, ROBIN).await;
    let theirs = other.ask(CASE, HEARING, ROBIN, "*/*").await;
    let theirs = problem(theirs, StatusCode::NOT_FOUND).await;
    for (urn, hearing, defendant) in [
        ("29GD9000999", HEARING, ROBIN),
        (CASE, NOBODY, ROBIN),
        (CASE, HEARING, NOBODY),
    ] {
        let none = prison.ask(urn, hearing, defendant, "*/*").await;
        assert_eq!(problem(none, StatusCode::NOT_FOUND).await, theirs);
    }
    for ou_code in [demo::MAGISTRATES, demo::POLICE, demo::PROSECUTOR_OU_CODE] {
        let system = System::of(&court, ou_code).await;
        let answer = system.ask(CASE, HEARING, ROBIN, "*/*").await;
        problem(answer, StatusCode::FORBIDDEN).await;
    }
    let stranger = System {
        secret: "guessed".to_owned(),
        ..System::of(&court, demo::PRISON).await
    };
    let answer = stranger.ask(CASE, HEARING, ROBIN, "*/*").await;
    problem(answer, StatusCode::UNAUTHORIZED).await;
}

#[tokio::test]
async fn only_the_court_that_sat_brings_in_its_results() {
    let court = TestCourt::open().await;
    for ou_code in [
        demo::SECOND_MAGISTRATES,
        demo::PROSECUTOR_OU_CODE,
        demo::PRISON,
    ] {
        let system = System::of(&court, ou_code).await;
        problem(
            system.bring(HEARING, &sample()).await,
            StatusCode::FORBIDDEN,
        )
        .await;
        // Nor does it help to say that it sat.
        if ou_code != demo::SECOND_MAGISTRATES {
            let mut details = sample();
            details["hearing"]["courtCentre"]["code"] = json!(ou_code);
            let answer = system.bring(HEARING, &details).await;
            problem(answer, StatusCode::FORBIDDEN).await;
            problem(system.tell(&news(HEARING)).await, StatusCode::FORBIDDEN).await;
        }
    }
}

#[tokio::test]
async fn a_defendant_for_whom_no_register_is_called_for_has_an_empty_list() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let prison = System::of(&court, demo::PRISON).await;
    let mut details = sample();
    details["nowSubscriptions"] = json!([]);
    let answer = sitting.bring(HEARING, &details).await;
    let made: Value = answer.json().await.expect("JSON");
    assert_eq!(made["registers"], json!([]));
    assert_eq!(prison.registers(CASE, HEARING, ROBIN).await, json!([]));
    let document = prison.ask(CASE, HEARING, ROBIN, "application/pdf").await;
    problem(document, StatusCode::NOT_FOUND).await;
    // Without subscriptions of the sender ours apply: a result names a prison.
    details
        .as_object_mut()
        .expect("an object")
        .remove("nowSubscriptions");
    sitting.bring(HEARING, &details).await;
    let registers = prison.registers(CASE, HEARING, ROBIN).await;
    assert_eq!(registers.as_array().expect("a list").len(), 1);
}

#[tokio::test]
async fn what_is_not_in_form_is_told_by_its_field_and_not_repeated() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    let mut details = sample();
    let defendant = &mut details["hearing"]["prosecutionCases"][0]["defendants"][0];
    defendant["personDefendant"]["personDetails"]["dateOfBirth"] = json!("SECRETIVE");
    defendant["id"] = json!("SECRETIVE");
    defendant["isYouth"] = json!("SECRETIVE");
    details["sharedTime"] = json!("SECRETIVE");
    let told = problem(
        sitting.bring(HEARING, &details).await,
        StatusCode::BAD_REQUEST,
    )
    .await;
    let errors = told["errors"].as_array().expect("a list");
    assert_eq!(errors.len(), 4, "{told}");
    let place = "/hearing/prosecutionCases/0/defendants/0";
    for expected in [
        format!("{place}/id: This is no UUID."),
        format!(
            "{place}/personDefendant/personDetails/dateOfBirth: This is no day of the calendar."
        ),
        "/sharedTime: This is no date and time with its offset from UTC.".to_owned(),
    ] {
        assert!(errors.contains(&json!(expected)), "{expected}: {told}");
    }
    assert!(!told.to_string().contains("SECRETIVE"));

    let elsewhere = problem(
        sitting.bring(NOBODY, &sample()).await,
        StatusCode::BAD_REQUEST,
    )
    .await;
    assert_eq!(
        elsewhere["errors"],
        json!(["/hearing/id: This is not the hearing of the address."])
    );
    let none = sitting.bring(HEARING, &json!({})).await;
    problem(none, StatusCode::BAD_REQUEST).await;
    let large = json!({"hearing": " ".repeat(10 * 1024 * 1024)});
    problem(
        sitting.bring(HEARING, &large).await,
        StatusCode::PAYLOAD_TOO_LARGE,
    )
    .await;

    let prison = System::of(&court, demo::PRISON).await;
    let answer = prison.ask(CASE, "no-id", "nor-this", "*/*").await;
    let told = problem(answer, StatusCode::BAD_REQUEST).await;
    assert_eq!(
        told["errors"],
        json!([
            "hearingId: This is no UUID.",
            "defendantId: This is no UUID."
        ])
    );
}

#[tokio::test]
async fn the_register_describes_itself_and_survives_a_restart() {
    let court = TestCourt::open().await;
    let sitting = System::of(&court, demo::MAGISTRATES).await;
    sitting.bring(HEARING, &sample()).await;
    let url = format!("{}/pcr/0.1.0/openapi.yaml", court.url);
    let document = Client::new().get(url).send().await.expect("it");
    let document = document.text().await.expect("text");
    assert!(document.starts_with("openapi: 3.1"));
    let court = court.restarted().await;
    let prison = System::of(&court, demo::PRISON).await;
    let registers = prison.registers(CASE, HEARING, ROBIN).await;
    assert_eq!(registers[0]["prosecutionCase"]["caseURN"], CASE);
}

/// The published scenarios, wherever their folder is: an event and subscriptions
/// in, for each defendant the expected registers out, exactly. Each is tried by
/// the rules alone, then brought in over the interface and taken from the record.
#[tokio::test]
async fn the_published_scenarios_come_out_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/specs/service-cp-crime-results-pcr");
    let mut scenarios = Vec::new();
    scenarios_under(&folder, &mut scenarios);
    if scenarios.is_empty() {
        say(&format!(
            "SKIPPED: no published scenarios at {}",
            folder.display()
        ));
        return;
    }
    let court = TestCourt::open().await;
    let (mut tried, mut defendants) = (0, 0);
    for scenario in &scenarios {
        let name = scenario.display();
        let event = json_of(&scenario.join("event.json"));
        let subscriptions = json_of(&scenario.join("now-subscriptions.json"));

        let resulted = serde_json::from_value(event.clone()).expect("a published event");
        let published: domain::register::PublishedSubscriptions =
            serde_json::from_value(subscriptions.clone()).expect("published subscriptions");
        let registers =
            domain::register::registers_called_for(&resulted, &published.now_subscriptions);
        let registers: Vec<Value> = registers
            .called_for
            .iter()
            .map(|one| serde_json::to_value(&one.register).expect("JSON"))
            .collect();

        let mut details = event.clone();
        details["nowSubscriptions"] = subscriptions["nowSubscriptions"].clone();
        let hearing = event["hearing"]["id"].as_str().expect("an id");
        let code = event["hearing"]["courtCentre"]["code"]
            .as_str()
            .expect("a code");
        let answer = System::of(&court, code)
            .await
            .bring(hearing, &details)
            .await;
        assert_eq!(answer.status(), StatusCode::CREATED, "{name}");
        let kept = court
            .state
            .app
            .ledger
            .register(hearing.parse().expect("an id"))
            .await
            .expect("read")
            .expect("registers");

        let expected = json_files(&scenario.join("expected"));
        let mut expected_registers = 0;
        for file in expected {
            let id = file.file_stem().and_then(|stem| stem.to_str());
            let id = id.expect("a defendant").to_owned();
            let expected = json_of(&file);
            let own: Vec<&Value> = registers
                .iter()
                .filter(|one| one["defendant"]["id"] == json!(id))
                .collect();
            assert_eq!(json!(own), expected, "{name}: {id}");
            let read: Vec<Value> = kept
                .entries
                .iter()
                .map(|(_, one)| serde_json::to_value(&one.register).expect("JSON"))
                .filter(|one| one["defendant"]["id"] == json!(id))
                .collect();
            assert_eq!(json!(read), expected, "{name}: {id}, as kept");
            expected_registers += own.len();
            defendants += 1;
        }
        assert_eq!(registers.len(), expected_registers, "{name}: no other");
        tried += 1;
    }
    say(&format!(
        "tried {tried} published scenarios with {defendants} defendants"
    ));
    assert_eq!(tried, scenarios.len());
}

/// Folders with an event, subscriptions and what is expected.
fn scenarios_under(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("event.json").is_file() && folder.join("expected").is_dir() {
        found.push(folder.to_owned());
        return;
    }
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        scenarios_under(&folder, found);
    }
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .collect();
    files.sort();
    files
}

fn json_of(file: &Path) -> Value {
    let text = std::fs::read_to_string(file).expect("it can be read");
    serde_json::from_str(&text).expect("it is JSON")
}
