//! What was acknowledged is there, whatever happens to the server: a child
//! process appends and says what was acknowledged, and is killed in the middle.

use crate::court::{Paper, append, noon};
use app::ports::Ledger;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use store::{Settings, Store, sqlite_url};
use tempfile::TempDir;
use vocabulary::CaseId;

const FOLDER: &str = "CONFORMANCE_KILLED_FOLDER";
const URL: &str = "CONFORMANCE_KILLED_URL";

fn settings(url: &str, folder: &Path) -> Settings {
    Settings::new(url, folder.join("objects"), folder.join("keys"))
}

/// Not a test of its own: what the killed child runs.
#[test]
#[ignore = "run by the tests of this file, as a child that is killed"]
fn a_server_that_will_be_killed() {
    let (Ok(folder), Ok(url)) = (std::env::var(FOLDER), std::env::var(URL)) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(&settings(&url, Path::new(&folder)))
            .await
            .unwrap();
        store.migrate().await.unwrap();
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let store = store.clone();
            tasks.push(tokio::spawn(async move {
                loop {
                    let paper = Paper::new();
                    let events = vec![paper.created(), paper.pleaded(noon().day())];
                    append(&store, paper.stream(), events).await.unwrap();
                    println!("acknowledged {}", paper.case);
                }
            }));
        }
        futures::future::join_all(tasks).await;
    });
}

/// Kills a child that has acknowledged at least `enough`, and says what it acknowledged.
fn acknowledged_by_the_killed(url: &str, folder: &Path, enough: usize) -> Vec<CaseId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "durability::a_server_that_will_be_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env(URL, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    let mut note = |line: String| {
        if let Some(id) = line.split("acknowledged ").nth(1) {
            // The last line may have been cut by the kill.
            acknowledged.extend(id.parse::<CaseId>());
        }
        acknowledged.len()
    };
    while let Some(Ok(line)) = lines.next() {
        if note(line) >= enough {
            break;
        }
    }
    // SIGKILL on Unix: nothing is flushed, nothing is tidied.
    child.kill().unwrap();
    while let Some(Ok(line)) = lines.next() {
        note(line);
    }
    child.wait().unwrap();
    acknowledged
}

fn every_acknowledged_case_is_there(url: &str, folder: &Path) {
    let mut acknowledged = Vec::new();
    // Killed twice: the second server takes up what the first one left.
    for enough in [40, 60] {
        let these = acknowledged_by_the_killed(url, folder, enough);
        assert!(
            these.len() >= enough,
            "only {} were acknowledged",
            these.len()
        );
        acknowledged.extend(these);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::open(&settings(url, folder)).await.unwrap();
        for case in &acknowledged {
            let found = store.case(*case).await.unwrap();
            assert_eq!(
                found.map(|case| case.version),
                Some(2),
                "{case} was acknowledged"
            );
        }
        let found = store.verify().await.unwrap();
        assert_eq!(found.bad, None);
        assert!(found.events >= 2 * acknowledged.len() as u64);
        // Whole commands only.
        assert_eq!(found.events, 2 * found.streams);
        // And the record goes on.
        let paper = Paper::new();
        let one_more = append(&store, paper.stream(), vec![paper.created()]);
        tokio::time::timeout(Duration::from_secs(60), one_more)
            .await
            .unwrap()
            .unwrap();
    });
}

#[test]
fn a_killed_server_on_sqlite_has_lost_nothing_that_it_acknowledged() {
    let folder = TempDir::new().unwrap();
    every_acknowledged_case_is_there(&sqlite_url(&folder.path().join("record.db")), folder.path());
}

#[cfg(unix)]
#[test]
fn a_killed_server_on_postgres_has_lost_nothing_that_it_acknowledged() {
    let folder = TempDir::new().unwrap();
    let url = testkit::postgres::PrivatePostgres::shared().fresh_database();
    every_acknowledged_case_is_there(&url, folder.path());
}
