//! Sessions: where one is signed in, ending that, locks, and proofs that are asked for.

use super::{ADVISER, PROSECUTOR, answered, court_of, later, signed_in};
use client::Client;
use contract::{
    Code,
    account::{Current, SignOut, SignOutEverywhere},
    security::{EndOtherSessions, EndSession, Lock, Prove, ViewSecurity},
};
use reqwest::StatusCode;
use std::time::Duration;
use testkit::TestCourt;

async fn prove(court: &TestCourt, client: &Client) -> Client {
    let prove = Prove {
        password: Some(court.config.demo_password.clone()),
        code: None,
    };
    let proven = client.account_prove(&prove).await.unwrap();
    court.stranger().with_token(&proven.token)
}

#[tokio::test]
async fn an_ended_session_is_refused_at_its_next_request_and_its_stream_is_cut_within_a_second() {
    let court = court_of::<4>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (stolen, _) = signed_in(&court, ADVISER).await;
    let mut live = stolen.live(None);
    assert!(live.next_live().await.is_some());

    let devices = here
        .account_security(&ViewSecurity {})
        .await
        .unwrap()
        .devices;
    assert_eq!(devices.len(), 2);
    assert!(
        devices
            .iter()
            .all(|device| device.device.starts_with("Common Platform "))
    );
    assert!(devices.iter().all(|device| device.from == "127.0.0.1"));
    let other = devices.iter().find(|device| !device.current).unwrap();
    let end = EndSession {
        session_id: other.session_id,
    };
    let left = here.account_end_session(&end).await.unwrap().devices;
    assert_eq!(left.len(), 1);

    assert_eq!(answered(&stolen).await, Err(Code::SignedOut));
    let cut = tokio::time::timeout(Duration::from_millis(2_500), async {
        while live.next_live().await.is_some() {}
    });
    cut.await.expect("the stream is cut");
    assert_eq!(answered(&here).await, Ok(()));
}

#[tokio::test]
async fn whoever_signs_out_everywhere_is_signed_in_nowhere_and_hears_nothing_within_a_second() {
    let court = court_of::<4>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (lost, _) = signed_in(&court, ADVISER).await;
    let (locked, _) = signed_in(&court, ADVISER).await;
    let (another, _) = signed_in(&court, PROSECUTOR).await;
    locked.account_lock(&Lock {}).await.unwrap();
    let refused = locked
        .account_sign_out_everywhere(&SignOutEverywhere {})
        .await;
    // Whoever stands before a locked window may be anybody.
    assert_eq!(refused.unwrap_err().code, Code::Locked);
    let mut live = lost.live(None);
    assert!(live.next_live().await.is_some());
    here.account_sign_out_everywhere(&SignOutEverywhere {})
        .await
        .unwrap();
    for client in [&here, &lost, &locked] {
        assert_eq!(answered(client).await, Err(Code::SignedOut));
    }
    let cut = tokio::time::timeout(Duration::from_millis(2_500), async {
        while live.next_live().await.is_some() {}
    });
    cut.await.expect("the stream is cut");
    assert_eq!(answered(&another).await, Ok(()));
    // The account itself is as it was.
    let (again, _) = signed_in(&court, ADVISER).await;
    assert_eq!(answered(&again).await, Ok(()));
}

#[tokio::test]
async fn nobody_ends_the_sessions_of_others() {
    let court = court_of::<4>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    let (other, _) = signed_in(&court, PROSECUTOR).await;
    let theirs = other.account_security(&ViewSecurity {}).await.unwrap();
    let end = EndSession {
        session_id: theirs.devices[0].session_id,
    };
    let refused = here.account_end_session(&end).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    here.account_end_other_sessions(&EndOtherSessions {})
        .await
        .unwrap();
    assert_eq!(answered(&other).await, Ok(()));
}

#[tokio::test]
async fn a_locked_session_answers_nothing_but_its_unlocking() {
    let court = court_of::<4>().await;
    let (here, signed_in) = signed_in(&court, ADVISER).await;
    let mut live = here.live(None);
    assert!(live.next_live().await.is_some());
    here.account_lock(&Lock {}).await.unwrap();
    assert_eq!(answered(&here).await, Err(Code::Locked));
    let cut = tokio::time::timeout(Duration::from_millis(2_500), async {
        while live.next_live().await.is_some() {}
    });
    cut.await.expect("the stream is cut");
    let bytes = reqwest::Client::new()
        .get(format!("{}/materials/{}", court.url, uuid::Uuid::now_v7()))
        .bearer_auth(&signed_in.token);
    assert_eq!(bytes.send().await.unwrap().status(), StatusCode::LOCKED);
    let upload = reqwest::Client::new()
        .put(format!("{}/uploads/{}", court.url, uuid::Uuid::now_v7()))
        .bearer_auth(&signed_in.token)
        .body("%PDF-1.7");
    assert_eq!(upload.send().await.unwrap().status(), StatusCode::LOCKED);
    let devices = here.account_security(&ViewSecurity {}).await;
    assert_eq!(devices.unwrap_err().code, Code::Locked);

    let wrong = Prove {
        password: Some("not it at all".to_owned()),
        code: None,
    };
    let refused = here.account_prove(&wrong).await.unwrap_err();
    assert_eq!(refused.code, Code::WrongPassword);
    for nothing in [None, Some(String::new())] {
        let empty = Prove {
            password: nothing,
            code: None,
        };
        assert!(here.account_prove(&empty).await.is_err());
    }
    assert_eq!(answered(&here).await, Err(Code::Locked));

    let unlocked = prove(&court, &here).await;
    assert_eq!(answered(&unlocked).await, Ok(()));
    // The token that was locked, and perhaps read, is good for nothing any more.
    assert_eq!(answered(&here).await, Err(Code::SignedOut));
    assert!(here.account_prove(&wrong).await.is_err());
}

#[tokio::test]
async fn a_lock_is_not_guessed_open_and_can_be_signed_out_of() {
    let court = court_of::<4>().await;
    let (here, _) = signed_in(&court, ADVISER).await;
    here.account_lock(&Lock {}).await.unwrap();
    let wrong = Prove {
        password: Some("not it at all".to_owned()),
        code: None,
    };
    let mut last = Code::WrongPassword;
    for _ in 0..9 {
        last = here.account_prove(&wrong).await.unwrap_err().code;
    }
    assert_eq!(last, Code::TooManyTries);
    here.account_sign_out(&SignOut {}).await.unwrap();
    assert_eq!(answered(&here).await, Err(Code::SignedOut));
}

#[tokio::test]
async fn a_session_that_nobody_uses_locks_itself_and_one_that_is_used_does_not() {
    let court = court_of::<5>().await;
    let (idle, _) = signed_in(&court, ADVISER).await;
    let (used, _) = signed_in(&court, PROSECUTOR).await;
    for _ in 0..3 {
        later::<5>(7);
        assert_eq!(answered(&used).await, Ok(()));
        // That it is used is noted apart: nobody waits for it.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(answered(&used).await, Ok(()));
    assert_eq!(answered(&idle).await, Err(Code::Locked));
    assert_eq!(answered(&prove(&court, &idle).await).await, Ok(()));
}

#[tokio::test]
async fn a_token_of_ones_own_choosing_is_never_made_a_session() {
    let court = court_of::<4>().await;
    let fixed = "a".repeat(64);
    let sign_in = reqwest::Client::new()
        .post(format!("{}/rpc/account.sign_in", court.url))
        .bearer_auth(&fixed)
        .json(&serde_json::json!({
            "email": ADVISER, "password": court.config.demo_password, "token": fixed,
        }));
    let answer: serde_json::Value = sign_in.send().await.unwrap().json().await.unwrap();
    let given = answer["token"].as_str().unwrap();
    assert_ne!(given, fixed);
    let with_fixed = court.stranger().with_token(&fixed);
    assert_eq!(answered(&with_fixed).await, Err(Code::SignedOut));
    // And whoever signs in over a session of somebody else gets one of their own.
    let (other, of_other) = signed_in(&court, PROSECUTOR).await;
    let again = reqwest::Client::new()
        .post(format!("{}/rpc/account.sign_in", court.url))
        .bearer_auth(&of_other.token)
        .json(&serde_json::json!({"email": ADVISER, "password": court.config.demo_password}));
    let answer: serde_json::Value = again.send().await.unwrap().json().await.unwrap();
    assert_ne!(answer["token"].as_str().unwrap(), of_other.token);
    let still = other.account_current(&Current {}).await.unwrap();
    assert_eq!(still.email, PROSECUTOR);
}
