//! Input that no screen sends: texts of every bad kind, numbers at their ends, nests without
//! end, bodies without end, in every command and query. Each is answered, none breaks anything.

use super::{
    ADVISER, PROSECUTOR, path_case,
    sample::{Asked, changed, requests},
};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use testkit::TestCourt;
#[cfg(unix)]
use testkit::{Setting, postgres::PrivatePostgres};

/// Who asks, besides strangers: people who may do much.
const PEOPLE: [&str; 4] = [
    ADVISER,
    "iris.thorne@thornevale.example.test",
    "hal.corbin@thornevale.example.test",
    "noor.hadley@example.test",
];

/// What databases fall over, if anything does.
fn of_databases() -> Vec<String> {
    let mut texts: Vec<String> = [
        "nul\0nul",
        "' or '1'='1'; drop table ledger_event; --%_\\%",
        "\u{FEFF}\u{1F9D1}\u{200D}\u{2696}\u{FE0F}e\u{301}\u{202E}fdp.exe",
    ]
    .map(str::to_owned)
    .into();
    texts.push("\u{1F9D1}".repeat(3_000));
    texts
}

/// The same, and what else reads text.
fn of_everybody() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        "../../../../etc/passwd",
        "line\r\nRcpt To: <x@example.test>\r\n\r\n",
        "<script>alert(1)</script>{{7*7}}${7*7}%s%n",
        "=cmd|' /C calc'!A0",
        "9999-12-31",
        "-1",
    ]
    .map(str::to_owned)
    .into();
    texts.extend(of_databases());
    texts
}

/// Texts under these names are ids or of closed lists, which are refused before a use case.
fn is_id(name: &str) -> bool {
    name.ends_with("_id") || ["id", "notices", "colleague", "parent"].contains(&name)
}

/// What would end the session that asks, or change what it signs in with.
fn is_left_out(asked: &Asked) -> bool {
    [
        "account.sign_out",
        "account.sign_out_everywhere",
        "account.lock",
    ]
    .contains(&asked.name)
}

async fn not_broken(
    (http, court): (&Client, &TestCourt),
    token: Option<&str>,
    asked: &Asked,
    body: &Value,
) {
    let mut request = http
        .post(format!("{}/rpc/{}", court.url, asked.name))
        .json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let said = answer.text().await.unwrap();
    assert!(status.as_u16() < 500, "{} {body}: {said}", asked.name);
    assert!(serde_json::from_str::<Value>(&said).is_ok(), "{said}");
}

/// Bodies of one request with each bad text and number in each place.
fn bad(asked: &Asked, texts: &[String], case_id: &str, hearing_id: &str) -> Vec<Value> {
    let real = changed(&asked.body, &|name, _| match name {
        "case_id" | "case" => Some(case_id.into()),
        "hearing_id" => Some(hearing_id.into()),
        _ => None,
    });
    let mut all = Vec::new();
    for text in texts {
        all.push(changed(&real, &|name, value| {
            (value.is_string() && !is_id(name)).then(|| json!(text))
        }));
    }
    for number in [json!(u64::MAX), json!(i64::MAX), json!(i64::MIN)] {
        all.push(changed(&real, &|_, value| {
            value.is_number().then(|| number.clone())
        }));
    }
    all.dedup();
    all.retain(|body| *body != real || *body == asked.body);
    all
}

async fn every_bad_input_is_answered(court: &TestCourt, texts: &[String]) {
    let adviser = court.as_legal_adviser().await;
    let (case_id, hearing_id) = path_case(&adviser).await;
    let (case_id, hearing_id) = (case_id.to_string(), hearing_id.to_string());
    // One for all: each new one reads the system's certificates first.
    let http = Client::new();
    let mut asked_for = 0;
    for who in PEOPLE.map(Some).into_iter().chain([None]) {
        let mut token = match who {
            Some(email) => Some(court.token(email).await),
            None => None,
        };
        for asked in requests() {
            if is_left_out(&asked) || (who.is_none() && !asked.open) {
                continue;
            }
            for body in bad(&asked, texts, &case_id, &hearing_id) {
                not_broken((&http, court), token.as_deref(), &asked, &body).await;
                asked_for += 1;
            }
            // Some of it may have been taken: whoever is out, or has guessed too often, is let
            // in again.
            if let Some(email) = who
                && asked.name.starts_with("account.")
            {
                let later = court.state.app.chance.now().plus_seconds(1);
                let swept = court.state.app.work.sweep_tries(later, later).await;
                swept.unwrap();
                token = Some(court.token(email).await);
            }
        }
    }
    assert!(asked_for > 1_000, "{asked_for}");
    let ready = reqwest::get(format!("{}/health/ready", court.url)).await;
    assert_eq!(ready.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn no_text_and_no_number_breaks_any_command_on_sqlite() {
    every_bad_input_is_answered(&TestCourt::open().await, &of_everybody()).await;
}

#[cfg(unix)]
#[tokio::test]
async fn no_text_and_no_number_breaks_any_command_on_postgresql() {
    let court = TestCourt::with(Setting {
        database_url: Some(PrivatePostgres::shared().fresh_database()),
        ..Setting::default()
    })
    .await;
    every_bad_input_is_answered(&court, &of_databases()).await;
}

fn raw(
    (http, court): (&Client, &TestCourt),
    name: &str,
    token: Option<&str>,
    body: Vec<u8>,
) -> RequestBuilder {
    let request = http
        .post(format!("{}/rpc/{name}", court.url))
        .header("content-type", "application/json")
        .body(body);
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

/// JSON within JSON, so deep that whoever reads it by calling itself falls over.
fn nest(open: &str, close: &str) -> Vec<u8> {
    format!("{}{}", open.repeat(1_000), close.repeat(1_000)).into_bytes()
}

#[tokio::test]
async fn what_is_no_request_is_refused_alike_in_every_command() {
    let court = TestCourt::open().await;
    let (http, token) = (Client::new(), court.token(ADVISER).await);
    let bodies = [
        nest("[", "]"),
        nest("{\"x\":", "1}"),
        nest("{\"case_id\":[", "]}"),
        b"".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"case.view\"".to_vec(),
        b"{".to_vec(),
        b"{\"email\":\"\xff\xfe\"}".to_vec(),
        b"{}{}".to_vec(),
    ];
    for asked in requests() {
        let token = (!asked.open).then_some(token.as_str());
        for body in &bodies {
            let answer = raw((&http, &court), asked.name, token, body.clone())
                .send()
                .await
                .unwrap();
            let status = answer.status().as_u16();
            let said = answer.text().await.unwrap();
            // A request that needs no field may come without any, as a list or not, and what is
            // no field is passed over, however deep it is.
            let needs_nothing = (asked.read)(&json!({})).is_some();
            let fits = matches!(status, 400 | 401) || (needs_nothing && status < 500);
            assert!(fits, "{} {status} {said}", asked.name);
        }
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_at_every_address_and_the_next_one_answered() {
    let court = TestCourt::open().await;
    let token = court.token(ADVISER).await;
    let secret = court.machine("GAEAA01").await;
    let http = Client::new();
    let too_large = |bytes: usize| vec![b' '; bytes + 1];
    // Whoever is not signed in is heard for little; the list says who that is.
    for asked in requests().iter().filter(|asked| asked.open) {
        let answer = raw((&http, &court), asked.name, None, too_large(16 * 1024))
            .send()
            .await
            .unwrap();
        assert_eq!(
            answer.status(),
            StatusCode::PAYLOAD_TOO_LARGE,
            "{}",
            asked.name
        );
    }
    for name in [
        "case.view",
        "hearing.save_draft",
        "organisation.import",
        "support.ask",
    ] {
        let answer = raw((&http, &court), name, Some(&token), too_large(4 << 20))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{name}");
    }
    for (path, kind, most) in [
        (
            "v2/prosecutions/GAEAA01",
            "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
            10 << 20,
        ),
        ("api/validation/validate", "application/json", 2 << 20),
        ("oauth/token", "application/x-www-form-urlencoded", 8 << 10),
    ] {
        let request = http
            .post(format!("{}/{path}", court.url))
            .header("content-type", kind);
        let answer = request
            .bearer_auth(&secret)
            .body(too_large(most))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    let upload = http
        .put(format!("{}/uploads/{}", court.url, uuid::Uuid::now_v7()))
        .bearer_auth(court.token(PROSECUTOR).await)
        .header("file-name", "a.pdf")
        .header("content-length", (3_u64 << 30).to_string())
        .body("%PDF-1.7");
    // The sender announces more than it has: either end may hang up first.
    if let Ok(answer) = upload.send().await {
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    for path in ["v2/prosecutions/GAEAA01", "api/validation/validate"] {
        for body in [nest("[", "]"), nest("{\"x\":", "1}")] {
            let kind = match path.starts_with("v2") {
                true => "application/vnd.hmcts.cjs.charge-prosecution.v2+json",
                false => "application/json",
            };
            let request = http
                .post(format!("{}/{path}", court.url))
                .header("content-type", kind);
            let answer = request
                .bearer_auth(&secret)
                .body(body)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        }
    }
    court.as_legal_adviser().await;
}
