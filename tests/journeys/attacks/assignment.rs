//! Mass assignment: whoever adds to a request what is not theirs to say is refused, or it is
//! as if they had not said it; in every command and query, at every depth of it.

use super::{ADVISER, path_case, sample::requests};
use contract::{
    Code,
    audit::{Report, Subject},
    hearing,
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use testkit::TestCourt;

/// What somebody would like to be, or to have said.
fn wishes() -> Vec<(&'static str, Value)> {
    let id = "01890000-0000-7000-8000-00000000f0f0";
    vec![
        ("by", json!({"account": id, "name": "Somebody else"})),
        ("actor", json!({"kind": "service"})),
        ("person", json!({"account_id": id})),
        ("account", json!(id)),
        ("session", json!(id)),
        ("at", json!("2020-01-01T00:00:00Z")),
        ("groups", json!(["System Administrators"])),
        ("organisation", json!(id)),
        ("active", json!(true)),
        ("locked", json!(false)),
        ("second_factor", json!(true)),
        ("proven_at", json!("2100-01-01T00:00:00Z")),
        ("standing", json!("validated")),
        ("permitted", json!(true)),
        ("is_admin", json!(true)),
        ("__proto__", json!({"is_admin": true})),
    ]
}

/// The same with a field more in every object of it, unless the object has one of that name.
fn with(value: &Value, name: &str, wish: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: serde_json::Map<String, Value> = fields
                .iter()
                .map(|(own, value)| (own.clone(), with(value, name, wish)))
                .collect();
            fields.entry(name).or_insert_with(|| wish.clone());
            Value::Object(fields)
        }
        Value::Array(all) => all.iter().map(|one| with(one, name, wish)).collect(),
        plain => plain.clone(),
    }
}

#[test]
fn what_is_no_field_of_a_request_is_refused_or_passed_over_in_every_command() {
    let (mut refused, mut passed_over) = (0, 0);
    for asked in requests() {
        assert_eq!((asked.read)(&asked.body).as_ref(), Some(&asked.body));
        for (name, wish) in wishes() {
            let more = with(&asked.body, name, &wish);
            if more == asked.body {
                continue;
            }
            match (asked.read)(&more) {
                None => refused += 1,
                // Answers of a result are words under names of the table: any name is read,
                // and only those of its definition are taken.
                Some(read)
                    if asked.name.starts_with("hearing.") || asked.name == "result.parse" =>
                {
                    assert!(without_answers(read) == without_answers(asked.body.clone()));
                    passed_over += 1;
                }
                Some(read) => {
                    assert_eq!(read, asked.body, "{} took {name}", asked.name);
                    passed_over += 1;
                }
            }
        }
    }
    assert!(
        refused > 100 && passed_over > 100,
        "{refused} {passed_over}"
    );
}

fn without_answers(mut value: Value) -> Value {
    for line in value["lines"].as_array_mut().into_iter().flatten() {
        line["answers"] = json!({});
    }
    value
}

#[tokio::test]
async fn a_command_is_recorded_as_of_whoever_sent_it_whatever_it_says() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    let seen = hearing::View { hearing_id };
    let view = adviser.hearing_view(&seen).await.unwrap();
    let start = view
        .log_choices
        .iter()
        .find(|choice| choice.control.as_deref() == Some("start"))
        .unwrap();
    let mut body = json!({
        "hearing_id": hearing_id, "version": view.version,
        "definition_id": start.definition_id, "defendant_id": null, "note": null,
    });
    for (name, wish) in wishes() {
        body[name] = wish;
    }
    let token = court.token(ADVISER).await;
    let sent = super::rpc(&court, "hearing.log_event", &body).bearer_auth(&token);
    assert_eq!(sent.send().await.unwrap().status(), StatusCode::OK);
    let log = adviser.hearing_view(&seen).await.unwrap().log;
    let entry = log.last().unwrap();
    assert_eq!(entry.by, "Ada Wren");
    assert_eq!(entry.at.day(), court.today());
}

#[tokio::test]
async fn nobody_signs_in_activates_or_registers_as_more_than_they_are() {
    let court = TestCourt::open().await;
    let mut body = json!({"email": ADVISER, "password": court.config.demo_password});
    for (name, wish) in wishes() {
        body[name] = wish;
    }
    let answer = super::rpc(&court, "account.sign_in", &body)
        .send()
        .await
        .unwrap();
    let said: Value = answer.json().await.unwrap();
    assert_eq!(said["person"]["email"], ADVISER);
    assert_eq!(said["person"]["groups"], json!(["Legal Advisers"]));
    let client = court.stranger().with_token(said["token"].as_str().unwrap());
    let report = Report {
        about: Subject::Person,
        which: ADVISER.to_owned(),
        from: court.today(),
        to: court.today(),
        after: None,
    };
    assert_eq!(
        client.audit_report(&report).await.unwrap_err().code,
        Code::NotPermitted
    );
    for name in [
        "account.activate",
        "organisation.register",
        "organisation.invite",
    ] {
        let asked = requests().into_iter().find(|one| one.name == name).unwrap();
        for (wish, value) in wishes() {
            let more = with(&asked.body, wish, &value);
            assert!(
                more == asked.body || (asked.read)(&more).is_none(),
                "{name} took {wish}"
            );
        }
    }
}
