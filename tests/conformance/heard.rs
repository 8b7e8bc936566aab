//! What was asked and refused is kept until it is in the ledger: added up, closed under a
//! command, told to whichever server records it, and forgotten.

use crate::ground::Ground;
use app::ports::{Heard, HeardKind, HeardLine};
use std::collections::BTreeSet;
use uuid::Uuid;
use vocabulary::Instant;

fn at(seconds: i64) -> Instant {
    crate::court::noon().plus_seconds(seconds)
}

fn line(kind: HeardKind, whose: u128, what: u128, seconds: i64) -> HeardLine {
    HeardLine {
        kind,
        id: Uuid::from_u128(what),
        whose: Uuid::from_u128(whose),
        body: format!("{{\"what\":\"{what} naïve\"}}"),
        first: at(seconds),
        last: at(seconds + 5),
        times: 3,
    }
}

on_both! {
    async fn what_is_heard_again_is_added_up_and_becomes_one_batch_of_each_person(ground: &Ground) {
        let store = &ground.store;
        let asked = HeardKind::Asked;
        let one = || vec![line(asked, 1, 10, 0), line(asked, 1, 11, 1), line(asked, 2, 20, 2)];
        store.keep_heard(one()).await.unwrap();
        store.keep_heard(vec![line(asked, 1, 10, 60), line(HeardKind::Refused, 0, 30, 0)]).await.unwrap();
        store.keep_heard(Vec::new()).await.unwrap();
        assert_eq!(store.closed_heard(asked).await.unwrap(), []);
        store.close_heard(asked).await.unwrap();
        let batches = store.closed_heard(asked).await.unwrap();
        assert_eq!(batches.len(), 2);
        let of = |whose: u128| {
            let own = |one: &&app::ports::HeardBatch| one.lines[0].whose == Uuid::from_u128(whose);
            batches.iter().find(own).unwrap()
        };
        let added = HeardLine { last: at(65), times: 6, ..line(asked, 1, 10, 0) };
        assert_eq!(of(1).lines, [added, line(asked, 1, 11, 1)]);
        assert_eq!(of(2).lines, [line(asked, 2, 20, 2)]);
        // What was refused is another matter.
        assert_eq!(store.closed_heard(HeardKind::Refused).await.unwrap(), []);
        // Nothing more is added to what is closed; the same again begins anew.
        store.keep_heard(vec![line(asked, 1, 10, 90)]).await.unwrap();
        assert_eq!(store.closed_heard(asked).await.unwrap(), batches);
        // Closed again, they keep the commands under which they are recorded.
        store.close_heard(asked).await.unwrap();
        let more = store.closed_heard(asked).await.unwrap();
        assert_eq!(more.len(), 3);
        for batch in &batches {
            assert!(more.contains(batch));
            store.settle_heard(batch.command).await.unwrap();
        }
        assert_eq!(store.closed_heard(asked).await.unwrap().len(), 1);
    }

    async fn a_hundred_lines_are_kept_at_once_and_what_they_say_is_sealed(ground: &Ground) {
        let store = &ground.store;
        let kind = HeardKind::Refused;
        let lines: Vec<_> = (0..100).map(|what| line(kind, 0, what, 0)).collect();
        store.keep_heard(lines.clone()).await.unwrap();
        for row in ground.rows("select sealed from heard").await {
            assert!(!row[0].contains("naïve"));
        }
        store.close_heard(kind).await.unwrap();
        let batches = store.closed_heard(kind).await.unwrap();
        assert_eq!(batches.len(), 1);
        let kept: BTreeSet<_> = batches[0].lines.iter().map(|own| own.body.clone()).collect();
        assert_eq!(kept, lines.into_iter().map(|own| own.body).collect());
    }

    async fn servers_beside_each_other_add_to_the_same_lines_and_either_records_them(ground: &Ground) {
        let (store, other) = (&ground.store, &ground.another_server().await);
        let kind = HeardKind::Asked;
        let lines = || (0..20).map(|what| line(kind, what % 3, what, 0)).collect::<Vec<_>>();
        let keep = async |store: &store::Store| {
            for _ in 0..5 {
                let mut lines = lines();
                lines.reverse();
                store.keep_heard(lines).await.unwrap();
                store.close_heard(kind).await.unwrap();
            }
        };
        futures::join!(keep(store), keep(other));
        let batches = other.closed_heard(kind).await.unwrap();
        let times: u64 = batches.iter().flat_map(|one| &one.lines).map(|own| own.times).sum();
        assert_eq!(times, 2 * 5 * 20 * 3);
        let commands: BTreeSet<_> = batches.iter().map(|one| one.command).collect();
        assert_eq!(commands.len(), batches.len());
    }
}
