//! What was typed in a hearing and left by whom it was closed to: found by the hearing, whether
//! there is one or not, kept by a rebuild, and gone with the key of its case.

use crate::{
    court::{Office, Paper, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, KeptWords, Ledger};
use domain::{Event, Stream, StreamKind, reading::ReadingEvent};
use uuid::Uuid;
use vocabulary::{CaseId, HearingId, OrganisationKind};

async fn leave(
    ground: &Ground,
    by: &Office,
    (about, hearing_id, seconds): (Uuid, HearingId, i64),
    cases: &[CaseId],
    (words, shown): (&str, bool),
) {
    let event = ReadingEvent::WordsLeft {
        hearing_id,
        cases: cases.to_vec(),
        words: words.to_owned(),
        shown,
        organisation: by.organisation,
    };
    let stream = Stream::new(StreamKind::Reading, about);
    let events = vec![Event::Reading(event)];
    let mut leaving = command(vec![part(stream, Expected::Any, events)]);
    leaving.moment.by = by.person();
    leaving.moment.at = noon().plus_seconds(seconds);
    ground.store.append(leaving).await.unwrap();
}

on_both! {
    async fn what_was_left_in_a_hearing_is_found_by_it_until_its_case_is_forgotten(ground: &Ground) {
        let store = &ground.store;
        let office = Office::open(store, OrganisationKind::Court, None).await;
        let paper = Paper::new();
        append(store, paper.stream(), vec![paper.created()]).await.unwrap();
        let (hearing, nowhere): (HearingId, HearingId) = (fresh(), fresh());
        let case = paper.case.0;
        leave(ground, &office, (case, hearing, 60), &[], ("curfew", true)).await;
        leave(ground, &office, (case, hearing, 0), &[], ("fine", true)).await;
        // The same again is the first; what is shown to nobody is found by nobody.
        leave(ground, &office, (case, hearing, 90), &[], ("fine", true)).await;
        leave(ground, &office, (case, hearing, 90), &[], ("of a stranger", false)).await;
        leave(ground, &office, (nowhere.0, nowhere, 30), &[], ("of no hearing", true)).await;
        let kept = |words: &str, seconds| KeptWords {
            by: "Rhiannon Ford".to_owned(),
            at: noon().plus_seconds(seconds),
            words: words.to_owned(),
        };
        let left = async |of| store.words_left(of, &[]).await.unwrap();
        assert_eq!(left(hearing).await, [kept("fine", 0), kept("curfew", 60)]);
        assert_eq!(left(nowhere).await, [kept("of no hearing", 30)]);
        assert_eq!(left(fresh()).await, []);
        // Of a hearing that there is not, it is found by its cases as well, and once.
        let (gone, next): (HearingId, HearingId) = (fresh(), fresh());
        leave(ground, &office, (case, gone, 120), &[paper.case], ("before", true)).await;
        for of in [gone, next] {
            let found = store.words_left(of, &[fresh(), paper.case]).await.unwrap();
            assert_eq!(found, [kept("before", 120)]);
        }
        assert_eq!(left(next).await, []);
        store.rebuild().await.unwrap();
        assert_eq!(left(hearing).await.len(), 2);
        store.forget(case, noon()).await.unwrap();
        assert_eq!(left(hearing).await, []);
        assert_eq!(left(nowhere).await.len(), 1);
    }
}
