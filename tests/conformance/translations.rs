//! Documents that wait for Welsh, by court, and the words that translators gave.

use crate::{
    court::{Office, Paper, Room, Warrant, append, command, fresh, noon, part},
    ground::Ground,
};
use app::ports::{Expected, Index, Ledger};
use domain::{
    Event, Stream, StreamKind,
    document::DocumentEvent,
    translation::{Kind, Missing, Owed, WORDS, Word, WordsEvent},
};
use vocabulary::{AccountId, HearingId, OrganisationKind};

/// A document of the room that owes Welsh; its letters wait, or do not.
async fn owing(ground: &Ground, room: &Room, held: Option<u32>) -> Warrant {
    let store = &ground.store;
    let prison = Office::open(store, OrganisationKind::Prison, None).await;
    let (paper, warrant) = (Paper::new(), Warrant::new());
    let hearing: HearingId = fresh();
    let stream = Stream::new(StreamKind::Hearing, hearing.0);
    let listed = paper.listed(hearing, room, noon());
    store
        .append(command(vec![
            part(paper.stream(), Expected::New, vec![paper.created()]),
            part(stream, Expected::New, vec![listed]),
        ]))
        .await
        .unwrap();
    let mut requested = warrant.requested(&paper, hearing, prison.organisation);
    if let Event::Document(DocumentEvent::DocumentRequested {
        deliveries, welsh, ..
    }) = &mut requested
    {
        for delivery in deliveries {
            delivery.held = held;
        }
        let missing = Missing {
            word: Word::new(Kind::Court, "Ashmere"),
            suggested: None,
            given: None,
        };
        *welsh = Some(Owed::new(vec![missing], serde_json::Value::Null));
    }
    append(store, warrant.stream(), vec![requested, warrant.made()])
        .await
        .unwrap();
    warrant
}

on_both! {
    async fn a_court_lists_what_waits_for_welsh_those_first_with_which_letters_wait(ground: &Ground) {
        let store = &ground.store;
        let room = Room::new();
        let sent = owing(ground, &room, None).await;
        let waits = owing(ground, &room, Some(60)).await;
        let found = store.translations_of(room.court, 9).await.unwrap();
        let id = |own: &Warrant| own.stream().id;
        let ids: Vec<_> = found.first.iter().map(|own| own.0).collect();
        assert_eq!(ids, [id(&waits), id(&sent)]);
        assert_eq!((found.total, found.unowned), (2, 2));
        assert_eq!(store.translations_of(fresh(), 9).await.unwrap().total, 0);
        // Nothing that waits stands in the queue of an inbox.
        let due = store.documents_to_deliver(9).await.unwrap();
        assert!(due.iter().all(|own| own.0 != id(&waits)));

        let taken = DocumentEvent::TranslationTaken { account: fresh::<AccountId>(), name: "Mair Oak".to_owned() };
        let given = DocumentEvent::WelshGiven { given: vec![(0, "Llys".to_owned())], by: "Mair Oak".to_owned() };
        append(store, waits.stream(), vec![Event::Document(taken), Event::Document(given)]).await.unwrap();
        let found = store.translations_of(room.court, 1).await.unwrap();
        assert_eq!((found.first.len(), found.total, found.unowned), (1, 2, 1));

        let followed = DocumentEvent::WelshFollowed { by: fresh() };
        append(store, waits.stream(), vec![Event::Document(followed)]).await.unwrap();
        let found = store.translations_of(room.court, 9).await.unwrap();
        assert_eq!((found.first[0].0, found.total), (id(&sent), 1));
    }

    async fn words_that_were_given_are_known_and_the_last_counts(ground: &Ground) {
        let store = &ground.store;
        assert_eq!(store.words().await.unwrap(), None);
        let word = Word::new(Kind::Label, "Unpaid work");
        for welsh in ["Gwaith", "Gwaith di-dal"] {
            let given = WordsEvent::WordsGiven { words: vec![(word.clone(), welsh.to_owned())], by: "Mair Oak".to_owned() };
            let stream = Stream::new(StreamKind::Words, WORDS);
            append(store, stream, vec![Event::Words(given)]).await.unwrap();
        }
        let words = store.words().await.unwrap().unwrap();
        assert_eq!(words.of(&word), Some("Gwaith di-dal"));
        assert_eq!(words.of(&Word::about(Kind::Choice, "x", "Unpaid work")), None);
    }
}
