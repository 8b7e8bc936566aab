//! What this computer keeps, and that it keeps it when the application is killed.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use client::Local;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};
use vocabulary::{AccountId, HearingId};

fn hearing() -> HearingId {
    "018f6f00-0000-7000-8000-00000000000a".parse().unwrap()
}

fn account() -> AccountId {
    "018f6f00-0000-7000-8000-00000000000b".parse().unwrap()
}

#[tokio::test]
async fn a_draft_survives_closing_and_opening() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new/folder/desktop.sqlite");
    let local = Local::open(&file).await.unwrap();
    let draft = json!({ "lines": ["imp 6m", "ŵ 😀"] });
    local
        .keep_draft(hearing(), account(), &json!({}))
        .await
        .unwrap();
    local
        .keep_draft(hearing(), account(), &draft)
        .await
        .unwrap();
    local.close().await;

    let local = Local::open(&file).await.unwrap();
    assert_eq!(
        local.kept_drafts(hearing(), account()).await.unwrap(),
        [draft]
    );
    local.drop_draft(hearing(), account()).await.unwrap();
    assert_eq!(
        local.kept_drafts(hearing(), account()).await.unwrap(),
        [] as [Value; 0]
    );
}

#[tokio::test]
async fn two_windows_of_one_person_keep_each_their_own_and_the_next_is_given_both() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let kept = async |local: &Local| local.kept_drafts(hearing(), account()).await.unwrap();
    let one = Local::open(&file).await.unwrap();
    let two = Local::open(&file).await.unwrap();
    for (window, words) in [(&one, "imp 6m"), (&two, "fo 250"), (&one, "imp 8m")] {
        let draft = json!({ "typed": words });
        window
            .keep_draft(hearing(), account(), &draft)
            .await
            .unwrap();
    }
    // An open window's words are its own.
    assert_eq!(kept(&one).await, [json!({ "typed": "imp 8m" })]);
    assert_eq!(kept(&two).await, [json!({ "typed": "fo 250" })]);
    // One that saved takes nothing of the other's away.
    let other: AccountId = "018f6f00-0000-7000-8000-00000000000c".parse().unwrap();
    one.drop_draft(hearing(), other).await.unwrap();
    assert_eq!(kept(&one).await.len(), 1);
    one.close().await;
    drop(two);

    let next = Local::open(&file).await.unwrap();
    assert_eq!(
        kept(&next).await,
        [json!({ "typed": "imp 8m" }), json!({ "typed": "fo 250" })]
    );
    // Once it is recorded, both are gone.
    next.drop_draft(hearing(), account()).await.unwrap();
    assert_eq!(kept(&next).await, [] as [Value; 0]);
}

#[tokio::test]
async fn what_was_kept_before_windows_had_rows_of_their_own_is_given_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let local = Local::open(&file).await.unwrap();
    let draft = json!({ "typed": "dism" });
    local
        .keep_draft(hearing(), account(), &draft)
        .await
        .unwrap();
    local.close().await;
    let raw = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query("update draft set window_id = ''")
        .execute(&raw)
        .await
        .unwrap();
    raw.close().await;
    let local = Local::open(&file).await.unwrap();
    assert_eq!(
        local.kept_drafts(hearing(), account()).await.unwrap(),
        [draft]
    );
}

#[tokio::test]
async fn a_draft_is_its_writers_alone() {
    let folder = tempfile::tempdir().unwrap();
    let local = Local::open(&folder.path().join("desktop.sqlite"))
        .await
        .unwrap();
    local
        .keep_draft(hearing(), account(), &json!(1))
        .await
        .unwrap();
    let other: AccountId = "018f6f00-0000-7000-8000-00000000000c".parse().unwrap();
    assert_eq!(
        local.kept_drafts(hearing(), other).await.unwrap(),
        [] as [Value; 0]
    );
    local.drop_draft(hearing(), other).await.unwrap();
    assert_eq!(
        local.kept_drafts(hearing(), account()).await.unwrap(),
        [json!(1)]
    );
}

#[tokio::test]
async fn words_beside_the_results_are_kept_by_their_place_until_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let whose = (hearing(), account());
    let local = Local::open(&file).await.unwrap();
    for (place, text) in [
        ("log", "With an"),
        ("log", "With an interpreter"),
        ("amendment", "eight"),
    ] {
        local.keep_words(whose, place, text).await.unwrap();
    }
    local.close().await;
    let local = Local::open(&file).await.unwrap();
    let kept = local.kept_words(whose).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept["log"], "With an interpreter");
    let other: AccountId = "018f6f00-0000-7000-8000-00000000000c".parse().unwrap();
    let theirs = local.kept_words((hearing(), other)).await.unwrap();
    assert!(theirs.is_empty());
    local.keep_words(whose, "log", "").await.unwrap();
    let kept = local.kept_words(whose).await.unwrap();
    assert_eq!(kept.into_keys().collect::<Vec<_>>(), ["amendment"]);
}

#[tokio::test]
async fn two_windows_may_have_the_file_open_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let (one, two) = tokio::join!(Local::open(&file), Local::open(&file));
    let (one, two) = (one.unwrap(), two.unwrap());
    one.keep_choice("courtroom", "1").await.unwrap();
    two.keep_choice("courtroom", "2").await.unwrap();
    assert_eq!(one.choice("courtroom").await.unwrap().as_deref(), Some("2"));
    assert_eq!(one.choice("court").await.unwrap(), None);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_a_problem_with_a_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("blocked");
    std::fs::write(&blocked, "a file, not a folder").unwrap();
    let problem = Local::open(&blocked.join("desktop.sqlite"))
        .await
        .unwrap_err();
    assert!(
        problem.hint.contains("Check that there is room"),
        "{problem:?}"
    );
}

#[tokio::test]
async fn what_was_kept_survives_being_killed_in_the_middle_of_typing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desktop.sqlite");
    let mut typist = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "typing_until_killed", "--nocapture"])
        .env("LOCAL_FILE", &file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(typist.stdout.take().unwrap());
    let mut acknowledged = 0;
    for line in said.lines() {
        let line = line.unwrap();
        if let Some(number) = line.strip_prefix("kept ") {
            acknowledged = number.parse().unwrap();
        }
        if acknowledged == 20 {
            break;
        }
    }
    // SIGKILL: no handler runs, nothing is flushed.
    typist.kill().unwrap();
    typist.wait().unwrap();
    assert_eq!(acknowledged, 20);

    let local = Local::open(&file).await.unwrap();
    let kept = local
        .kept_drafts(hearing(), account())
        .await
        .unwrap()
        .remove(0);
    assert!(kept["typed"].as_u64().unwrap() >= acknowledged, "{kept}");
}

#[tokio::test]
#[ignore = "the program that the test above starts and kills"]
async fn typing_until_killed() {
    let file = std::env::var_os("LOCAL_FILE").unwrap();
    let local = Local::open(file.as_ref()).await.unwrap();
    for typed in 1_u64.. {
        let draft = json!({ "typed": typed, "text": "x".repeat(2_000) });
        local
            .keep_draft(hearing(), account(), &draft)
            .await
            .unwrap();
        let mut out = std::io::stdout();
        writeln!(out, "\nkept {typed}").unwrap();
        out.flush().unwrap();
    }
}
