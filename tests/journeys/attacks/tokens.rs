//! Tokens, links and codes that were good once: stolen, planted, kept, sent again.

use super::{ADVISER, court_with, rpc};
use crate::people::{PASSWORD, activate, firm, register, validate};
use contract::{
    Code,
    account::SignOut,
    security::{ChangePassword, EndOtherSessions, Lock, Prove},
};
use reqwest::StatusCode;
use serde_json::json;
use testkit::TestCourt;

const NEW: &str = "heron brass lintel";

/// How a token is answered at every kind of address.
async fn everywhere(court: &TestCourt, token: &str) -> Vec<u16> {
    let http = reqwest::Client::new();
    let id = uuid::Uuid::now_v7();
    let url = |path: &str| format!("{}/{path}", court.url);
    let requests = [
        rpc(court, "account.current", &json!({})),
        rpc(court, "case.list", &json!({})),
        rpc(
            court,
            "account.prove",
            &json!({"password": court.config.demo_password, "code": null}),
        ),
        rpc(
            court,
            "account.change_password",
            &json!({"current": court.config.demo_password, "new": NEW}),
        ),
        http.get(url(&format!("materials/{id}"))),
        http.get(url(&format!("documents/{id}"))),
        http.put(url(&format!("uploads/{id}")))
            .header("file-name", "a.pdf")
            .body("%PDF-1.7"),
        http.get(url("live")),
    ];
    let mut statuses = Vec::new();
    for request in requests {
        statuses.push(
            request
                .bearer_auth(token)
                .send()
                .await
                .unwrap()
                .status()
                .as_u16(),
        );
    }
    statuses
}

#[tokio::test]
async fn a_token_that_was_good_once_opens_no_address_any_more() {
    let court = TestCourt::open().await;
    let token = async || court.token(ADVISER).await;
    let client = |token: &str| court.stranger().with_token(token);
    let password = court.config.demo_password.clone();
    let prove = Prove {
        password: Some(password.clone()),
        code: None,
    };
    // Proved anew: the one before, which somebody may have read, is nobody's.
    let stolen = token().await;
    let next = client(&stolen).account_prove(&prove).await.unwrap().token;
    assert_ne!(next, stolen);
    let proven = everywhere(&court, &stolen).await;
    // Locked and unlocked.
    let locked = token().await;
    client(&locked).account_lock(&Lock {}).await.unwrap();
    let again = client(&locked).account_prove(&prove).await.unwrap().token;
    let unlocked = everywhere(&court, &locked).await;
    // Signed out.
    let left = token().await;
    client(&left).account_sign_out(&SignOut {}).await.unwrap();
    let signed_out = everywhere(&court, &left).await;
    // Ended from elsewhere, and by another password.
    let elsewhere = token().await;
    client(&again)
        .account_end_other_sessions(&EndOtherSessions {})
        .await
        .unwrap();
    let ended = everywhere(&court, &elsewhere).await;
    let ended_too = everywhere(&court, &next).await;
    let beside = token().await;
    let change = ChangePassword {
        current: password,
        new: NEW.to_owned(),
    };
    client(&again)
        .account_change_password(&change)
        .await
        .unwrap();
    let changed = everywhere(&court, &beside).await;
    for (why, statuses) in [
        ("proven", proven),
        ("unlocked", unlocked),
        ("signed out", signed_out),
        ("ended", ended),
        ("ended too", ended_too),
        ("another password", changed),
    ] {
        assert!(
            statuses.iter().all(|status| *status == 401),
            "{why}: {statuses:?}"
        );
    }
    let still = rpc(&court, "account.current", &json!({})).bearer_auth(&again);
    assert_eq!(still.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn every_session_has_a_token_of_its_own_and_no_view_tells_one() {
    let court = TestCourt::open().await;
    let mut tokens = Vec::new();
    for _ in 0..5 {
        tokens.push(court.token(ADVISER).await);
    }
    let mut distinct = tokens.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 5);
    // 256 bits each, of which neither the first nor the last are the same twice.
    assert!(tokens.iter().all(|token| token.len() == 64));
    let security = rpc(&court, "account.security", &json!({})).bearer_auth(&tokens[0]);
    let told = security.send().await.unwrap().text().await.unwrap();
    for token in &tokens {
        assert!(!told.contains(token.as_str()));
        assert!(!told.contains(&app::account::token_hash(token)));
    }
}

#[tokio::test]
async fn a_link_is_used_once_and_the_one_before_it_never() {
    let court = TestCourt::open().await;
    let name = "Larch & Penrose LLP";
    register(
        &court,
        firm(&court, name, "eira@larchpenrose.example.test").await,
    )
    .await;
    let link = validate(&court, name).await.unwrap();
    let code = link.link.rsplit(['#', '=', '/']).next().unwrap().to_owned();
    assert!(activate(&court, &link.link).await.is_ok());
    for again in [link.link.clone(), code] {
        let refused = activate(&court, &again).await.unwrap_err();
        let nothing = activate(&court, "AAAA-BBBB-CCCC-DDDD").await.unwrap_err();
        assert_eq!(refused, nothing, "what is wrong with it is not said");
    }
    let sign_in = json!({"email": "eira@larchpenrose.example.test", "password": PASSWORD});
    let signed_in = rpc(&court, "account.sign_in", &sign_in)
        .send()
        .await
        .unwrap();
    assert_eq!(signed_in.status(), StatusCode::OK);
}

#[tokio::test]
async fn links_and_codes_are_guessed_by_nobody() {
    let court = court_with(|_| {}).await;
    for (name, body) in [
        ("account.activation", json!({"code": "AAAA-BBBB-CCCC-DDDD"})),
        (
            "account.reset_password",
            json!({"code": "AAAA-BBBB-CCCC-DDDD", "new": NEW}),
        ),
        (
            "account.end_provider_sign_in",
            json!({"secret": "x", "state": "x", "code": "x"}),
        ),
    ] {
        let mut stopped = None;
        for n in 0..450 {
            let answer = rpc(&court, name, &body).send().await.unwrap();
            let told: contract::Problem = answer.json().await.unwrap();
            if told.code == Code::TooManyTries {
                stopped = Some(n);
                break;
            }
        }
        assert!(stopped.is_some_and(|n| n <= 401), "{name}: {stopped:?}");
    }
}
