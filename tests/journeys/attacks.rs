//! People who mean harm: what they do to a server costs others nothing, and
//! tells them nothing.

mod asking;
mod assignment;
mod bounds;
mod forged;
mod headers;
mod held;
mod hostile;
mod meanwhile;
mod named;
mod sample;
mod signing_in;
mod tokens;
mod unproven;
mod unseen;
mod uploads;

use crate::steps::{all_guilty, example, start};
use app::{
    demo::PATH_URN,
    ports::{Fault, Passwords, Printer},
};
use client::Client;
use contract::{
    Code, Problem, account,
    case::{Find, View},
    document::OrderView,
    hearing::{self, SaveDraft, ShareResults},
    notice,
    printout::PrintoutView,
};
use reqwest::{RequestBuilder, StatusCode};
use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};
use testkit::{Setting, TestCourt};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use vocabulary::{CaseId, HearingId};

const ADVISER: &str = "ada.wren@court.example.test";
const PROSECUTOR: &str = "kofi.marsh@cps-ashmere.example.test";
const SOON: Duration = Duration::from_secs(10);

pub(crate) async fn court_with(configure: fn(&mut server::config::Config)) -> TestCourt {
    TestCourt::with(Setting {
        configure,
        ..Setting::default()
    })
    .await
}

async fn connected(court: &TestCourt) -> TcpStream {
    let address = court.url.trim_start_matches("http://");
    TcpStream::connect(address).await.unwrap()
}

/// Sends bytes and gives what comes back until the server ends the connection.
async fn said(court: &TestCourt, bytes: &[u8]) -> String {
    let mut stream = connected(court).await;
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    timeout(SOON, stream.read_to_end(&mut answer))
        .await
        .expect("the server ends the connection")
        .unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The first line of the answer to a request whose body never comes.
async fn first_line(court: &TestCourt, head: &str) -> String {
    let mut stream = connected(court).await;
    let head = format!("{head}host: localhost\r\ncontent-length: 1000000\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 1_000];
    let got = timeout(SOON, stream.read(&mut answer))
        .await
        .expect("an answer before the body")
        .unwrap();
    let answer = String::from_utf8_lossy(&answer[..got]).into_owned();
    assert!(answer.contains("application/problem+json"), "{answer}");
    answer.lines().next().unwrap_or_default().to_owned()
}

fn rpc(court: &TestCourt, name: &str, body: &serde_json::Value) -> RequestBuilder {
    reqwest::Client::new()
        .post(format!("{}/rpc/{name}", court.url))
        .json(body)
}

pub(crate) async fn problem(request: RequestBuilder) -> (StatusCode, Problem) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert_eq!(kind, "application/problem+json");
    (status, answer.json().await.unwrap())
}

pub(crate) fn sign_in(court: &TestCourt, email: &str, password: &str) -> RequestBuilder {
    let body = serde_json::json!({"email": email, "password": password});
    rpc(court, "account.sign_in", &body)
}

/// What a database holds, in one number.
pub(crate) async fn number(court: &TestCourt, sql: &'static str) -> i64 {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&court.config.database_url)
        .await
        .unwrap();
    let found = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    pool.close().await;
    found
}

#[tokio::test]
async fn whoever_says_nothing_or_half_a_word_is_not_waited_for() {
    let court = court_with(|config| config.idle_seconds = 1).await;
    for bytes in [
        &b""[..],
        b"PRI * HTTP/2.0\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /health/live HTTP/1.1\r\nhost: loc",
    ] {
        let answer = said(&court, bytes).await;
        assert!(!answer.contains("200 OK"), "{answer}");
    }
    let token = court.token(PROSECUTOR).await;
    let head = "content-length: 500\r\ncontent-type: application/json\r\nhost: localhost\r\n";
    for line in ["POST /rpc/notice.list", "PUT /uploads/{id}"] {
        let line = line.replace("{id}", &uuid::Uuid::now_v7().to_string());
        let request =
            format!("{line} HTTP/1.1\r\nauthorization: Bearer {token}\r\n{head}\r\n%PDF-");
        let answer = said(&court, request.as_bytes()).await;
        assert!(answer.contains("\"code\":\"truncated\""), "{answer}");
    }
    court.as_legal_adviser().await;
}

#[tokio::test]
async fn of_strangers_nothing_is_read_that_they_need_not_say() {
    let court = TestCourt::open().await;
    let json = "content-type: application/json\r\n";
    for line in [
        "POST /rpc/hearing.save_draft",
        "PUT /uploads/01890000-0000-7000-8000-000000000000",
        "POST /v2/prosecutions/GAAAA01",
    ] {
        let answer = first_line(&court, &format!("{line} HTTP/1.1\r\n{json}")).await;
        assert_eq!(answer, "HTTP/1.1 401 Unauthorized", "{line}");
    }
    let (status, told) = problem(sign_in(&court, &"x".repeat(20_000), "y")).await;
    assert_eq!((status.as_u16(), told.code), (413, Code::TooLarge));
}

#[tokio::test]
async fn a_request_that_is_too_large_is_refused_like_any_other() {
    let court = TestCourt::open().await;
    let token = court.token(ADVISER).await;
    let body = serde_json::json!({"reference": "x".repeat(5_000_000)});
    let (status, told) = problem(rpc(&court, "case.find", &body).bearer_auth(token)).await;
    assert_eq!((status.as_u16(), told.code), (413, Code::TooLarge));
    assert!(!told.hint.is_empty());
}

#[tokio::test]
async fn a_page_of_the_web_cannot_use_the_server_on_this_computer() {
    let folder = tempfile::tempdir().unwrap();
    let options = server::embedded::Options {
        data: folder.path().join("record"),
        today: Some("2026-11-23".parse().unwrap()),
        port: None,
    };
    let running = server::embedded::start(options).await.unwrap();
    let http = reqwest::Client::new();
    let about = || {
        http.post(format!("{}/rpc/account.about", running.url))
            .header("content-type", "application/json")
            .body("{}")
    };
    let ok = |answer: Result<reqwest::Response, _>| answer.unwrap().status() == StatusCode::OK;
    assert!(ok(about().send().await));
    assert!(ok(about().header("host", "localhost:1").send().await));
    assert!(ok(about().header("origin", &running.url).send().await));

    for request in [
        about().header("host", "rebound.example"),
        about().header("origin", "https://elsewhere.example"),
        about().header("origin", "null"),
        about().header("origin", "http://127.0.0.1:1"),
    ] {
        let (status, told) = problem(request).await;
        assert_eq!((status.as_u16(), told.code), (403, Code::NotPermitted));
    }
    let text = http
        .post(format!("{}/rpc/account.about", running.url))
        .header("content-type", "text/plain")
        .body("{}");
    let (status, told) = problem(text).await;
    assert_eq!((status.as_u16(), told.code), (400, Code::BadRequest));
    running.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_record_is_readable_by_its_own_user_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("record");
    let options = server::embedded::Options {
        data: data.clone(),
        today: Some("2026-11-23".parse().unwrap()),
        port: None,
    };
    let running = server::embedded::start(options).await.unwrap();
    let mut looked_at = 0;
    let mut open = Vec::new();
    let mut waiting = vec![data];
    while let Some(path) = waiting.pop() {
        let about = std::fs::symlink_metadata(&path).unwrap();
        if about.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|e| e.unwrap().path()));
        }
        looked_at += 1;
        if about.permissions().mode() & 0o077 != 0 {
            open.push(path);
        }
    }
    running.stop().await;
    assert!(looked_at > 20, "{looked_at}");
    assert_eq!(open, Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn variables_that_are_no_settings_stop_no_command_and_misspelt_ones_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("court.toml");
    std::fs::write(&file, "connections = 100\n").unwrap();
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap();
    let run = |name: &str| {
        let output = std::process::Command::new(built.join("common-platform-server"))
            .args(["reference", "check"])
            .env("COMMON_PLATFORM_CONFIG", &file)
            .env("COMMON_PLATFORM_LOG", "warn")
            .env("COMMON_PLATFORM_NEW_PASSWORD", "three random words")
            .env("COMMON_PLATFORM_TRUSTED_PROXIES", "192.0.2.1, 192.0.2.2")
            .env(name, "100")
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), error)
    };
    let (worked, error) = run("COMMON_PLATFORM_CONNECTIONS");
    assert!(worked, "{error}");
    let (worked, error) = run("COMMON_PLATFORM_CONECTIONS");
    assert!(!worked && error.contains("conections"), "{error}");
}

#[tokio::test]
async fn metrics_are_for_this_computer_or_for_an_address_of_their_own() {
    let court = TestCourt::with(Setting {
        configure: |config| config.metrics_listen = Some("127.0.0.1:0".to_owned()),
        prepare: |state| state.keep_metrics().unwrap(),
        ..Setting::default()
    })
    .await;
    court.as_legal_adviser().await;
    let http = reqwest::Client::new();
    let here = http.get(format!("{}/metrics", court.url));
    let told = here.send().await.unwrap().text().await.unwrap();
    assert!(told.contains("request_seconds"), "{told}");
    for name in ["x-forwarded-for", "forwarded", "via"] {
        let through = http.get(format!("{}/metrics", court.url)).header(name, "x");
        assert_eq!(through.send().await.unwrap().status(), 404, "{name}");
    }
    let apart = court.metrics.expect("an address of their own");
    let told = http.get(format!("http://{apart}/metrics")).send().await;
    assert_eq!(told.unwrap().status(), StatusCode::OK);
    let nothing_else = http.get(format!("http://{apart}/health/live")).send().await;
    assert_eq!(nothing_else.unwrap().status(), 404);
}

#[tokio::test]
async fn a_command_id_that_is_none_is_refused_and_not_replaced() {
    let court = TestCourt::open().await;
    let token = court.token(ADVISER).await;
    for id in ["", "7", "not-a-uuid"] {
        let request = rpc(
            &court,
            "notice.mark_read",
            &serde_json::json!({"notices": []}),
        )
        .bearer_auth(&token)
        .header("command-id", id);
        let (status, told) = problem(request).await;
        assert_eq!(
            (status.as_u16(), told.code),
            (400, Code::BadRequest),
            "{id}"
        );
    }
}

async fn wait_until(is_so: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it did not come to be so");
}

/// A printer on which some documents break, until it is mended.
struct Breaking {
    real: Arc<dyn Printer>,
}

/// Views that break the printer; none means that it is mended.
static BREAKS_ON: LazyLock<Mutex<Option<HashSet<String>>>> =
    LazyLock::new(|| Mutex::new(Some(HashSet::new())));

#[async_trait::async_trait]
impl Printer for Breaking {
    async fn print(&self, view: OrderView) -> Result<Vec<u8>, Fault> {
        let id = serde_json::to_value(&view).unwrap().to_string();
        let breaks = {
            let mut breaks_on = BREAKS_ON.lock().unwrap();
            match breaks_on.as_mut() {
                // The first one that comes, each time it comes.
                Some(known) if known.is_empty() => known.insert(id),
                Some(known) => known.contains(&id),
                None => false,
            }
        };
        assert!(!breaks, "a glyph that no font has");
        self.real.print(view).await
    }

    async fn print_printout(&self, view: PrintoutView) -> Result<Vec<u8>, Fault> {
        self.real.print_printout(view).await
    }
}

#[tokio::test]
async fn a_document_that_breaks_the_printer_holds_up_no_other() {
    let court = TestCourt::with(Setting {
        prepare: |state| {
            let real = state.app.printer.clone();
            state.app.printer = Arc::new(Breaking { real });
        },
        ..Setting::default()
    })
    .await;
    let adviser = court.as_legal_adviser().await;
    let (_, hearing_id) = path_case(&adviser).await;
    share(&court, &adviser, hearing_id).await;

    let documents = async || {
        let view = hearing::View { hearing_id };
        adviser.hearing_view(&view).await.unwrap().documents
    };
    wait_until(async || documents().await.iter().filter(|one| !one.made).count() == 1).await;
    assert!(documents().await.len() > 1);
    let ready = reqwest::get(format!("{}/health/ready", court.url)).await;
    assert_eq!(ready.unwrap().status(), StatusCode::OK);

    *BREAKS_ON.lock().unwrap() = None;
    wait_until(async || documents().await.iter().all(|one| one.made)).await;
}

async fn path_case(client: &Client) -> (CaseId, HearingId) {
    let reference = PATH_URN.to_owned();
    let case_id = client.case_find(&Find { reference }).await.unwrap().case_id;
    let view = client.case_view(&View { case_id }).await.unwrap();
    (case_id, view.hearings[0].hearing_id)
}

/// Shares results that call for more than one document.
async fn share(court: &TestCourt, adviser: &Client, hearing_id: HearingId) {
    start(adviser, hearing_id).await;
    all_guilty(adviser, hearing_id).await;
    let seen = hearing::View { hearing_id };
    let view = adviser.hearing_view(&seen).await.unwrap();
    let mut lines = example(court, "imprisonment", &view, 0);
    lines.extend(example(court, "withdrawn", &view, 1));
    let draft = SaveDraft {
        hearing_id,
        revision: 0,
        lines,
        unresolved: Vec::new(),
    };
    let revision = adviser
        .hearing_save_draft(&draft)
        .await
        .unwrap()
        .draft
        .revision;
    let share = ShareResults {
        hearing_id,
        version: view.version,
        revision,
        targets: None,
    };
    adviser.hearing_share_results(&share).await.unwrap();
}

/// Passwords on which signing in breaks.
struct Broken;

#[async_trait::async_trait]
impl Passwords for Broken {
    fn hash(&self, _: &str) -> Result<String, Fault> {
        Err(Fault::Broken("not asked".to_owned()))
    }

    async fn fits(&self, _: &str, _: Option<&str>) -> bool {
        panic!("a stated proof was wrong")
    }
}

#[tokio::test]
async fn a_use_case_that_panics_is_a_fault_with_a_reference() {
    let court = TestCourt::with(Setting {
        prepare: |state| state.app.passwords = Arc::new(Broken),
        ..Setting::default()
    })
    .await;
    let (status, told) = problem(sign_in(&court, ADVISER, "three random words")).await;
    assert_eq!((status.as_u16(), told.code), (500, Code::Fault));
    assert!(
        told.reference.is_some() && !told.title.contains("proof"),
        "{told:?}"
    );
}

#[tokio::test]
async fn the_people_of_a_record_that_is_not_invented_are_offered_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let config = server::config::Config {
        listen: "127.0.0.1:0".to_owned(),
        demo: true,
        ..server::config::Config::in_folder(folder.path())
    };
    let state = server::State::open(&config).await.unwrap();
    let refused = server::serve(state, &config).await.err().unwrap();
    assert!(refused.contains("not a demo court"), "{refused}");

    // In a demo court nobody is offered who was added to it.
    let court = TestCourt::open().await;
    let known = court.state.app.index.organisations().await.unwrap();
    let real = app::account::NewAccount {
        email: "real.person@court.example".to_owned(),
        name: "Real Person".to_owned(),
        role: "Legal adviser".to_owned(),
        organisation: known.iter().find(|own| own.court.is_some()).unwrap().id,
        groups: vec![vocabulary::Group::LegalAdvisers],
        password: "three random words".to_owned(),
    };
    app::account::open_account(&court.state.app, real)
        .await
        .unwrap();
    let about = account::About {};
    let offered = court
        .stranger()
        .account_about(&about)
        .await
        .unwrap()
        .demo_people;
    assert!(offered.iter().any(|person| person.email == ADVISER));
    assert!(offered.iter().all(|person| person.name != "Real Person"));
}

#[tokio::test]
async fn nobody_marks_more_notices_than_a_view_shows() {
    let court = TestCourt::open().await;
    let adviser = court.as_legal_adviser().await;
    let notices = |many: usize| notice::MarkRead {
        notices: (0..many)
            .map(|_| vocabulary::NoticeId(uuid::Uuid::now_v7()))
            .collect(),
    };
    adviser.notice_mark_read(&notices(500)).await.unwrap();
    let refused = adviser.notice_mark_read(&notices(501)).await.unwrap_err();
    assert_eq!(refused.code, Code::BadRequest);
    assert!(refused.hint.contains("naming none"), "{refused:?}");
}
