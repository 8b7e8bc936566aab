//! People who guess passwords, and people who want others to be locked out.

use super::{ADVISER, court_with, number, problem, rpc, sign_in};
use app::ports::TryLimit;
use contract::Code;
use reqwest::StatusCode;
use testkit::TestCourt;

#[tokio::test]
async fn signing_in_with_what_is_no_address_writes_nothing() {
    let court = TestCourt::open().await;
    let long = format!("{}@court.example.test", "x".repeat(250));
    // What the people of the demo court tried in their past goes first.
    let now = court.state.app.chance.now();
    court.state.app.work.sweep_tries(now, now).await.unwrap();
    for email in [long.as_str(), "ada.wren\0@court.example.test"] {
        let (status, told) = problem(sign_in(&court, email, "not the password")).await;
        assert_eq!((status.as_u16(), told.code), (401, Code::WrongPassword));
    }
    assert_eq!(number(&court, "select count(*) from tries").await, 0);

    for _ in 0..8 {
        let (_, told) = problem(sign_in(&court, ADVISER, "not the password")).await;
        assert_eq!(told.code, Code::WrongPassword);
    }
    let tries = "select coalesce(sum(tries), 0) from tries";
    let (rows, counted) = (
        number(&court, "select count(*) from tries").await,
        number(&court, tries).await,
    );
    for _ in 0..5 {
        let (_, told) = problem(sign_in(&court, ADVISER, "not the password")).await;
        assert_eq!(told.code, Code::TooManyTries);
    }
    assert_eq!(
        number(&court, tries).await,
        counted,
        "nothing more is counted"
    );
    assert_eq!(number(&court, "select count(*) from tries").await, rows);
    let named = "select count(*) from tries where name like '%ada%' or name like '%127.0%'";
    assert_eq!(number(&court, named).await, 0, "nobody is named");

    let after = court.state.app.chance.now().plus_seconds(1);
    court
        .state
        .app
        .work
        .sweep_tries(after, after)
        .await
        .unwrap();
    assert_eq!(number(&court, "select count(*) from tries").await, 0);
}

#[tokio::test]
async fn of_tries_at_the_same_moment_no_more_are_let_through() {
    let court = TestCourt::open().await;
    let work = &court.state.app.work;
    let now = court.state.app.chance.now();
    let limit = |name: &str, most| TryLimit {
        name: name.to_owned(),
        most,
        window_seconds: 60,
    };
    let limits = [limit("all", 100), limit("one", 8)];
    let tried = futures::future::join_all((0..20).map(|_| work.admit_try(&limits, now))).await;
    let let_through = tried.into_iter().filter(|one| *one == Ok(true)).count();
    assert_eq!(let_through, 8);
    work.take_back_try(&["one".to_owned()]).await.unwrap();
    assert!(work.admit_try(&limits, now).await.unwrap());
    assert!(!work.admit_try(&limits, now).await.unwrap());
    assert!(work.admit_try(&limits, now.plus_seconds(60)).await.unwrap());
    // What one limit stops counts for no other.
    let seen = number(&court, "select tries from tries where name = 'all'").await;
    assert_eq!(seen, 1);
}

#[tokio::test]
async fn signing_in_rightly_is_never_too_often() {
    let court = TestCourt::open().await;
    let password = court.config.demo_password.clone();
    for _ in 0..12 {
        let answer = sign_in(&court, ADVISER, &password).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn whoever_guesses_from_elsewhere_locks_nobody_out() {
    let court = court_with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let password = court.config.demo_password.clone();
    let from = |from: &str, password: &str| {
        sign_in(&court, ADVISER, password).header("x-forwarded-for", from)
    };
    // What stands before the proxy's own entry anybody can have made up.
    for n in 0..8 {
        let claimed = format!("10.0.0.{n}, 203.0.113.7");
        let (_, told) = problem(from(&claimed, "not the password")).await;
        assert_eq!(told.code, Code::WrongPassword);
    }
    let (_, told) = problem(from("203.0.113.7", &password)).await;
    assert_eq!(told.code, Code::TooManyTries);
    let own = from("203.0.113.8", &password).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
}

#[tokio::test]
async fn no_crowd_of_guessers_keeps_somebody_from_where_they_work() {
    let court = court_with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let password = court.config.demo_password.clone();
    let from =
        |from: &str| sign_in(&court, ADVISER, &password).header("x-forwarded-for", from.to_owned());
    let own = from("203.0.113.7").send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
    // A hundred wrong passwords from a hundred places, as they are counted.
    let (now, work) = (court.state.app.chance.now(), &court.state.app.work);
    let counted = |what: &str| TryLimit {
        name: app::account::token_hash(&format!("sign-in {what}")),
        most: 1_000,
        window_seconds: 60 * 60,
    };
    let limits = [
        counted("address 203.0.113.7"),
        counted(&format!("name {ADVISER}")),
    ];
    for _ in 0..400 {
        work.admit_try(&limits, now).await.unwrap();
    }
    let elsewhere = problem(from("203.0.113.8")).await.1;
    assert_eq!(elsewhere.code, Code::TooManyTries);
    let own = from("203.0.113.7").send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_no_trusted_proxy_names_is_not_believed() {
    let court = TestCourt::open().await;
    for n in 0..8 {
        let claimed = format!("203.0.113.{n}");
        let request = sign_in(&court, ADVISER, "no").header("x-forwarded-for", claimed);
        assert_eq!(problem(request).await.1.code, Code::WrongPassword);
    }
    let request = sign_in(&court, ADVISER, "no").header("x-forwarded-for", "203.0.113.99");
    assert_eq!(problem(request).await.1.code, Code::TooManyTries);
}

/// What is asked, and with what.
type Ask = (&'static str, serde_json::Value);

/// Somebody who has a token alone, and as many addresses as they like.
#[tokio::test]
async fn whoever_has_a_token_proves_nothing_by_guessing_from_many_addresses() {
    let court = court_with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await;
    let wrong = "not the password";
    let proof = |n: usize| match n % 2 {
        0 => ("account.prove", serde_json::json!({ "password": wrong })),
        _ => ("account.prove", serde_json::json!({ "code": "000000" })),
    };
    let change = |_: usize| {
        let with = serde_json::json!({ "current": wrong, "new": "heron brass lintel" });
        ("account.change_password", with)
    };
    let asks: [(bool, &dyn Fn(usize) -> Ask); 2] = [(true, &proof), (false, &change)];
    for (locked, ask) in asks {
        let token = court.token(ADVISER).await;
        if locked {
            let client = court.stranger().with_token(&token);
            let lock = contract::security::Lock {};
            client.account_lock(&lock).await.unwrap();
        }
        let mut codes = Vec::new();
        for n in 0..14 {
            let (name, body) = ask(n);
            let request = rpc(&court, name, &body)
                .bearer_auth(&token)
                .header("x-forwarded-for", format!("203.0.113.{n}"));
            codes.push(problem(request).await.1.code);
        }
        let guessed = |code: &Code| matches!(code, Code::WrongPassword | Code::SecondFactorNeeded);
        assert!(codes[..12].iter().all(guessed), "{codes:?}");
        // The session ends: the token is worth nothing any more.
        assert_eq!(codes[12..], [Code::TooManyTries, Code::SignedOut]);
    }
    // Its person signs in where they are.
    let password = court.config.demo_password.clone();
    let own = sign_in(&court, ADVISER, &password).send().await.unwrap();
    assert_eq!(own.status(), StatusCode::OK);
}
