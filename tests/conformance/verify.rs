//! The proof: what was altered is named, what was cut off is noticed.

use crate::{
    court::{Paper, append, noon},
    ground::{Database, Ground},
};
use domain::Stream;
use sha2::{Digest, Sha256};
use store::Wrong;

/// Three cases, each with two events.
async fn record(ground: &Ground) -> Vec<Paper> {
    let papers: Vec<Paper> = (0..3).map(|_| Paper::new()).collect();
    for paper in &papers {
        append(&ground.store, paper.stream(), vec![paper.created()])
            .await
            .unwrap();
    }
    for paper in &papers {
        append(
            &ground.store,
            paper.stream(),
            vec![paper.pleaded(noon().day())],
        )
        .await
        .unwrap();
    }
    papers
}

/// Statements that alter exactly one byte of the body of the event at a position.
fn alter_one_byte(database: Database, position: u64) -> String {
    let flip = match database {
        Database::Sqlite => {
            "cast(substr(body, 1, 20) || \
             case when substr(body, 21, 1) = x'00' then x'01' else x'00' end || \
             substr(body, 22) as blob)"
        }
        #[cfg(unix)]
        Database::Postgres => "set_byte(body, 20, (get_byte(body, 20) + 1) % 256)",
    };
    format!("update ledger_event set body = {flip} where position = {position}")
}

on_both! {
    async fn a_ledger_that_nobody_touched_is_whole(ground: &Ground) {
        assert_eq!(ground.store.verify().await.unwrap().events, 0);
        record(ground).await;
        let found = ground.store.verify().await.unwrap();
        assert_eq!((found.events, found.streams, &found.bad), (6, 3, &None));
        assert_eq!(found.hash, ground.value("select hash from ledger_event where position = 6").await);
        let signed = ground.store.checkpoint().await.unwrap();
        assert_eq!((signed.position, &signed.hash), (6, &found.hash));
        assert_eq!(ground.store.verify().await.unwrap().checkpoint, Some(signed));
    }

    async fn one_altered_byte_names_its_event(ground: &Ground) {
        let papers = record(ground).await;
        let before = ground.value("select length(body) from ledger_event where position = 5").await;
        ground.tamper(&alter_one_byte(ground.database, 5)).await;
        assert_eq!(ground.value("select length(body) from ledger_event where position = 5").await, before);
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!((bad.position, bad.version), (5, 2));
        assert_eq!(bad.stream.parse::<Stream>().unwrap(), papers[1].stream());
        let id = ground.value("select event_id from ledger_event where position = 5").await;
        assert_eq!(bad.event_id, id);
        assert!(bad.what.contains("altered"), "{}", bad.what);
    }

    async fn every_stored_column_is_under_the_hash(ground: &Ground) {
        record(ground).await;
        for change in [
            "at = at + 1",
            "actor = actor || ' '",
            "name = 'case.other'",
            "command_id = 'other'",
            "event_id = 'other'",
            "key_owner = 'other'",
            "stream_kind = 'hearing'",
        ] {
            let column = change.split(' ').next().unwrap();
            let sql = format!("select {column} from ledger_event where position = 2");
            let kept = ground.value(&sql).await;
            ground.tamper(&format!("update ledger_event set {change} where position = 2")).await;
            let bad = ground.store.verify().await.unwrap().bad;
            assert_eq!(bad.map(|bad| bad.position), Some(2), "{change}");
            let kept = if column == "at" { kept } else { format!("'{kept}'") };
            ground.tamper(&format!("update ledger_event set {column} = {kept} where position = 2")).await;
            assert_eq!(ground.store.verify().await.unwrap().bad, None, "{change}");
        }
    }

    async fn an_event_removed_from_the_middle_is_noticed(ground: &Ground) {
        record(ground).await;
        ground.tamper("delete from ledger_event where position = 3").await;
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!(bad.position, 3);
        assert!(bad.what.contains("removed"), "{}", bad.what);
    }

    async fn a_tail_that_was_cut_off_is_noticed_through_the_checkpoint(ground: &Ground) {
        let papers = record(ground).await;
        let signed = ground.store.checkpoint().await.unwrap();
        // Cut so cleanly that the chain itself is whole.
        ground.tamper("delete from ledger_event where position = 6").await;
        ground
            .tamper(&format!(
                "update stream_head set version = 1, \
                 hash = (select hash from ledger_event where position = 3) where stream = '{}'",
                papers[2].stream()
            ))
            .await;
        let found = ground.store.verify().await.unwrap();
        assert_eq!(found.events, 5);
        let bad = found.bad.unwrap();
        assert_eq!(bad.position, 6);
        assert!(bad.what.contains("no longer reaches"), "{}", bad.what);
        // The evidence is not signed over.
        assert!(ground.store.checkpoint().await.is_err());
        assert_eq!(ground.store.verify().await.unwrap().checkpoint, Some(signed));
    }

    async fn an_event_that_somebody_added_in_the_right_chains_is_named(ground: &Ground) {
        let papers = record(ground).await;
        let stream = papers[2].stream().to_string();
        let value = async |column: &str| {
            let sql = format!("select {column} from ledger_event where position = 6");
            ground.value(&sql).await
        };
        let (kind, owner) = (value("stream_kind").await, value("key_owner").await);
        let (actor, before) = (value("actor").await, value("hash").await);
        let at: i64 = value("at").await.parse().unwrap();
        let body = [7_u8; 60];
        // As `EventRow::computed_hash` has it: no key is asked.
        let mut digest = Sha256::new();
        let mut field = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        };
        field(b"ledger event 1");
        field(&7_i64.to_be_bytes());
        field(stream.as_bytes());
        field(kind.as_bytes());
        field(&3_i64.to_be_bytes());
        field(b"added");
        field(b"case.plea_entered");
        field(owner.as_bytes());
        field(b"added");
        field(actor.as_bytes());
        field(&at.to_be_bytes());
        field(&body);
        field(before.as_bytes());
        field(before.as_bytes());
        let hash = hex::encode(digest.finalize());
        let sealed = match ground.database {
            Database::Sqlite => format!("x'{}'", hex::encode(body)),
            #[cfg(unix)]
            Database::Postgres => format!("'\\x{}'", hex::encode(body)),
        };
        ground.tamper(&format!(
            "insert into ledger_event (position, stream, stream_kind, version, event_id, name, \
             key_owner, command_id, actor, at, body, prev_stream_hash, prev_chain_hash, hash) \
             values (7, '{stream}', '{kind}', 3, 'added', 'case.plea_entered', '{owner}', 'added', \
             '{actor}', {at}, {sealed}, '{before}', '{before}', '{hash}')"
        )).await;
        ground.tamper(&format!(
            "update stream_head set version = 3, hash = '{hash}' where stream = '{stream}'"
        )).await;
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!((bad.wrong, bad.position, bad.stream), (Wrong::Event, 7, stream));
        assert!(bad.what.contains("did not record it"), "{}", bad.what);
    }

    async fn a_checkpoint_that_somebody_else_signed_proves_nothing(ground: &Ground) {
        record(ground).await;
        ground.store.checkpoint().await.unwrap();
        let file = ground.path("keys/checkpoint.json");
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("\"position\": 6", "\"position\": 5")).unwrap();
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!(bad.wrong, Wrong::End);
        assert!(bad.what.contains("not signed"), "{}", bad.what);
    }

    async fn a_head_that_is_not_the_last_event_is_noticed(ground: &Ground) {
        let papers = record(ground).await;
        let stream = papers[0].stream();
        ground.tamper(&format!("update stream_head set version = 1 where stream = '{stream}'")).await;
        let bad = ground.store.verify().await.unwrap().bad.unwrap();
        assert_eq!((bad.wrong, bad.stream), (Wrong::Head, stream.to_string()));
        ground.store.rebuild().await.unwrap();
        assert_eq!(ground.store.verify().await.unwrap().bad, None);
    }

    async fn a_key_that_was_taken_away_exchanged_or_called_forgotten_is_named(ground: &Ground) {
        let papers = record(ground).await;
        let owner = |at: usize| papers[at].case.to_string();
        let named = async || {
            let bad = ground.store.verify().await.unwrap().bad?;
            assert_eq!(bad.wrong, Wrong::Key);
            Some(bad.stream)
        };
        assert_eq!(named().await, None);
        ground.tamper("create table kept as select * from data_key").await;
        let put_back = async || {
            ground.tamper("delete from data_key").await;
            ground.tamper("insert into data_key select * from kept").await;
            assert_eq!(named().await, None);
        };
        for (at, change) in [
            (0, format!("delete from data_key where owner = '{}'", owner(0))),
            // As a case that was forgotten, which nobody asked for.
            (1, format!("update data_key set destroyed_at = 1 where owner = '{}'", owner(1))),
            (2, format!(
                "update data_key set wrapped = (select wrapped from kept where owner = '{}') \
                 where owner = '{}'",
                owner(0), owner(2)
            )),
        ] {
            ground.tamper(&change).await;
            assert_eq!(named().await, Some(owner(at)), "{change}");
            put_back().await;
        }
        // What this server destroyed is no lie, and no proof of another.
        ground.store.forget(papers[0].case.0, noon()).await.unwrap();
        assert_eq!(named().await, None);
        ground.tamper(&format!(
            "update data_key set destroyed_at = (select destroyed_at from data_key where owner = '{0}'), \
             wrapped = (select wrapped from data_key where owner = '{0}') where owner = '{1}'",
            owner(0), owner(1)
        )).await;
        assert_eq!(named().await, Some(owner(1)));
        ground.tamper("drop table kept").await;
    }

    async fn keys_are_readable_by_the_server_only(ground: &Ground) {
        for name in ["wrapping.key", "signing.key"] {
            let about = std::fs::metadata(ground.path("keys").join(name)).unwrap();
            assert!(about.is_file());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(about.permissions().mode() & 0o777, 0o600);
            }
        }
    }

    async fn a_record_whose_keys_are_missing_is_not_opened_with_new_ones(ground: &Ground) {
        record(ground).await;
        std::fs::remove_dir_all(ground.path("keys")).unwrap();
        let refused = store::Store::open(&ground.settings).await;
        assert!(refused.is_err());
        assert!(!ground.path("keys/wrapping.key").exists());
    }
}
