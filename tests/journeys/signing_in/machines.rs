//! Tokens of other organisations' systems by client credentials.

use super::{court_of, later};
use app::account::{issue_machine, revoke_machine};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use testkit::TestCourt;

fn ask(court: &TestCourt, form: &[(&str, &str)]) -> RequestBuilder {
    let body: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    reqwest::Client::new()
        .post(format!("{}/oauth/token", court.url))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.join("&"))
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    (status, answer.json().await.unwrap())
}

async fn asked_with(court: &TestCourt, token: &str) -> StatusCode {
    let url = format!("{}/v2/submissions/{}", court.url, uuid::Uuid::now_v7());
    let request = reqwest::Client::new().get(url).bearer_auth(token);
    request.send().await.unwrap().status()
}

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

#[tokio::test]
async fn a_system_gets_a_token_that_is_good_for_a_quarter_of_an_hour() {
    let court = court_of::<6>().await;
    let app = &court.state.app;
    let (machine, secret) = issue_machine(app, "A test's system", "GAAAA01")
        .await
        .unwrap();
    let id = machine.id.to_string();
    let by_form = ask(
        &court,
        &[GRANT, ("client_id", &id), ("client_secret", &secret)],
    );
    let by_header = ask(&court, &[GRANT]).basic_auth(&id, Some(&secret));
    for request in [by_form, by_header] {
        let (status, said) = answer(request).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(said["token_type"], "Bearer");
        assert_eq!(said["expires_in"], 900);
        let token = said["access_token"].as_str().unwrap();
        assert_ne!(token, secret);
        assert_eq!(asked_with(&court, token).await, StatusCode::NOT_FOUND);
    }
    let (_, said) = answer(ask(&court, &[GRANT]).basic_auth(&id, Some(&secret))).await;
    let token = said["access_token"].as_str().unwrap().to_owned();
    later::<6>(14);
    assert_eq!(asked_with(&court, &token).await, StatusCode::NOT_FOUND);
    later::<6>(2);
    assert_eq!(asked_with(&court, &token).await, StatusCode::UNAUTHORIZED);

    let (_, said) = answer(ask(&court, &[GRANT]).basic_auth(&id, Some(&secret))).await;
    let token = said["access_token"].as_str().unwrap().to_owned();
    revoke_machine(app, machine.id).await.unwrap();
    assert_eq!(asked_with(&court, &token).await, StatusCode::UNAUTHORIZED);
    let (status, _) = answer(ask(&court, &[GRANT]).basic_auth(&id, Some(&secret))).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn whatever_is_wrong_with_asking_is_told_in_the_words_of_the_standard() {
    let court = court_of::<7>().await;
    let app = &court.state.app;
    let (machine, secret) = issue_machine(app, "A test's system", "GAAAA01")
        .await
        .unwrap();
    let (other, _) = issue_machine(app, "Another system", "GAAAA02")
        .await
        .unwrap();
    let (id, other) = (machine.id.to_string(), other.id.to_string());
    for (form, basic, status, error) in [
        (vec![GRANT], None, 401, "invalid_client"),
        (vec![GRANT], Some((&id, "wrong")), 401, "invalid_client"),
        (vec![GRANT], Some((&other, &*secret)), 401, "invalid_client"),
        (
            vec![("grant_type", "password")],
            Some((&id, &*secret)),
            400,
            "unsupported_grant_type",
        ),
        (
            vec![("scope", "x")],
            Some((&id, &*secret)),
            400,
            "invalid_request",
        ),
        (
            vec![GRANT, GRANT],
            Some((&id, &*secret)),
            400,
            "invalid_request",
        ),
        (
            vec![GRANT, ("client_id", &id), ("client_secret", &secret)],
            Some((&id, &*secret)),
            400,
            "invalid_request",
        ),
    ] {
        let mut request = ask(&court, &form);
        if let Some((id, secret)) = basic {
            request = request.basic_auth(id, Some(secret));
        }
        let (got, said) = answer(request).await;
        assert_eq!(
            (got.as_u16(), said["error"].as_str().unwrap()),
            (status, error),
            "{form:?}"
        );
    }
    // A token opens nothing of a person's, and asks for no further token.
    let (_, said) = answer(ask(&court, &[GRANT]).basic_auth(&id, Some(&secret))).await;
    let token = said["access_token"].as_str().unwrap();
    let client = court.stranger().with_token(token);
    assert!(super::answered(&client).await.is_err());
    let (status, _) = answer(ask(&court, &[GRANT]).basic_auth(&id, Some(token))).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
