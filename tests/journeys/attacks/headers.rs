//! Forged headers: what a request says of who and where it is counts for nothing that the
//! server does not know itself. And pages of the web, which must not use the server that a
//! desktop starts on its own computer.

use super::{ADVISER, PROSECUTOR, connected, path_case, problem, rpc};
use contract::Code;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::json;
use testkit::TestCourt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn current(court: &TestCourt) -> RequestBuilder {
    rpc(court, "account.current", &json!({}))
}

#[tokio::test]
async fn only_the_token_itself_signs_anybody_in() {
    let court = TestCourt::open().await;
    let token = court.token(ADVISER).await;
    let half = &token[..token.len() - 1];
    let other = token.chars().rev().collect::<String>();
    let hash = app::account::token_hash(&token);
    for said in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        token.clone(),
        format!("Basic {token}"),
        format!("Token {token}"),
        format!("Bearer {half}"),
        format!("Bearer {token}0"),
        format!("Bearer {token} {token}"),
        format!("Bearer {token}, Bearer {token}"),
        format!("Bearer {other}"),
        format!("Bearer {}", token.to_uppercase()),
        // What the database holds is no token.
        format!("Bearer {hash}"),
        format!("Bearer {}", "a".repeat(8_000)),
        "Bearer ' or 1=1 --".to_owned(),
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.".to_owned(),
    ] {
        let answer = current(&court)
            .header("authorization", &said)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{said:.40}");
    }
    let bytes = reqwest::header::HeaderValue::from_bytes(b"Bearer \xff\xfe").unwrap();
    let answer = current(&court)
        .header("authorization", bytes)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    // Nowhere else is it looked for.
    let http = reqwest::Client::new();
    for request in [
        http.get(format!(
            "{}/live?token={token}&access_token={token}",
            court.url
        )),
        http.get(format!("{}/live", court.url))
            .header("cookie", format!("token={token}")),
        http.get(format!("{}/live", court.url))
            .header("x-authorization", format!("Bearer {token}")),
        http.get(format!("{}/live", court.url))
            .header("proxy-authorization", format!("Bearer {token}")),
    ] {
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(
        current(&court)
            .bearer_auth(&token)
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn what_a_header_says_of_a_person_or_a_path_changes_neither() {
    let court = TestCourt::open().await;
    let token = court.token(PROSECUTOR).await;
    for (name, value) in [
        ("x-user-id", ADVISER),
        ("x-forwarded-user", ADVISER),
        ("x-remote-user", ADVISER),
        ("x-original-url", "/rpc/organisation.queue"),
        ("x-rewrite-url", "/rpc/organisation.queue"),
        ("x-http-method-override", "DELETE"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1;host=evil.example;proto=https"),
        ("cookie", "session=1; account=ada.wren"),
        ("from", ADVISER),
    ] {
        let answer = current(&court)
            .bearer_auth(&token)
            .header(name, value)
            .send()
            .await;
        let person: serde_json::Value = answer.unwrap().json().await.unwrap();
        assert_eq!(person["email"], PROSECUTOR, "{name}");
        let nobody = current(&court).header(name, value).send().await.unwrap();
        assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED, "{name}");
    }
    // And nothing that a stranger sends comes back in a header.
    let answer = current(&court)
        .header("origin-trial", "x")
        .header("x-forwarded-host", "evil.example")
        .send()
        .await
        .unwrap();
    for (name, value) in answer.headers() {
        let value = value.to_str().unwrap();
        assert!(!value.contains("evil.example"), "{name}: {value}");
        assert!(!name.as_str().starts_with("access-control"), "{name}");
    }
}

#[tokio::test]
async fn anothers_command_id_answers_nothing_of_theirs_and_takes_nothing_from_them() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let (case_id, _) = path_case(&adviser).await;
    let id = uuid::Uuid::now_v7().to_string();
    let body =
        json!({"case_id": case_id, "kept_off": true, "reason": "A witness would be in danger."});
    let restrict = async |token: &str| {
        let sent = rpc(&court, "case.restrict_listing", &body)
            .bearer_auth(token)
            .header("command-id", &id);
        sent.send().await.unwrap()
    };
    // Whoever watched the id go by sends the same thing under it, before and after.
    let stranger = court.token("joel.hart@hartfieldlaw.example.test").await;
    let before = restrict(&stranger).await;
    assert!(before.status().is_client_error());
    let before = before.text().await.unwrap();
    let own = court.token(ADVISER).await;
    assert_eq!(restrict(&own).await.status(), StatusCode::OK);
    assert_eq!(restrict(&stranger).await.text().await.unwrap(), before);
    assert_eq!(
        restrict(&own).await.status(),
        StatusCode::OK,
        "sent twice, answered twice"
    );
    let recorded = "select count(*) from ledger_event where name like '%listing_restricted'";
    let recorded = super::number(&court, recorded).await;
    assert_eq!(recorded, 1, "recorded once");
}

#[tokio::test]
async fn a_page_can_neither_post_a_form_nor_ask_by_another_name_nor_read_a_paper() {
    let folder = tempfile::tempdir().unwrap();
    let options = server::embedded::Options {
        data: folder.path().join("record"),
        today: Some("2026-11-23".parse().unwrap()),
        port: None,
    };
    let running = server::embedded::start(options).await.unwrap();
    let http = reqwest::Client::new();
    let url = |path: &str| format!("{}{path}", running.url);
    // What a browser sends for a page without asking first: simple requests.
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let body = r#"{"email":"ada.wren@court.example.test","password":"a fictional court"}"#;
        let form = http
            .post(url("/rpc/account.sign_in"))
            .header("content-type", kind)
            .body(body);
        let (status, told) = problem(form).await;
        assert_eq!(
            (status.as_u16(), told.code),
            (400, Code::BadRequest),
            "{kind}"
        );
    }
    // With the origin that it must tell, every address is closed, to any method.
    for path in [
        "/",
        "/health/live",
        "/live",
        "/metrics",
        "/v2/openapi.yaml",
        "/rpc/account.about",
        "/nowhere",
    ] {
        for method in [
            reqwest::Method::GET,
            reqwest::Method::POST,
            reqwest::Method::OPTIONS,
            reqwest::Method::PUT,
        ] {
            for (name, value) in [
                ("origin", "https://evil.example"),
                ("host", "evil.example"),
                ("host", "evil.example:80"),
            ] {
                let request = http.request(method.clone(), url(path)).header(name, value);
                let answer = request.send().await.unwrap();
                assert_eq!(
                    answer.status(),
                    StatusCode::FORBIDDEN,
                    "{method} {path} {value}"
                );
                let shared = answer.headers().get("access-control-allow-origin");
                assert!(shared.is_none(), "{method} {path}");
            }
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn every_answer_tells_a_browser_to_run_frame_guess_and_keep_nothing_of_it() {
    let court = super::court_with(|config| {
        config.public_url = "https://court.example".to_owned();
    })
    .await;
    let http = reqwest::Client::new();
    let token = court.token(ADVISER).await;
    for path in [
        "/",
        "/activate",
        "/health/live",
        "/live",
        "/v2/openapi.yaml",
        "/nowhere",
        "/rpc/case.list",
        "/materials/x",
        "/metrics",
    ] {
        let answer = http.get(format!("{}{path}", court.url)).bearer_auth(&token);
        let answer = answer.send().await.unwrap();
        let said = |name: &str| {
            let value = answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let policy = said("content-security-policy");
        for part in [
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(said("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(said("referrer-policy"), "no-referrer", "{path}");
        assert!(
            said("strict-transport-security").starts_with("max-age=31536000;"),
            "{path}"
        );
        assert!(said("cache-control").contains("no-"), "{path}");
        assert!(
            said("server").is_empty() && said("x-powered-by").is_empty(),
            "{path}"
        );
    }
    // Where there is no https, nobody is told that there is.
    let plain = TestCourt::open().await;
    let answer = http.get(format!("{}/", plain.url)).send().await.unwrap();
    assert!(!answer.headers().contains_key("strict-transport-security"));
}

/// What the server says to bytes on a connection, as far as it comes at once.
async fn to(court: &TestCourt, bytes: &str) -> String {
    let mut stream = connected(court).await;
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(10), read).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_message_whose_end_can_be_read_in_two_ways_is_read_in_none() {
    let court = TestCourt::open().await;
    let head = "POST /rpc/account.about HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n";
    for lines in [
        "content-length: 2\r\ncontent-length: 40\r\n",
        "content-length: 2, 40\r\n",
        "content-length: -2\r\n",
        "content-length: 2x\r\n",
        "transfer-encoding: xchunked\r\n",
        "transfer-encoding: chunked, identity\r\n",
    ] {
        let answer = to(&court, &format!("{head}{lines}\r\n{{}}")).await;
        assert!(!answer.starts_with("HTTP/1.1 2"), "{lines}: {answer}");
    }
    // With both, the length counts for nothing: nobody waits for the rest of it.
    let both = "content-length: 400\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let answer = to(&court, &format!("{head}{both}")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for target in [
        "/rpc/account.about\r\nx: y",
        "/rpc/../rpc/account.current",
        "//evil.example/live",
        "*",
    ] {
        let request = format!(
            "POST {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        );
        let answer = to(&court, &request).await;
        assert!(!answer.starts_with("HTTP/1.1 2"), "{target}: {answer}");
    }
    for method in ["TRACE", "CONNECT", "DELETE", "PATCH", "PROPFIND"] {
        let request = format!(
            "{method} /rpc/account.about HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-secret: told\r\n\r\n"
        );
        let answer = to(&court, &request).await;
        assert!(
            !answer.starts_with("HTTP/1.1 2") && !answer.contains("told"),
            "{method}: {answer}"
        );
    }
}
