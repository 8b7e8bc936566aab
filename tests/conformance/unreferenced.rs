//! Bytes to which nothing refers go away, and those stay to which something may.

use crate::{
    court::{Paper, Warrant, append, fresh, noon},
    ground::Ground,
};
use app::ports::{KeptUpload, Objects, Work};
use domain::{Event, case::CaseEvent, document::DocumentEvent};
use std::{
    fs::File,
    path::PathBuf,
    time::{Duration, SystemTime},
};

const DAY: u64 = 24 * 60 * 60;

fn path(ground: &Ground, sha256: &str) -> PathBuf {
    let outer = ground.path("objects").join(&sha256[..2]);
    outer.join(&sha256[2..4]).join(sha256)
}

fn written_days_ago(ground: &Ground, sha256: &str, days: u64) {
    let file = File::options().append(true).open(path(ground, sha256));
    let then = SystemTime::now() - Duration::from_secs(days * DAY);
    file.unwrap().set_modified(then).unwrap();
}

/// A day of hourly sweeps.
async fn day(ground: &Ground) -> usize {
    let mut removed = 0;
    for hour in 0..24 {
        let at = noon().plus_seconds(hour * 60 * 60);
        removed += ground.store.sweep_unreferenced(at).await.unwrap();
    }
    removed
}

on_both! {
    async fn what_nothing_refers_to_goes_away_within_a_day_of_sweeps(ground: &Ground) {
        let store = &ground.store;
        let put = async |words: &str| store.put(words.as_bytes().to_vec()).await.unwrap();
        let paper = put("a paper").await;
        let document = put("a document").await;
        let marked = put("no longer applies").await;
        let upload = put("waits to be served").await;
        let orphan = put("whose row found no room").await;
        let fresh_one = put("is on its way").await;
        let case = Paper::new();
        let mut served = case.served(None, fresh());
        if let Event::Case(CaseEvent::MaterialServed { sha256, .. }) = &mut served {
            sha256.clone_from(&paper);
        }
        append(store, case.stream(), vec![case.created(), served]).await.unwrap();
        let warrant = Warrant::new();
        append(store, warrant.stream(), vec![
            warrant.requested(&case, fresh(), fresh()),
            Event::Document(DocumentEvent::DocumentMade { sha256: document.clone(), bytes: 10 }),
            warrant.superseded(),
            warrant.marked(&marked),
        ]).await.unwrap();
        let kept = KeptUpload {
            id: fresh(),
            account: fresh(),
            sha256: upload.clone(),
            bytes: 18,
            mime: "application/pdf".to_owned(),
        };
        store.keep_upload(&kept, noon()).await.unwrap();

        for sha256 in [&paper, &document, &marked, &upload, &orphan] {
            written_days_ago(ground, sha256, 6);
        }
        assert_eq!(day(ground).await, 0, "a week is waited");
        for sha256 in [&paper, &document, &marked, &upload, &orphan] {
            written_days_ago(ground, sha256, 8);
        }
        assert_eq!(day(ground).await, 1);
        assert!(!path(ground, &orphan).exists());
        for sha256 in [&paper, &document, &marked, &upload, &fresh_one] {
            assert!(path(ground, sha256).exists());
        }
        // The same bytes, wanted again, are fresh again.
        let again = put("whose row found no room").await;
        assert_eq!(again, orphan);
        written_days_ago(ground, &orphan, 8);
        assert_eq!(put("whose row found no room").await, orphan);
        assert_eq!(day(ground).await, 0);
    }

    async fn while_it_is_not_known_what_a_document_is_made_of_nothing_goes_away(ground: &Ground) {
        let store = &ground.store;
        let orphan = store.put(b"nobody's".to_vec()).await.unwrap();
        written_days_ago(ground, &orphan, 8);
        let (case, warrant) = (Paper::new(), Warrant::new());
        append(store, warrant.stream(), vec![
            warrant.requested(&case, fresh(), fresh()),
            warrant.made(),
        ]).await.unwrap();
        ground.tamper("update document_index set sha256 = null").await;
        assert_eq!(day(ground).await, 0);
        ground.tamper("update document_index set sha256 = 'known'").await;
        assert_eq!(day(ground).await, 1);
    }
}
