//! Another system has a draft of results validated at the published address.

use crate::steps::{all_guilty, example, look, path_case, save, say, start};
use domain::validator::Lowered;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};
use server::config::Config;
use std::path::Path;
use testkit::{Setting, TestCourt};
use vocabulary::Severity;

/// The system of a court's results screens.
pub(crate) struct System {
    url: String,
    secret: String,
    http: Client,
}

impl System {
    pub(crate) async fn of(court: &TestCourt) -> Self {
        Self {
            url: format!("{}/api/validation/validate", court.url),
            secret: court.machine("GAAAA01").await,
            http: Client::new(),
        }
    }

    async fn send(&self, body: impl Into<reqwest::Body>) -> Response {
        self.http
            .post(&self.url)
            .bearer_auth(&self.secret)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .expect("an answer")
    }

    pub(crate) async fn validated(&self, draft: &Value) -> Value {
        let answer = self.send(draft.to_string()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.expect("JSON")
    }

    async fn refused(&self, body: impl Into<reqwest::Body>, status: StatusCode) -> Value {
        let answer = self.send(body).await;
        assert_eq!(answer.status(), status);
        let kind = &answer.headers()["content-type"];
        assert_eq!(kind, "application/problem+json");
        answer.json().await.expect("JSON")
    }
}

/// The issues of an answer: `errors` or `warnings`.
pub(crate) fn issues<'a>(answer: &'a Value, list: &str) -> &'a Vec<Value> {
    let found = match list {
        "errors" => &answer["errors"]["validationIssues"],
        _ => &answer[list],
    };
    found.as_array().expect("a list")
}

/// Twenty years old on the day, and imprisoned.
fn imprisoned() -> Value {
    json!({
        "hearingId": "6a5f", "hearingDay": "2026-11-23", "courtType": "CROWN",
        "resultLines": [
            {"resultLineId": "l1", "shortCode": "IMP", "label": "Imprisonment",
             "defendantId": "d1", "offenceId": "o1", "category": "F"},
        ],
        "defendants": [
            {"defendantId": "d1", "masterDefendantId": "m1", "firstName": "Rufus",
             "lastName": "Tilbury", "dateOfBirth": "2005-11-24"},
        ],
        "offences": [
            {"offenceId": "o1", "offenceCode": "TH68010", "offenceTitle": "Theft from a shop",
             "orderIndex": 1, "isConvicted": true},
        ],
    })
}

async fn lowered(rules: fn(&mut Config)) -> TestCourt {
    TestCourt::with(Setting {
        configure: rules,
        ..Setting::default()
    })
    .await
}

#[tokio::test]
async fn a_draft_without_fault_is_valid_and_all_seven_rules_were_asked() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut draft = imprisoned();
    draft["defendants"][0]["dateOfBirth"] = json!("2005-11-23");
    let answer = system.validated(&draft).await;
    assert_eq!(answer["isValid"], true);
    assert_eq!(
        answer["errors"],
        json!({"errorMessages": [], "validationIssues": []})
    );
    assert_eq!(answer["warnings"], json!([]));
    assert_eq!(
        answer["rulesEvaluated"].as_array().expect("a list").len(),
        7
    );
    assert!(answer["processingTimeMs"].is_u64());
    let id = answer["validationId"].as_str().expect("an id");
    assert_ne!(system.validated(&draft).await["validationId"], id);
}

#[tokio::test]
async fn a_fault_is_told_with_its_rule_its_results_and_whom_it_affects() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut draft = imprisoned();
    draft["offences"][0]["isConvicted"] = json!(false);
    let answer = system.validated(&draft).await;
    assert_eq!(answer["isValid"], false);
    let error = &issues(&answer, "errors")[0];
    assert_eq!(error["ruleId"], "DR-AGE-007");
    assert_eq!(error["severity"], "ERROR");
    assert_eq!(error["validationLevel"], "OFFENCE");
    assert_eq!(error["affectedResultCodes"], json!(["IMP"]));
    assert_eq!(error["affectedOffences"][0]["offenceId"], "o1");
    assert_eq!(
        error["affectedOffences"][0]["offenceTitle"],
        "Theft from a shop"
    );
    let said = error["affectedOffences"][0]["message"]
        .as_str()
        .expect("a sentence");
    assert!(
        said.contains("Rufus Tilbury is 20: Imprisonment (IMP)"),
        "{said}"
    );
    assert_eq!(answer["errors"]["errorMessages"][0], error["message"]);
    assert_eq!(answer["warnings"][0]["ruleId"], "DR-CONV-006");
    assert_eq!(answer["warnings"][0]["severity"], "WARNING");
}

#[tokio::test]
async fn our_sample_has_a_curfew_that_ends_a_day_late_and_no_conviction() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/validation.json");
    let sample = std::fs::read(file).expect("our sample");
    let answer = system.send(sample).await;
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["isValid"], false);
    let told = |list: &str| {
        let found = issues(&answer, list);
        assert_eq!(found.len(), 1, "{answer}");
        found[0]["affectedOffences"][0]["message"].clone()
    };
    assert_eq!(
        told("errors"),
        "Curfew (CUR): 3 months from 23 November 2026 end on 22 February 2027, \
         not on 23 February 2027."
    );
    assert_eq!(
        told("warnings"),
        "Community order (COEW) for Theft from a shop is a final result, and no conviction \
         is recorded."
    );
}

#[tokio::test]
async fn a_fault_of_several_defendants_is_one_sentence_with_their_names() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut draft = imprisoned();
    for (number, name) in [("2", "Ada"), ("3", "Owen")] {
        let (mut who, mut line) = (
            draft["defendants"][0].clone(),
            draft["resultLines"][0].clone(),
        );
        who["defendantId"] = json!(format!("d{number}"));
        who["masterDefendantId"] = json!(format!("m{number}"));
        who["firstName"] = json!(name);
        line["defendantId"] = who["defendantId"].clone();
        draft["defendants"]
            .as_array_mut()
            .expect("a list")
            .push(who);
        draft["resultLines"]
            .as_array_mut()
            .expect("a list")
            .push(line);
    }
    let answer = system.validated(&draft).await;
    assert_eq!(issues(&answer, "errors").len(), 3);
    let together = answer["errors"]["errorMessages"]
        .as_array()
        .expect("a list");
    assert_eq!(together.len(), 1);
    let said = together[0].as_str().expect("a sentence");
    assert!(
        said.ends_with("This affects Rufus Tilbury, Ada Tilbury and Owen Tilbury."),
        "{said}"
    );
}

#[tokio::test]
async fn a_warning_about_a_defendant_is_told_of_the_defendant() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut draft = imprisoned();
    draft["defendants"][0]["dateOfBirth"] = json!("1980-05-02");
    draft["resultLines"][0]["isConcurrent"] = json!(true);
    let mut second = draft["resultLines"][0].clone();
    second["offenceId"] = json!("o2");
    second["isConcurrent"] = json!(null);
    second["consecutiveToOffence"] = json!("o1");
    draft["resultLines"]
        .as_array_mut()
        .expect("a list")
        .push(second);
    let answer = system.validated(&draft).await;
    assert_eq!(answer["isValid"], true);
    let warning = &answer["warnings"][0];
    assert_eq!(warning["ruleId"], "DR-SENT-001");
    assert_eq!(warning["conditionId"], "AC4");
    assert_eq!(warning["validationLevel"], "DEFENDANT");
    assert_eq!(warning["affectedDefendants"][0]["defendantId"], "m1");
    assert_eq!(warning["affectedOffences"], json!([]));
}

#[tokio::test]
async fn a_stranger_is_not_answered() {
    let court = TestCourt::open().await;
    let mut system = System::of(&court).await;
    let plain = system
        .http
        .post(&system.url)
        .json(&imprisoned())
        .send()
        .await
        .expect("an answer");
    assert_eq!(plain.status(), StatusCode::UNAUTHORIZED);
    system.secret = "no secret of this court".to_owned();
    // Nothing of the body is looked at before it is known who sends it.
    for body in [imprisoned().to_string(), "no draft".to_owned()] {
        let told = system.refused(body, StatusCode::UNAUTHORIZED).await;
        assert_eq!(told["code"], "signed_out");
    }
}

#[tokio::test]
async fn an_invalid_draft_is_told_which_field_is_wrong_and_not_what_was_sent() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    for (field, wrong) in [
        ("hearingId", json!(7)),
        ("hearingDay", json!("SECRETIVE")),
        ("courtType", json!("SECRETIVE")),
        ("resultLines", json!("SECRETIVE")),
        ("defendants", json!([{"firstName": "SECRETIVE"}])),
        ("offences", json!(["SECRETIVE"])),
    ] {
        let mut draft = imprisoned();
        draft[field] = wrong;
        let told = system
            .refused(draft.to_string(), StatusCode::BAD_REQUEST)
            .await;
        assert_eq!(told["code"], "bad_request");
        assert_eq!(told["error"], "Bad Request");
        assert_eq!(told["details"]["errors"], told["errors"]);
        assert!(told["timestamp"].is_string() && told["traceId"].is_string());
        let errors = told["errors"].to_string();
        assert!(errors.contains(&format!("/{field}")), "{field}: {errors}");
        assert!(!told.to_string().contains("SECRETIVE"), "{told}");

        draft.as_object_mut().expect("an object").remove(field);
        let told = system
            .refused(draft.to_string(), StatusCode::BAD_REQUEST)
            .await;
        let missing = format!("\\\"{field}\\\" is missing.");
        assert!(told["errors"].to_string().contains(&missing), "{told}");
    }
    for body in ["", "[]", "null", "{", "<draft/>"] {
        system.refused(body, StatusCode::BAD_REQUEST).await;
    }
}

#[tokio::test]
async fn a_draft_that_is_too_large_is_refused_and_a_large_one_answered() {
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let mut draft = imprisoned();
    let line = draft["resultLines"][0].clone();
    let lines = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|number| {
                let mut own = line.clone();
                own["offenceId"] = json!(format!("o{number}"));
                own
            })
            .collect()
    };
    draft["resultLines"] = json!(lines(10_000));
    assert!(draft.to_string().len() < 2 * 1024 * 1024);
    let answer = system.validated(&draft).await;
    assert_eq!(answer["isValid"], false);
    draft["resultLines"] = json!(lines(30_000));
    let told = system
        .refused(draft.to_string(), StatusCode::PAYLOAD_TOO_LARGE)
        .await;
    assert_eq!(told["code"], "too_large");
}

#[tokio::test]
async fn a_rule_that_is_lowered_warns_or_is_silent() {
    let court = lowered(|config| config.lower_rules = vec!["DR-AGE-007=WARNING".to_owned()]).await;
    let answer = System::of(&court).await.validated(&imprisoned()).await;
    assert_eq!(answer["isValid"], true);
    assert_eq!(
        answer["errors"],
        json!({"errorMessages": [], "validationIssues": []})
    );
    assert_eq!(answer["warnings"][0]["ruleId"], "DR-AGE-007");
    assert_eq!(answer["warnings"][0]["severity"], "WARNING");

    let court = lowered(|config| config.lower_rules = vec!["DR-AGE-007=OFF".to_owned()]).await;
    let answer = System::of(&court).await.validated(&imprisoned()).await;
    assert_eq!(answer["warnings"], json!([]));
    let asked = answer["rulesEvaluated"].to_string();
    assert!(!asked.contains("DR-AGE-007"), "{asked}");
}

#[tokio::test]
async fn a_rule_is_lowered_while_servers_run_and_given_back() {
    let court = TestCourt::open().await;
    let beside = court.beside().await;
    let (one, other) = (System::of(&court).await, System::of(&beside).await);
    assert_eq!(one.validated(&imprisoned()).await["isValid"], false);
    assert_eq!(other.validated(&imprisoned()).await["isValid"], false);

    // A third process, as the command line is one.
    let operator = server::State::open(&court.config).await.expect("a record");
    let lower = async |rule, to| {
        app::rules::lower(&operator.app, rule, to, "Ada Wren", "Incident 41").await
    };
    lower("DR-AGE-007", Lowered::Warning)
        .await
        .expect("lowered");
    for system in [&one, &other] {
        let answer = system.validated(&imprisoned()).await;
        assert_eq!(answer["isValid"], true);
        assert_eq!(answer["warnings"][0]["ruleId"], "DR-AGE-007");
    }
    let raised = lower("DR-AGE-007", Lowered::Error).await;
    assert!(raised.is_err(), "never raised");
    lower("DR-AGE-007", Lowered::Off).await.expect("lowered");
    let answer = other.validated(&imprisoned()).await;
    assert!(!answer["rulesEvaluated"].to_string().contains("DR-AGE-007"));

    let restored = app::rules::restore(&operator.app, "DR-AGE-007", "Ada Wren", "Over").await;
    restored.expect("restored");
    assert_eq!(one.validated(&imprisoned()).await["isValid"], false);

    // Who, when and why stay in the record.
    let stream = domain::Stream::new(domain::StreamKind::Rules, domain::rules::RULES);
    let events = court
        .state
        .app
        .ledger
        .events(stream, 0)
        .await
        .expect("events");
    let names: Vec<_> = events.iter().map(|own| own.event.name()).collect();
    assert_eq!(
        names,
        [
            "rules.rule_lowered",
            "rules.rule_lowered",
            "rules.rule_restored"
        ]
    );
    let told = format!("{:?}", events[0].event);
    assert!(
        told.contains("Ada Wren") && told.contains("Incident 41"),
        "{told}"
    );
}

#[tokio::test]
async fn a_hearing_is_checked_by_the_rules_as_they_are_lowered_now() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing) = path_case(&adviser).await;
    start(&adviser, hearing).await;
    all_guilty(&adviser, hearing).await;
    let seen = look(&adviser, hearing).await;
    let mut lines = example(&court, "community_order", &seen, 0);
    lines.extend(example(&court, "suspended_sentence", &seen, 0));
    let mut revision = seen.draft.revision;
    let mut severity = async || {
        let draft = save(&adviser, hearing, revision, lines.clone()).await;
        revision = draft.revision;
        let found = draft.readiness.findings.into_iter();
        found
            .filter(|own| own.code == "SA2020-203")
            .map(|own| own.severity)
            .next()
    };
    assert_eq!(severity().await, Some(Severity::Blocks));
    let app = &court.state.app;
    app::rules::lower(
        app,
        "sa2020-203",
        Lowered::Warning,
        "Ada Wren",
        "Incident 42",
    )
    .await
    .expect("lowered");
    assert_eq!(severity().await, Some(Severity::Warns));
    app::rules::restore(app, "SA2020-203", "Ada Wren", "Over")
        .await
        .expect("restored");
    assert_eq!(severity().await, Some(Severity::Blocks));
}

#[tokio::test]
async fn a_server_that_should_raise_a_rule_does_not_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = Config::in_folder(folder.path());
    config.lower_rules = vec!["DR-CONV-006=ERROR".to_owned()];
    let Err(told) = server::State::open(&config).await else {
        panic!("a rule was raised")
    };
    assert!(
        told.contains("DR-CONV-006 cannot be raised to ERROR"),
        "{told}"
    );
    assert!(told.contains("lower_rules"), "{told}");
}

/// How many there are of what an issue says, or all of them.
fn each<'a>(answer: &'a Value, field: &str) -> Vec<&'a Value> {
    ["errors", "warnings"]
        .iter()
        .flat_map(|list| issues(answer, list))
        .map(|issue| &issue[field])
        .collect()
}

/// The published examples, if they lie beside the project: everything that a
/// machine can compare. The sentences are ours.
#[tokio::test]
async fn the_published_examples_are_answered_as_published() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/specs/service-cp-crime-hearing-results-validator/vectors-dev.json");
    if !file.is_file() {
        say(&format!(
            "SKIPPED: no published examples at {}",
            file.display()
        ));
        return;
    }
    let court = TestCourt::open().await;
    let system = System::of(&court).await;
    let text = std::fs::read_to_string(&file).expect("the examples can be read");
    let examples: Vec<Value> = serde_json::from_str(&text).expect("the examples are JSON");
    for example in &examples {
        let answer = system.validated(&example["request"]).await;
        let case = format!("{}: {answer}", example["case"]);
        let rule = &example["rule"];
        assert!(
            answer["rulesEvaluated"]
                .as_array()
                .expect("a list")
                .contains(rule),
            "{case}"
        );
        for (expected, wanted) in example["expect"].as_object().expect("expectations") {
            let size = |list: &str| json!(issues(&answer, list).len());
            match expected.as_str() {
                "isValid" => assert_eq!(&answer["isValid"], wanted, "{case}"),
                "errorsSize" => assert_eq!(&size("errors"), wanted, "{case}"),
                "warningsSize" => assert_eq!(&size("warnings"), wanted, "{case}"),
                "severity" | "validationLevel" => {
                    let found = json!(each(&answer, expected));
                    assert_eq!(&found, wanted, "{case}");
                }
                "messages" => {
                    let names = &example["request"]["defendants"][0]["lastName"];
                    let name = names.as_str().expect("a name");
                    for own in wanted.as_array().expect("a list") {
                        // Those in capitals are constants that nobody resolved.
                        let own = own.as_str().expect("a sentence");
                        if own.contains(name) {
                            let said = json!(each(&answer, "message")).to_string();
                            assert!(said.contains(name), "{case}");
                        }
                    }
                }
                other => panic!("{other} is compared with nothing: {case}"),
            }
        }
        if let Some(issue) = each(&answer, "ruleId").first() {
            assert_eq!(issue, &rule, "{case}");
        }
    }
    say(&format!(
        "tried {} published examples of the validator",
        examples.len()
    ));
    assert!(!examples.is_empty());
}
