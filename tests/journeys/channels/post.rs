//! Letters: printed in batches, once, and never when they no longer stand.

use app::{
    document::{What, bounced, dead_letters, post_batch, posted, retry},
    ports::{Append, Expected, StreamAppend},
};
use domain::{Actor, Event, Moment, Stream, StreamKind, document::DocumentEvent};
use server::{State, config::Config};
use std::{fs, path::PathBuf};
use testkit::{Asked, Program, ask_for};
use vocabulary::{AmendmentReason, CommandId, DeliveryState};

const TODAY: &str = "2026-11-23";

async fn record(program: &Program) -> State {
    let config = Config {
        today: Some(TODAY.parse().unwrap()),
        ..Config::in_folder(program.folder())
    };
    State::open(&config).await.unwrap()
}

/// The document no longer stands, and has a copy that says so.
async fn superseded(state: &State, one: Asked) {
    let app = &state.app;
    let document = app.ledger.document(one.document).await.unwrap().unwrap();
    let ended = DocumentEvent::DocumentSuperseded {
        by: None,
        cancelled_by: None,
        reason: AmendmentReason::RecordedWrongly,
        untold: Vec::new(),
    };
    let marked = DocumentEvent::SupersededCopyMade {
        sha256: document.sha256.clone().unwrap(),
        bytes: 9,
    };
    app.ledger
        .append(Append {
            command: CommandId(uuid::Uuid::now_v7()),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Document, one.document.0),
                expected: Expected::Version(document.version),
                key: document.case_id.0,
                events: vec![Event::Document(ended), Event::Document(marked)],
            }],
            answer: serde_json::Value::Null,
        })
        .await
        .unwrap();
}

fn batches(out: &PathBuf) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn letters_are_printed_once_and_what_was_superseded_is_withdrawn_or_called_back() {
    let program = Program::idle(TODAY).await;
    assert!(program.run(&["migrate"]).0);
    let out = program.folder().join("printer");
    let to = out.display().to_string();
    let print = || {
        let (printed, said) = program.run(&["post", "batch", "--out", &to]);
        assert!(printed, "{said}");
        said
    };
    assert!(print().contains("Nothing waits"));

    // A batch is begun, and the power fails before it is written.
    let state = record(&program).await;
    let asked = ask_for(&state.app, &[], 3).await;
    let begun = post_batch(&state.app).await.unwrap().unwrap();
    assert_eq!(begun.sheets.len(), 3);
    let same = post_batch(&state.app).await.unwrap().unwrap();
    assert_eq!(begun, same);
    // Meanwhile one no longer stands, and another is asked for.
    superseded(&state, asked[1]).await;
    let later = ask_for(&state.app, &[], 1).await[0];
    state.store.close().await.unwrap();
    let said = print();
    assert!(
        said.contains("2 letters") && said.contains("1 withdrawn"),
        "{said}"
    );
    let folder = out.join(format!("batch-{}", begun.id));
    let manifest = fs::read_to_string(folder.join("manifest.csv")).unwrap();
    let lines: Vec<&str> = manifest.lines().collect();
    assert!(
        manifest.contains("\"0 High Street\nAM1 1AA\""),
        "{manifest}"
    );
    assert!(!manifest.contains(&later.delivery.to_string()));
    let of = |one: Asked| {
        let found = manifest.find(&one.delivery.to_string());
        found.is_some()
    };
    assert!(asked.iter().all(|one| of(*one)), "{lines:?}");
    assert!(
        manifest.contains("withdrawn,,first,Recipient 1"),
        "{manifest}"
    );
    let pdfs = batches(&folder);
    assert_eq!(pdfs.len(), 3, "two letters and the manifest: {pdfs:?}");
    assert!(fs::read(&pdfs[0]).unwrap().starts_with(b"%PDF-"));

    // The next batch has the later letter, and calls back what was printed.
    let state = record(&program).await;
    let sent = |one: Asked, state: &State| {
        let app = state.app.clone();
        async move {
            let document = app.ledger.document(one.document).await.unwrap().unwrap();
            document.delivery(one.delivery).unwrap().state
        }
    };
    assert_eq!(sent(asked[0], &state).await, DeliveryState::Sent);
    assert_eq!(sent(asked[1], &state).await, DeliveryState::Stopped);
    superseded(&state, asked[0]).await;
    // What was printed has gone: the record goes on saying so.
    assert_eq!(sent(asked[0], &state).await, DeliveryState::Sent);
    state.store.close().await.unwrap();
    let said = print();
    assert!(
        said.contains("1 letters") && said.contains("1 to be called back"),
        "{said}"
    );
    let second = batches(&out)
        .into_iter()
        .find(|path| *path != folder)
        .unwrap();
    let manifest = fs::read_to_string(second.join("manifest.csv")).unwrap();
    let recall = manifest.lines().find(|line| line.starts_with("recall,"));
    assert!(recall.is_some(), "{manifest}");
    assert!(manifest.contains(&begun.id.to_string()), "{manifest}");
    assert!(print().contains("Nothing waits"));

    // Recorded twice, as after a crash between recording and ending, it is sent once.
    let state = record(&program).await;
    let asked = ask_for(&state.app, &[], 1).await[0];
    let batch = post_batch(&state.app).await.unwrap().unwrap();
    assert_eq!(batch.sheets[0].what, What::Print);
    assert_eq!(posted(&state.app, &batch).await.unwrap(), 1);
    assert_eq!(posted(&state.app, &batch).await.unwrap(), 1);
    let document = state.app.ledger.document(asked.document).await.unwrap();
    assert_eq!(document.unwrap().version, 3);

    // The post brings it back, and once more: each time it is a dead letter until somebody has it
    // posted again.
    let mut before = batch.id;
    for _ in 0..2 {
        let recorded = bounced(&state.app, asked.delivery, "gone away").await;
        assert!(recorded.unwrap());
        let dead = dead_letters(&state.app).await.unwrap();
        assert!(dead.iter().any(|own| own.delivery == asked.delivery));
        retry(&state.app, asked.delivery).await.unwrap();
        let again = post_batch(&state.app).await.unwrap().unwrap();
        assert_ne!(again.id, before);
        before = again.id;
        assert_eq!(again.sheets[0].delivery, asked.delivery);
        assert_eq!(posted(&state.app, &again).await.unwrap(), 1);
    }
    assert!(post_batch(&state.app).await.unwrap().is_none());
    state.store.close().await.unwrap();
}

#[tokio::test]
async fn two_who_print_at_once_lose_no_letter() {
    let program = Program::idle(TODAY).await;
    assert!(program.run(&["migrate"]).0);
    let state = record(&program).await;
    ask_for(&state.app, &[], 3).await;
    let out = program.folder().join("printer");
    let to = out.display().to_string();

    // Somebody else is writing letters; what waits is left to them.
    let other = state.store.begin_posting().unwrap();
    let (printed, said) = program.run(&["post", "batch", "--out", &to]);
    assert!(!printed && said.contains("being written"), "{said}");
    assert!(!out.exists());
    drop(other);

    let (printed, said) = program.run(&["post", "batch", "--out", &to]);
    assert!(printed && said.contains("3 letters"), "{said}");
    state.store.close().await.unwrap();
}
