//! What cannot be printed, an amendment while a letter waits, and two translators at once.

use super::{ORDER, all_of, give, named, on, open, settle, shared, state};
use crate::amending::{begin, reshare, typed};
use contract::{
    Code,
    hearing::Line,
    translation::{self, GivenWelsh},
};
use vocabulary::{AmendmentKind, DeliveryState};

#[tokio::test]
async fn what_cannot_be_printed_is_refused_and_nothing_of_it_is_kept() {
    let court = on(None).await;
    let (adviser, room) = shared(&court, "29ZZ0001626", "community_order").await;
    let order = named(&court, &room, ORDER).await.remove(0);
    for (place, welsh, code) in [
        (0, "   ".to_owned(), "no_welsh"),
        (0, "a\u{7}b".to_owned(), "unreadable"),
        (0, "\u{E000}1\u{E001}".to_owned(), "unreadable"),
        (0, "a".repeat(80_001), "too_long"),
        (9_999, "Llys".to_owned(), "no_such_value"),
    ] {
        let give = translation::Give {
            document_id: order.id,
            values: vec![GivenWelsh { place, welsh }],
        };
        let refused = adviser.translation_give(&give).await.unwrap_err();
        assert_eq!(refused.reference.as_deref(), Some(code), "{refused:?}");
    }
    // Arabic, combining marks and a quotation are words like others.
    let whole = open(&adviser, order.id).await;
    let mut values = all_of(&whole);
    values[0].welsh = "Gŵyl \u{202b}محكمة\u{202c} e\u{301} \u{201c}dŵr\u{201d}".to_owned();
    let done = give(&adviser, order.id, values).await;
    assert!(done.followed.is_some());
    settle(&court).await;
    assert!(named(&court, &room, ORDER).await[1].sha256.is_some());
}

#[tokio::test]
async fn an_amendment_replaces_what_waits_and_tells_nobody_of_a_letter_that_never_went() {
    let court = on(None).await;
    let (adviser, room) = shared(&court, "29ZZ0001726", "community_order").await;
    let first = named(&court, &room, ORDER).await.remove(0);
    let values = all_of(&open(&adviser, first.id).await);
    give(&adviser, first.id, values[..1].to_vec()).await;

    let view = begin(
        &adviser,
        room.hearing_id,
        AmendmentKind::AdministrativeError,
    )
    .await
    .unwrap();
    let mut lines: Vec<Line> = view
        .draft
        .lines
        .iter()
        .map(|own| own.line.clone())
        .collect();
    for line in &mut lines {
        if let Some(hours) = line.answers.get_mut("numberOfHours") {
            "120 hours".clone_into(hours);
        }
    }
    let view = typed(&adviser, &view, lines).await;
    reshare(&adviser, &view).await.unwrap();
    settle(&court).await;

    let orders = named(&court, &room, ORDER).await;
    let [first, second] = orders.as_slice() else {
        panic!("{} orders", orders.len());
    };
    assert!(first.superseded.is_some());
    assert_eq!(state(first, "Defendant"), DeliveryState::Stopped);
    assert_eq!(state(second, "Defendant"), DeliveryState::Queued);
    let ended = named(&court, &room, "Notice that a Document No Longer Applies").await;
    let told = ended.iter().flat_map(|own| &own.deliveries);
    let defendant = &room.defendants[0].name;
    assert!(told.into_iter().all(|own| own.request.name != *defendant));

    // The old one is off the list and takes no Welsh; the new one asks for what is still unknown.
    let listed = adviser
        .translation_list(&translation::List {})
        .await
        .unwrap()
        .items;
    assert!(listed.iter().all(|own| own.document_id != first.id));
    assert!(listed.iter().any(|own| own.document_id == second.id));
    let late = translation::Give {
        document_id: first.id,
        values: values[1..].to_vec(),
    };
    let refused = adviser.translation_give(&late).await.unwrap_err();
    assert_eq!(refused.reference.as_deref(), Some("superseded"));
    let done = give(
        &adviser,
        second.id,
        all_of(&open(&adviser, second.id).await),
    )
    .await;
    assert!(done.followed.is_some());
}

#[tokio::test]
async fn two_translators_lose_nothing_of_each_others_work() {
    let court = on(None).await;
    let (adviser, room) = shared(&court, "29ZZ0001826", "community_order").await;
    let order = named(&court, &room, ORDER).await.remove(0);
    let values = all_of(&open(&adviser, order.id).await);
    let (these, those) = values.split_at(values.len() / 2);
    let one = translation::Give {
        document_id: order.id,
        values: these.to_vec(),
    };
    let other = translation::Give {
        document_id: order.id,
        values: those.to_vec(),
    };
    // Both at once: one of them may have to do it again, and finds the other's work there.
    let (first, second) = tokio::join!(
        adviser.translation_give(&one),
        adviser.translation_give(&other)
    );
    if let Err(refused) = &first {
        assert_eq!(refused.code, Code::Stale);
        adviser.translation_give(&one).await.unwrap();
    }
    if let Err(refused) = &second {
        assert_eq!(refused.code, Code::Stale);
        adviser.translation_give(&other).await.unwrap();
    }
    let orders = named(&court, &room, ORDER).await;
    assert_eq!(orders.len(), 2, "one copy in both languages, and not two");
    assert_eq!(orders[0].welsh.as_ref().unwrap().left(), 0);
}
