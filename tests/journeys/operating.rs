//! Whoever runs the server, at the command line: what is mistyped is refused with
//! what to do next, and nothing is believed of the record that was not looked at.

use sqlx::AssertSqlSafe;
use std::fs;
#[cfg(unix)]
use testkit::postgres::PrivatePostgres;
use testkit::{Program, TestCourt};

const TODAY: &str = "2026-11-23";

/// What the program said; it must have ended with this status.
fn said(program: &Program, status: i32, arguments: &[&str]) -> String {
    let (ended, said) = program.ended(arguments);
    assert_eq!(ended, Some(status), "{arguments:?}: {said}");
    said
}

/// The database, as somebody opens it behind the program's back.
async fn pool(program: &Program) -> sqlx::AnyPool {
    sqlx::any::install_default_drivers();
    sqlx::AnyPool::connect(&program.database_url())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_reference_folder_that_overrides_nothing_is_refused_and_one_that_does_is_told() {
    let program = Program::idle(TODAY).await;
    let folder = program.folder().join("tables");
    let given = folder.display().to_string();
    let check = ["reference", "check", "--reference", &given];
    let missing = said(&program, 1, &check);
    assert!(missing.contains("there is no folder"), "{missing}");
    assert!(missing.contains("leave it out"), "{missing}");

    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("ofences.csv"), "code\n").unwrap();
    let misspelt = said(&program, 1, &check);
    assert!(misspelt.contains("none of the tables"), "{misspelt}");
    let served = said(&program, 1, &["serve", "--reference", &given]);
    assert!(served.contains("none of the tables"), "{served}");

    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../reference/offences.csv");
    fs::copy(own, folder.join("offences.csv")).unwrap();
    let told = said(&program, 0, &check);
    assert!(told.contains("offences.csv"), "{told}");
    assert!(told.contains("override"), "{told}");
}

#[tokio::test]
async fn a_ledger_without_its_checkpoint_is_not_called_whole_nor_altered() {
    let program = Program::idle(TODAY).await;
    said(&program, 0, &["seed", "--cases", "2"]);
    let whole = said(&program, 0, &["ledger", "verify"]);
    assert!(whole.contains("nothing was removed"), "{whole}");
    let signed = program.folder().join("keys/checkpoint.json");
    let text = fs::read_to_string(&signed).unwrap();

    fs::remove_file(&signed).unwrap();
    let open = said(&program, 3, &["ledger", "verify"]);
    assert!(open.contains("the end is not proven"), "{open}");
    assert!(open.contains("What to do"), "{open}");

    fs::write(&signed, &text[..20]).unwrap();
    let damaged = said(&program, 1, &["ledger", "verify"]);
    assert!(damaged.contains("put it back"), "{damaged}");

    // Another ledger than the one that was signed.
    let other = Program::idle(TODAY).await;
    said(&other, 0, &["migrate"]);
    fs::write(other.folder().join("keys/checkpoint.json"), text).unwrap();
    let altered = said(&other, 1, &["ledger", "verify"]);
    assert!(altered.contains("not whole"), "{altered}");
    assert!(altered.contains("What to do"), "{altered}");
}

#[tokio::test]
async fn after_one_byte_of_one_event_is_altered_the_command_names_the_event() {
    let program = Program::idle(TODAY).await;
    said(&program, 0, &["seed", "--cases", "2"]);
    said(&program, 0, &["ledger", "verify"]);
    let pool = pool(&program).await;
    let of_event = "from ledger_event where position = 11";
    let event: String = sqlx::query_scalar(AssertSqlSafe(format!("select event_id {of_event}")))
        .fetch_one(&pool)
        .await
        .unwrap();
    let body: Vec<u8> = sqlx::query_scalar(AssertSqlSafe(format!("select body {of_event}")))
        .fetch_one(&pool)
        .await
        .unwrap();
    let mut altered = body.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    for (bytes, status) in [(altered, 1), (body, 0)] {
        sqlx::query("update ledger_event set body = $1 where position = 11")
            .bind(bytes)
            .execute(&pool)
            .await
            .unwrap();
        let told = said(&program, status, &["ledger", "verify"]);
        if status == 1 {
            assert!(told.contains("First at event"), "{told}");
            assert!(told.contains(&event), "{event}: {told}");
            assert!(told.contains("position 11"), "{told}");
            assert!(told.contains("The 10 events before it"), "{told}");
            assert!(told.contains("What to do"), "{told}");
        } else {
            assert!(!told.contains(&event), "put back: {told}");
        }
    }
    pool.close().await;
}

#[tokio::test]
async fn the_reference_data_is_counted_and_every_gap_is_told() {
    let program = Program::idle(TODAY).await;
    let told = said(&program, 0, &["reference", "check"]);
    let rows: Vec<Vec<&str>> = told
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let has = |count: &str, what: &str| {
        let row: Vec<&str> = [count].into_iter().chain(what.split(' ')).collect();
        assert!(rows.contains(&row), "{count} {what}: {told}");
    };
    has("638", "result definitions");
    has("3078", "prompts");
    has("196", "notices, orders and warrants");
    has("101", "subscriptions");
    assert!(!told.contains("WRONG"), "{told}");
    // Each gap that is counted is told with its file and row.
    let kinds = told
        .lines()
        .filter(|line| line.starts_with("Gap in the source: ") || line.starts_with("Ours, and"));
    let counted: usize = kinds
        .map(|line| {
            let count = line.rsplit_once('(').expect("a count").1;
            count
                .trim_end_matches(')')
                .parse::<usize>()
                .expect("a number")
        })
        .sum();
    let row = |line: &&str| {
        let place = line
            .strip_prefix("  ")
            .and_then(|line| line.split_once("  "));
        place.is_some_and(|(place, _)| {
            let row = place.rsplit_once(".csv:").map(|(_, row)| row);
            row.is_some_and(|row| row.parse::<u32>().is_ok())
        })
    };
    assert!(counted > 100, "{counted}");
    assert_eq!(told.lines().filter(row).count(), counted);
}

/// The program itself, as a court that grows would run it.
#[cfg(unix)]
#[tokio::test]
async fn a_record_on_postgresql_is_seeded_taken_in_rebuilt_verified_and_served() {
    let database = PrivatePostgres::shared().fresh_database();
    let mut program = Program::idle(TODAY).await.on(database);
    let made = said(&program, 0, &["seed", "--cases", "3"]);
    assert!(made.contains("postgres://"), "{made}");
    assert!(!program.folder().join("record.db").exists());
    let charge = format!("{}/../samples/charge.json", env!("CARGO_MANIFEST_DIR"));
    let taken = said(&program, 0, &["intake", &charge]);
    assert!(taken.contains("The case was taken in."), "{taken}");
    let made = said(&program, 0, &["ledger", "rebuild"]);
    assert!(made.contains("made again from"), "{made}");
    let whole = said(&program, 0, &["ledger", "verify"]);
    assert!(whole.contains("nothing was removed"), "{whole}");

    program.serve().await;
    let refused = said(&program, 1, &["ledger", "rebuild"]);
    assert!(refused.contains("a server is at work"), "{refused}");
    let client = client::Client::new(&format!("http://{}", program.address()));
    let signed_in = client
        .account_sign_in(&contract::account::SignIn {
            email: "kofi.marsh@cps-ashmere.example.test".to_owned(),
            password: "a fictional court".to_owned(),
        })
        .await
        .unwrap();
    let client = client.with_token(&signed_in.token);
    for reference in [app::demo::PATH_URN, "29 GD 9000126"] {
        crate::steps::find(&client, reference).await;
    }
    program.end().await;
    said(&program, 0, &["ledger", "verify"]);
}

#[tokio::test]
async fn looking_at_a_record_of_an_earlier_version_changes_nothing_in_it() {
    let program = Program::idle(TODAY).await;
    said(&program, 0, &["migrate"]);
    let pool = pool(&program).await;
    let migrations = || async {
        sqlx::query_scalar::<_, i64>("select count(*) from _sqlx_migrations")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let all = migrations().await;
    sqlx::query("delete from _sqlx_migrations where version = 4")
        .execute(&pool)
        .await
        .unwrap();
    let told = said(&program, 1, &["ledger", "verify"]);
    assert!(told.contains("nothing was changed"), "{told}");
    assert!(told.contains("`migrate`"), "{told}");
    assert_eq!(migrations().await, all - 1);
    pool.close().await;
}

#[tokio::test]
async fn nothing_is_rebuilt_while_a_server_is_at_work() {
    let mut program = Program::start(2, TODAY).await;
    let refused = said(&program, 1, &["ledger", "rebuild"]);
    assert!(refused.contains("a server is at work"), "{refused}");
    assert!(refused.contains("Stop every server"), "{refused}");
    program.end().await;
    let made = said(&program, 0, &["ledger", "rebuild"]);
    assert!(made.contains("made again from"), "{made}");
    said(&program, 0, &["ledger", "verify"]);
}

#[tokio::test]
async fn what_was_mistyped_is_refused_with_how_to_write_it() {
    let program = Program::idle(TODAY).await;
    let create = |email: &'static str, group: &'static str, password: &'static str| {
        let court = "Ashmere Magistrates' Court";
        [
            "account",
            "create",
            "--email",
            email,
            "--name",
            "Jo Marsh",
            "--role",
            "Legal adviser",
        ]
        .into_iter()
        .chain([
            "--organisation",
            court,
            "--group",
            group,
            "--password",
            password,
        ])
        .collect::<Vec<_>>()
    };
    let right = (
        "jo@court.example.test",
        "Legal Advisers",
        "three random words",
    );
    let none = said(&program, 1, &create(right.0, right.1, right.2));
    assert!(none.contains("There is no record at"), "{none}");
    said(&program, 0, &["seed", "--cases", "0"]);
    let elsewhere: Vec<_> = create(right.0, right.1, right.2)
        .into_iter()
        .map(|word| word.strip_prefix("Ashmere Mag").map_or(word, |_| "Nowhere"))
        .collect();
    let unknown_machine = "0199d2f0-6c1e-7a53-9b0e-3f2f1c5f7d11";
    let no_file = ["intake", "no-such-file.json"];
    for (status, arguments, next) in [
        (1, create("jo", right.1, right.2), "Give an address such as"),
        (1, create(right.0, right.1, "short"), "Choose a longer one"),
        (
            2,
            create(right.0, "Legal", right.2),
            "choose among: Legal Advisers",
        ),
        (1, elsewhere, "a name as `account list` shows it"),
        (
            1,
            vec!["account", "end-sessions", "jo"],
            "an address as `account list`",
        ),
        (
            1,
            vec!["account", "revoke-machine", unknown_machine],
            "an id as `account list`",
        ),
        (
            2,
            vec!["account", "revoke-machine", "7"],
            "copy it from `account list`",
        ),
        (
            1,
            vec![
                "account",
                "create-machine",
                "--name",
                "A",
                "--ou-code",
                "GA",
            ],
            "for instance GAAAA01",
        ),
        (
            2,
            vec![
                "account",
                "create-machine",
                "--name",
                " ",
                "--ou-code",
                "GAAAA01",
            ],
            "at least one word",
        ),
        (
            2,
            vec!["serve", "--listen", "8420"],
            "for instance 127.0.0.1:8420",
        ),
        (
            1,
            vec!["serve", "--listen", "192.0.2.1:1"],
            "Choose another with --listen",
        ),
        (
            2,
            vec!["serve", "--public-url", "court"],
            "for instance https://",
        ),
        (1, vec!["seed"], "Choose another with --data"),
        (2, vec!["seed", "--cases", "-1"], "for instance 40"),
        (1, no_file.to_vec(), "Give the path of a JSON file"),
        (1, vec!["migrate", "--config", "none.toml"], "leave it out"),
        (
            1,
            vec!["migrate", "--database-url", "court"],
            "Check the address",
        ),
    ] {
        let told = said(&program, status, &arguments);
        assert!(told.contains(next), "{arguments:?}: {told}");
        assert!(
            !told.contains("panicked") && !told.contains("Error {"),
            "{told}"
        );
    }
    said(&program, 0, &create(right.0, right.1, right.2));
    let twice = said(&program, 1, &create(right.0, right.1, right.2));
    assert!(twice.contains("Use another address"), "{twice}");
}

#[tokio::test]
async fn whoever_finds_a_port_taken_is_offered_one_that_is_free() {
    let program = Program::idle(TODAY).await;
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap();
    let told = said(&program, 1, &["serve", "--listen", &taken.to_string()]);
    assert!(
        told.contains("another program listens there already"),
        "{told}"
    );
    let offered = told.split("for instance 127.0.0.1:").nth(1).unwrap();
    let offered: u16 = offered.split(';').next().unwrap().parse().unwrap();
    assert_ne!(offered, taken.port());
    assert!(std::net::TcpListener::bind(("127.0.0.1", offered)).is_ok());
}

#[tokio::test]
async fn a_case_in_a_file_is_taken_in_or_told_why_not() {
    let program = Program::idle(TODAY).await;
    said(&program, 0, &["seed", "--cases", "0"]);
    let sample = |name: &str| format!("{}/../samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let taken = said(&program, 0, &["intake", &sample("charge")]);
    assert!(taken.contains("The case was taken in."), "{taken}");
    let again = said(&program, 0, &["intake", &sample("charge")]);
    assert!(again.contains("nothing was added"), "{again}");
    let rejected = said(&program, 1, &["intake", &sample("rejected")]);
    assert!(
        rejected.contains("Correct the file by these codes"),
        "{rejected}"
    );
    let other = program.folder().join("other.json");
    fs::write(&other, "{}").unwrap();
    let other = other.display().to_string();
    let formless = said(&program, 1, &["intake", &other, "--ou-code", "GAAAA01"]);
    assert!(formless.contains("samples/ has files"), "{formless}");
}

#[tokio::test]
async fn every_command_explains_itself_with_an_example() {
    let program = Program::idle(TODAY).await;
    for command in [
        "",
        "serve",
        "migrate",
        "seed",
        "account list",
        "account create",
        "account end-sessions",
        "account create-machine",
        "account revoke-machine",
        "intake",
        "reference check",
        "rules list",
        "rules lower",
        "rules restore",
        "ledger verify",
        "ledger compare",
        "ledger rebuild",
    ] {
        let words: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
        let told = said(&program, 0, &words);
        assert!(told.contains("Example"), "{command}: {told}");
        assert!(told.contains("Where the record is"), "{command}: {told}");
    }
}

#[tokio::test]
async fn an_address_at_which_there_is_nothing_says_so() {
    let court = TestCourt::open().await;
    let ask = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", court.url)).await.unwrap();
        let kind = answer.headers().get("content-type").cloned();
        let kind = kind.map(|kind| kind.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        (
            status,
            kind.unwrap_or_default(),
            answer.text().await.unwrap(),
        )
    };
    let (status, kind, text) = ask("/").await;
    assert_eq!(status, 200);
    assert!(kind.starts_with("text/plain"), "{kind}");
    assert!(text.contains("common-platform --server"), "{text}");
    let (status, kind, text) = ask("/favicon.ico").await;
    assert_eq!(status, 404);
    assert!(
        kind.starts_with("text/plain") && text.contains("GET /"),
        "{text}"
    );
    for (path, expected) in [
        ("/v2/nothing", 404),
        ("/rpc/case.guess", 404),
        ("/v2/schemas/none.json", 404),
        ("/rpc/case.find", 405),
    ] {
        let (status, kind, text) = ask(path).await;
        assert_eq!(status, expected, "{path}");
        assert_eq!(kind, "application/problem+json", "{path}");
        let problem: contract::Problem = serde_json::from_str(&text).unwrap();
        assert!(
            !problem.title.is_empty() && !problem.hint.is_empty(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_server_that_cannot_keep_files_is_not_ready_and_says_so() {
    let court = TestCourt::open().await;
    let ready = format!("{}/health/ready", court.url);
    let before = reqwest::get(&ready).await.unwrap();
    assert_eq!(before.status(), 200);
    let incoming = court.config.objects.join("incoming");
    assert_eq!(
        fs::read_dir(&incoming).unwrap().count(),
        0,
        "nothing is left"
    );
    // Rights would not keep a super-user out; a file in its place does.
    fs::remove_dir_all(&incoming).unwrap();
    fs::write(&incoming, "").unwrap();
    let answer = reqwest::get(&ready).await.unwrap();
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.text().await.unwrap(), "files cannot be written\n");
    fs::remove_file(&incoming).unwrap();
    fs::create_dir(&incoming).unwrap();
    assert_eq!(reqwest::get(&ready).await.unwrap().status(), 200);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_desktop_without_a_display_says_so_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let started = std::process::Command::new(testkit::built("common-platform"))
        .arg("--data")
        .arg(folder.path())
        .env_remove("DISPLAY")
        .env("GDK_BACKEND", "x11")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&started.stderr);
    assert_eq!(started.status.code(), Some(1), "{told}");
    let sentence = told.lines().find(|line| line.contains("has no display"));
    assert!(
        sentence.is_some_and(|line| line.contains("--headless")),
        "{told}"
    );
    assert!(!told.contains("panicked"), "{told}");
}
