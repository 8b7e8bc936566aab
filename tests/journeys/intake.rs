//! A prosecutor's system submits cases over the published interface, and the
//! court sees what it should, no more and no less.

use crate::steps;
use app::intake::case_id;
use contract::{document::PrintLanguage, hearing::Preview};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use std::path::Path;
use testkit::{Submission, TestCourt};
use vocabulary::{InitiationCode, Urn};

pub(crate) const AUTHORITY: &str = "GAAAA01";

/// A prosecutor's system.
pub(crate) struct System {
    url: String,
    secret: String,
    http: Client,
}

impl System {
    pub(crate) async fn of(court: &TestCourt, ou_code: &str) -> Self {
        Self {
            url: court.url.clone(),
            secret: court.machine(ou_code).await,
            http: Client::new(),
        }
    }

    pub(crate) async fn send(&self, ou_code: &str, body: Vec<u8>) -> Response {
        self.http
            .post(format!("{}/v2/prosecutions/{ou_code}", self.url))
            .bearer_auth(&self.secret)
            .header(
                "content-type",
                "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
            )
            .body(body)
            .send()
            .await
            .expect("an answer")
    }

    /// Submits and gives the id that was answered.
    pub(crate) async fn submit(&self, submission: &Submission) -> String {
        let answer = self.send(AUTHORITY, submission.body()).await;
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        let body: Value = answer.json().await.expect("JSON");
        let id = body["submissionId"].as_str().expect("an id").to_owned();
        assert!(
            body["statusURL"]
                .as_str()
                .expect("an address")
                .ends_with(&id)
        );
        id
    }

    pub(crate) async fn ask(&self, id: &str) -> Response {
        self.http
            .get(format!("{}/v2/submissions/{id}", self.url))
            .bearer_auth(&self.secret)
            .send()
            .await
            .expect("an answer")
    }

    /// What became of a submission.
    pub(crate) async fn status(&self, id: &str) -> Value {
        let answer = self.ask(id).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.expect("JSON")
    }
}

/// Codes of a list of problems, or of problems by defendant.
fn codes(problems: &Value) -> Vec<&str> {
    let entries = problems.as_array().expect("a list");
    entries
        .iter()
        .flat_map(|entry| match &entry["problems"] {
            Value::Array(problems) => problems.iter().collect(),
            _ => vec![entry],
        })
        .filter_map(|problem| problem["code"].as_str())
        .collect()
}

fn urn(text: &str) -> Urn {
    Urn::parse(text).expect("a reference")
}

#[tokio::test]
async fn a_submission_of_each_format_becomes_a_case_with_its_first_hearing() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let today = court.today();
    let all = [
        (
            InitiationCode::Charge,
            Submission::charge("29ZZ0000126", today),
        ),
        (
            InitiationCode::Requisition,
            Submission::requisition("29ZZ0000226", today),
        ),
        (
            InitiationCode::Summons,
            Submission::summons("29ZZ0000326", today),
        ),
    ];
    for (kind, submission) in all {
        let id = system.submit(&submission).await;
        let status = system.status(&id).await;
        assert_eq!(status["status"], "SUCCESS", "{kind}: {status}");

        let details = &submission.json()["prosecutionSubmissionDetails"];
        let reference = urn(details["urn"].as_str().expect("a reference"));
        let ledger = &court.state.app.ledger;
        let case = ledger
            .case(case_id(&reference))
            .await
            .expect("read")
            .expect("a case");
        assert_eq!(case.initiation, kind);
        assert_eq!(case.defendants.len(), 1);
        assert!(!case.defendants[0].offences.is_empty());
        let hearing = ledger
            .hearing(case.hearings[0])
            .await
            .expect("read")
            .expect("a hearing");
        assert_eq!(
            json!(hearing.starts_at.day()),
            details["hearingDetails"]["dateOfHearing"]
        );
        assert_eq!(hearing.starts_at.clock(), "10:00");
        assert_eq!(hearing.courtroom_name, "Courtroom 1");
    }
}

#[tokio::test]
async fn who_wants_documents_in_welsh_is_told_that_the_welsh_follows() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let adviser = court.as_legal_adviser().await;
    for (reference, language) in [("29ZZ0000426", "W"), ("29ZZ0000526", "E")] {
        let charged = Submission::charge(reference, court.today())
            .heard_on(court.today())
            .with(
                "/defendants/0/defendantDetails/documentationLanguage",
                json!(language),
            );
        let id = system.submit(&charged).await;
        let status = system.status(&id).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        let case = steps::view(&adviser, steps::find(&adviser, reference).await).await;
        let room = steps::look(&adviser, case.hearings[0].hearing_id).await;
        let lines = steps::example(&court, "conditional_bail", &room, 0);
        let preview = Preview {
            hearing_id: room.hearing_id,
            lines,
        };
        let preview = adviser.hearing_preview(&preview).await.expect("a preview");
        let of_bail = preview
            .documents
            .iter()
            .find(|document| document.name == "Notice of Grant of Bail")
            .expect("a notice");
        let view = &of_bail.view;
        // Nobody has checked the Welsh text yet, nor given the name of this court.
        assert_eq!(view.language, PrintLanguage::English);
        assert_eq!(view.welsh_pending, language == "W");
        assert!(view.welsh.is_none());
    }
}

#[tokio::test]
async fn warnings_do_not_stop_a_case_and_are_told() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let submission = Submission::charge("29ZZ0000426", court.today())
        .with(
            "/defendants/0/defendantDetails/pncIdentifier",
            json!("out of form"),
        )
        .with("/prosecutionSubmissionDetails/caseMarker", json!("QQ"));
    let status = system.status(&system.submit(&submission).await).await;
    assert_eq!(status["status"], "SUCCESS_WITH_WARNINGS");
    assert_eq!(codes(&status["defendantWarnings"]), ["INVALID_PNC_ID"]);
    assert_eq!(codes(&status["caseWarnings"]), ["CASE_MARKER_IS_INVALID"]);
    let made = court
        .state
        .app
        .index
        .case_by_urn(&urn("29ZZ0000426"))
        .await
        .expect("read");
    assert!(made.is_some());
}

#[tokio::test]
async fn errors_stop_the_case_and_the_submission_says_why() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let submission = Submission::charge("29ZZ0000526", court.today())
        .heard_on(court.today().plus_days(-1))
        .with("/defendants/0/individual/dateOfBirth", json!("2090-01-01"))
        .with(
            "/defendants/0/offences/0/offenceDetails/cjsOffenceCode",
            json!("ZZ99999"),
        );
    let id = system.submit(&submission).await;
    let status = system.status(&id).await;
    assert_eq!(status["status"], "REJECTED");
    assert!(codes(&status["caseErrors"]).contains(&"DATE_OF_HEARING_IN_THE_PAST"));
    let of_defendant = codes(&status["defendantErrors"]);
    assert!(
        of_defendant.contains(&"DEFENDANT_DOB_IN_FUTURE"),
        "{status}"
    );
    assert!(
        of_defendant.contains(&"OFFENCE_CODE_IS_INVALID"),
        "{status}"
    );
    let made = court
        .state
        .app
        .index
        .case_by_urn(&urn("29ZZ0000526"))
        .await
        .expect("read");
    assert_eq!(made, None);

    let together = system
        .http
        .get(format!("{}/v2/submissions/{id}/{AUTHORITY}", system.url))
        .bearer_auth(&system.secret)
        .header("accept", "application/vnd.hmcts.cjs.submission.v3+json")
        .send()
        .await
        .expect("an answer");
    let together: Value = together.json().await.expect("JSON");
    assert!(codes(&together["errors"]).contains(&"DEFENDANT_DOB_IN_FUTURE"));
}

#[tokio::test]
async fn the_same_submission_twice_is_one_case_and_one_submission() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let submission = Submission::charge("29ZZ0000626", court.today());
    let first = system.submit(&submission).await;
    assert_eq!(system.submit(&submission).await, first);
    let case = court
        .state
        .app
        .ledger
        .case(case_id(&urn("29ZZ0000626")))
        .await
        .expect("read");
    assert_eq!(case.expect("a case").hearings.len(), 1);
}

#[tokio::test]
async fn another_submission_of_a_reference_that_is_taken_is_rejected() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let submission = Submission::charge("29ZZ0000726", court.today());
    system.submit(&submission).await;
    // The reference is the same however it is written.
    let other = submission.with("/prosecutionSubmissionDetails/urn", json!("29zz0000726"));
    let status = system.status(&system.submit(&other).await).await;
    assert_eq!(status["status"], "REJECTED");
    assert_eq!(codes(&status["caseErrors"]), ["DUPLICATED_PROSECUTION"]);
}

#[tokio::test]
async fn of_many_submissions_of_one_reference_at_once_one_makes_the_case() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let all: Vec<Submission> = (0..12)
        .map(|number| {
            // Every second one is the same, the others differ.
            let informant = json!(format!(
                "Officer {}",
                if number % 2 == 0 { 0 } else { number }
            ));
            Submission::charge("29ZZ0000826", court.today())
                .with("/prosecutionSubmissionDetails/informant", informant)
        })
        .collect();
    let ids = futures::future::join_all(all.iter().map(|one| system.submit(one))).await;
    let mut made = Vec::new();
    for id in &ids {
        if system.status(id).await["status"] == "SUCCESS" {
            made.push(id);
        }
    }
    made.dedup();
    let distinct: std::collections::BTreeSet<_> = made.into_iter().collect();
    assert_eq!(distinct.len(), 1);
    let case = court
        .state
        .app
        .ledger
        .case(case_id(&urn("29ZZ0000826")))
        .await
        .expect("read");
    assert_eq!(case.expect("a case").hearings.len(), 1);
}

#[tokio::test]
async fn without_a_good_credential_of_that_authority_nothing_is_taken_or_told() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let police = System::of(&court, "0290000").await;
    let submission = Submission::charge("29ZZ0000926", court.today());

    let stranger = System {
        secret: "guessed".to_owned(),
        ..System::of(&court, AUTHORITY).await
    };
    let answer = stranger.send(AUTHORITY, submission.body()).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let answer = police.send(AUTHORITY, submission.body()).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);

    let id = system.submit(&submission).await;
    assert_eq!(stranger.ask(&id).await.status(), StatusCode::UNAUTHORIZED);
    // Another authority hears the same as of a submission that does not exist.
    let theirs = police.ask(&id).await;
    assert_eq!(theirs.status(), StatusCode::NOT_FOUND);
    let none = police.ask("8191c165-e9e4-4fd7-ac6d-5bfd04690f77").await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        theirs.text().await.expect("text"),
        none.text().await.expect("text")
    );
}

#[tokio::test]
async fn a_revoked_credential_is_refused_at_once() {
    let court = TestCourt::open().await;
    let (machine, secret) =
        app::account::issue_machine(&court.state.app, "A system to revoke", AUTHORITY)
            .await
            .expect("a credential");
    let system = System {
        url: court.url.clone(),
        secret,
        http: Client::new(),
    };
    system
        .submit(&Submission::charge("29ZZ0001026", court.today()))
        .await;
    app::account::revoke_machine(&court.state.app, machine.id)
        .await
        .expect("revoked");
    let body = Submission::charge("29ZZ0001126", court.today()).body();
    assert_eq!(
        system.send(AUTHORITY, body).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn what_is_not_in_form_is_told_place_by_place_and_not_recorded() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let submission = Submission::charge("29ZZ0001226", court.today())
        .without("/defendants/0/individual/gender")
        .with("/defendants/0/shoeSize", json!(43));
    let answer = system.send(AUTHORITY, submission.body()).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["code"], "bad_request");
    assert_eq!(
        body["errors"].as_array().expect("a list").len(),
        2,
        "{body}"
    );

    for broken in [&b"{"[..], b"", b"[]", b"\xff\xfe"] {
        let answer = system.send(AUTHORITY, broken.to_vec()).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
    let mut cut = Submission::charge("29ZZ0001226", court.today()).body();
    cut.truncate(cut.len() / 2);
    assert_eq!(
        system.send(AUTHORITY, cut).await.status(),
        StatusCode::BAD_REQUEST
    );
    let made = court
        .state
        .app
        .index
        .case_by_urn(&urn("29ZZ0001226"))
        .await
        .expect("read");
    assert_eq!(made, None);
}

#[tokio::test]
async fn a_submission_over_ten_megabytes_is_too_large() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let answer = system
        .send(AUTHORITY, vec![b' '; 10 * 1024 * 1024 + 1])
        .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["code"], "too_large");
}

#[tokio::test]
async fn a_case_of_more_offences_than_a_court_hears_is_refused_and_makes_nothing() {
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let with = |reference: &str, defendants: usize, offences: usize| {
        let body = Submission::charge(reference, court.today()).body();
        let mut body: Value = serde_json::from_slice(&body).expect("JSON");
        let all = body["defendants"].as_array_mut().expect("defendants");
        let one = all[0]["offences"][0].clone();
        all[0]["offences"] = vec![one; offences].into();
        let defendant = all[0].clone();
        *all = vec![defendant; defendants];
        serde_json::to_vec(&body).expect("JSON")
    };
    for (reference, defendants, offences) in [("29ZZ0001326", 1, 501), ("29ZZ0001426", 3, 400)] {
        let sent = with(reference, defendants, offences);
        let answer = system.send(AUTHORITY, sent).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{reference}");
        let body: Value = answer.json().await.expect("JSON");
        let why = body["detail"].as_str().unwrap_or_default();
        assert!(why.contains("at most 500 offences"), "{body}");
        let made = court.state.app.index.case_by_urn(&urn(reference)).await;
        assert_eq!(made.expect("read"), None);
    }
    let most = with("29ZZ0001526", 1, 500);
    let answer = system.send(AUTHORITY, most).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
}

#[tokio::test]
async fn the_interface_describes_itself() {
    let court = TestCourt::open().await;
    let http = Client::new();
    let document = http
        .get(format!("{}/v2/openapi.yaml", court.url))
        .send()
        .await
        .expect("it");
    let document = document.text().await.expect("text");
    assert!(document.starts_with("openapi: 3.1"));
    for name in ["common", "charge", "requisition", "summons", "validation"] {
        let answer = http
            .get(format!("{}/v2/schemas/{name}.json", court.url))
            .send()
            .await
            .expect("it");
        let schema: Value = answer.json().await.expect("a schema is JSON");
        assert!(
            schema["$schema"]
                .as_str()
                .expect("a draft")
                .contains("2020-12")
        );
    }
}

/// Tries the published examples of the three formats wherever their folder is:
/// as they are (they are from 2019, so they are rejected, for the right
/// reasons), and moved to a court and day of ours.
#[tokio::test]
async fn the_published_examples_are_taken_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/specs/cpp-context-staging-prosecutors/dev/command-api/example");
    if !folder.is_dir() {
        steps::say(&format!(
            "SKIPPED: no published examples at {}",
            folder.display()
        ));
        return;
    }
    let court = TestCourt::open().await;
    let system = System::of(&court, AUTHORITY).await;
    let mut tried = 0;
    for kind in ["charge", "requisition", "summons"] {
        let file = folder.join(format!("hmcts.cjs.{kind}-prosecution.json"));
        let text = std::fs::read_to_string(&file).expect("the example can be read");
        let example: Value = serde_json::from_str(&text).expect("the example is JSON");

        let as_is = system.send(AUTHORITY, text.into_bytes()).await;
        assert_eq!(as_is.status(), StatusCode::ACCEPTED, "{kind}");
        let as_is: Value = as_is.json().await.expect("JSON");
        let status = system
            .status(as_is["submissionId"].as_str().expect("an id"))
            .await;
        assert_eq!(status["status"], "REJECTED", "{kind}");
        let found = codes(&status["caseErrors"]);
        assert!(
            found.contains(&"DATE_OF_HEARING_IN_THE_PAST"),
            "{kind}: {status}"
        );
        assert!(
            found.contains(&"COURT_HEARING_LOCATION_OUCODE_INVALID"),
            "{kind}: {status}"
        );

        let moved = system
            .send(AUTHORITY, moved(example, &court).to_string().into_bytes())
            .await;
        assert_eq!(moved.status(), StatusCode::ACCEPTED, "{kind}");
        let moved: Value = moved.json().await.expect("JSON");
        let status = system
            .status(moved["submissionId"].as_str().expect("an id"))
            .await;
        assert_eq!(
            status["status"], "SUCCESS_WITH_WARNINGS",
            "{kind}: {status}"
        );
        tried += 1;
    }
    steps::say(&format!(
        "tried {tried} published examples, each as it is and moved to our court"
    ));
    assert_eq!(tried, 3);
}

/// The example at our court, next week, with offences that our sample of the
/// offence catalogue holds.
fn moved(mut example: Value, court: &TestCourt) -> Value {
    let hearing = &mut example["prosecutionSubmissionDetails"]["hearingDetails"];
    hearing["courtHearingLocation"] = json!(app::demo::MAGISTRATES);
    hearing["dateOfHearing"] = json!(court.today().plus_days(7));
    for defendant in example["defendants"].as_array_mut().expect("defendants") {
        for offence in defendant["offences"].as_array_mut().expect("offences") {
            let code = &mut offence["offenceDetails"]["cjsOffenceCode"];
            if court
                .state
                .app
                .catalogue
                .offence(code.as_str().expect("a code"))
                .is_none()
            {
                *code = json!("TH68010");
            }
        }
    }
    example
}
