//! Deliveries on their way out: whose turn it is, claims, tries, and letters.

use crate::{
    court::{Office, fresh, noon},
    ground::Ground,
};
use app::ports::{Append, Carrying, Expected, Fate, Index, Ledger, StreamAppend, Towards, Whose};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    document::{DeliveryRequest, DocumentEvent},
};
use vocabulary::{
    AmendmentReason, CaseId, Channel, CommandId, DeliveryId, DeliveryState, DocumentId,
    DocumentKind, OrganisationId, OrganisationKind,
};

struct Asked {
    document: DocumentId,
    case: CaseId,
    delivery: DeliveryId,
}

async fn record(ground: &Ground, asked: &Asked, expected: Expected, events: Vec<DocumentEvent>) {
    ground
        .store
        .append(Append {
            command: CommandId(fresh::<CaseId>().0),
            moment: Moment {
                at: noon(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Document, asked.document.0),
                expected,
                key: asked.case.0,
                events: events.into_iter().map(Event::Document).collect(),
            }],
            answer: serde_json::Value::Null,
        })
        .await
        .unwrap();
}

/// A made document for an organisation that has it carried, or for the post.
async fn ask(ground: &Ground, organisation: Option<OrganisationId>) -> Asked {
    let channel = match organisation {
        Some(_) => Channel::Inbox,
        None => Channel::SecondClassPost,
    };
    ask_by(ground, organisation, channel).await
}

async fn ask_by(ground: &Ground, organisation: Option<OrganisationId>, channel: Channel) -> Asked {
    let asked = Asked {
        document: fresh(),
        case: fresh(),
        delivery: fresh(),
    };
    let requested = DocumentEvent::DocumentRequested {
        document_id: asked.document,
        now: fresh(),
        name: "Warrant".to_owned(),
        kind: DocumentKind::Warrant,
        hearing_id: fresh(),
        case_id: asked.case,
        defendant_id: fresh(),
        view: serde_json::Value::Null,
        deliveries: vec![DeliveryRequest {
            limits: domain::now::Limits::default(),
            id: asked.delivery,
            subscription: "Prison".to_owned(),
            name: "HMP Northbridge".to_owned(),
            address: vec!["1 High Street".to_owned(), "AM1 1AA".to_owned()],
            email: (channel == Channel::Email).then(|| "team@farwater.example.test".to_owned()),
            channel,
            organisation,
            acknowledgement_required: false,
            urgent_minutes: None,
            carried: channel != Channel::SecondClassPost,
            held: None,
        }],
        split_key: None,
        replaces: None,
        welsh: None,
        beside: Vec::new(),
    };
    let made = DocumentEvent::DocumentMade {
        sha256: "a".repeat(64),
        bytes: 9,
    };
    record(ground, &asked, Expected::New, vec![requested, made]).await;
    asked
}

async fn prison(ground: &Ground) -> OrganisationId {
    Office::open(&ground.store, OrganisationKind::Prison, None)
        .await
        .organisation
}

fn superseded() -> Vec<DocumentEvent> {
    vec![
        DocumentEvent::DocumentSuperseded {
            by: None,
            cancelled_by: None,
            reason: AmendmentReason::SlipRule,
            untold: Vec::new(),
        },
        DocumentEvent::SupersededCopyMade {
            sha256: "b".repeat(64),
            bytes: 9,
        },
    ]
}

fn advanced(asked: &Asked, state: DeliveryState) -> Vec<DocumentEvent> {
    vec![DocumentEvent::DeliveryAdvanced {
        delivery_id: asked.delivery,
        state,
        note: Some("so it went".to_owned()),
    }]
}

on_both! {
    async fn what_is_to_be_carried_is_not_added_up_as_delivered_before_it_has_left(ground: &Ground) {
        let prison = prison(ground).await;
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(ask(ground, Some(prison)).await);
        }
        let (from, to) = app::delivery::of_day(noon().day());
        let sums = async || {
            let sums = ground.store.deliveries_added_up(Whose::SentTo(prison), from, to).await.unwrap();
            (sums[0].requested, sums[0].delivered, sums[0].failed)
        };
        assert_eq!(sums().await, (3, 0, 0));
        record(ground, &all[0], Expected::Version(2), advanced(&all[0], DeliveryState::Failed)).await;
        record(ground, &all[1], Expected::Version(2), advanced(&all[1], DeliveryState::Sent)).await;
        record(ground, &all[2], Expected::Version(2), advanced(&all[2], DeliveryState::Received)).await;
        assert_eq!(sums().await, (3, 2, 1));
    }

    async fn a_claimed_delivery_is_nobody_elses_until_its_claim_lapses(ground: &Ground) {
        let store = &ground.store;
        let other = ground.another_server().await;
        let own = prison(ground).await;
        let first = ask(ground, Some(own)).await;
        ask(ground, Some(own)).await;
        assert_eq!(store.recipients(noon()).await.unwrap(), [Towards::Organisation(own)]);
        let lapses = noon().plus_seconds(30);
        let claimed = store.claim(Towards::Organisation(own), noon(), lapses, 1).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].tried, 0);
        let theirs = other.claim(Towards::Organisation(own), noon(), lapses, 9).await.unwrap();
        assert_eq!(theirs.len(), 1);
        assert_ne!(theirs[0].delivery, claimed[0].delivery);
        assert!(other.claim(Towards::Organisation(own), noon(), lapses, 9).await.unwrap().is_empty());
        assert!(store.recipients(noon()).await.unwrap().is_empty());
        // Whoever claimed them is gone.
        let again = other.claim(Towards::Organisation(own), lapses, lapses.plus_seconds(30), 9).await.unwrap();
        assert_eq!(again.len(), 2);
        assert!(again.iter().any(|one| one.delivery == first.delivery && one.since == noon()));
    }

    async fn a_delivery_that_did_not_work_waits_its_time_and_is_counted(ground: &Ground) {
        let store = &ground.store;
        let own = prison(ground).await;
        let asked = ask(ground, Some(own)).await;
        let (lapses, next) = (noon().plus_seconds(30), noon().plus_seconds(60));
        store.claim(Towards::Organisation(own), noon(), lapses, 9).await.unwrap();
        let why = "its system is away \0 or so".to_owned();
        store.settle(&[(asked.delivery, Fate::Later { next, why })]).await.unwrap();
        assert!(store.claim(Towards::Organisation(own), noon().plus_seconds(59), next, 9).await.unwrap().is_empty());
        let waiting = store.waiting().await.unwrap();
        assert_eq!((waiting[0].to, waiting[0].count, waiting[0].tried), (Towards::Organisation(own), 1, 1));
        assert!(waiting[0].why.contains("away"));
        let claimed = store.claim(Towards::Organisation(own), next, next.plus_seconds(30), 9).await.unwrap();
        assert_eq!((claimed[0].tried, claimed[0].since), (1, noon()));
        store.settle(&[(asked.delivery, Fate::Untried)]).await.unwrap();
        assert_eq!(store.claim(Towards::Organisation(own), next, next, 9).await.unwrap()[0].tried, 1);
        assert_eq!(store.oldest_waiting().await.unwrap(), Some(noon()));

        record(ground, &asked, Expected::Version(2), advanced(&asked, DeliveryState::Sent)).await;
        store.settle(&[(asked.delivery, Fate::Settled)]).await.unwrap();
        assert!(store.recipients(next).await.unwrap().is_empty());
        assert_eq!(store.oldest_waiting().await.unwrap(), None);
        assert_eq!(ground.value("select count(*) from delivery_attempt").await, "0");
    }

    async fn what_goes_to_mailboxes_of_nobody_here_is_a_queue_beside_those_of_organisations(ground: &Ground) {
        let store = &ground.store;
        let own = prison(ground).await;
        ask(ground, Some(own)).await;
        let mailed = ask_by(ground, None, Channel::Email).await;
        let waiting = store.recipients(noon()).await.unwrap();
        assert_eq!(waiting.len(), 2);
        assert!(waiting.contains(&Towards::Mailboxes) && waiting.contains(&Towards::Organisation(own)));
        assert!(store.waiting().await.unwrap().iter().any(|one| one.to == Towards::Mailboxes && one.count == 1));
        // It has an address, and is no letter; and it lies in nobody's inbox.
        assert!(!store.letter_waits().await.unwrap());
        assert!(store.documents_to_deliver(9).await.unwrap().is_empty());
        let lapses = noon().plus_seconds(30);
        let claimed = store.claim(Towards::Mailboxes, noon(), lapses, 9).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].delivery, mailed.delivery);
        assert_eq!(store.recipients(noon()).await.unwrap(), [Towards::Organisation(own)]);
        record(ground, &mailed, Expected::Version(2), advanced(&mailed, DeliveryState::Failed)).await;
        store.settle(&[(mailed.delivery, Fate::Settled)]).await.unwrap();
        assert_eq!(store.dead(None, 9).await.unwrap()[0].delivery, mailed.delivery);
        record(ground, &mailed, Expected::Version(3), advanced(&mailed, DeliveryState::Queued)).await;
        assert_eq!(store.claim(Towards::Mailboxes, noon(), lapses, 9).await.unwrap().len(), 1);
        // One that is superseded meanwhile is not sent any more.
        record(ground, &mailed, Expected::Version(4), superseded()).await;
        assert!(store.claim(Towards::Mailboxes, lapses, lapses, 9).await.unwrap().is_empty());
    }

    async fn what_failed_and_was_received_or_told_otherwise_is_no_dead_letter(ground: &Ground) {
        let store = &ground.store;
        let own = prison(ground).await;
        let (read, told) = (ask(ground, Some(own)).await, ask(ground, Some(own)).await);
        for asked in [&read, &told] {
            record(ground, asked, Expected::Any, advanced(asked, DeliveryState::Failed)).await;
        }
        assert_eq!(store.count_dead().await.unwrap(), 2);
        // Somebody opens it in the inbox, where it has lain since it was made.
        for state in [DeliveryState::Received, DeliveryState::Opened] {
            record(ground, &read, Expected::Any, advanced(&read, state)).await;
        }
        assert_eq!(store.dead(None, 9).await.unwrap()[0].delivery, told.delivery);
        assert_eq!(store.count_dead().await.unwrap(), 1);
        let settled = DocumentEvent::AlarmSettled {
            delivery_id: told.delivery,
            told: "The duty governor".to_owned(),
            told_at: noon(),
            by: "Rhiannon Ford".to_owned(),
        };
        record(ground, &told, Expected::Any, vec![settled]).await;
        assert_eq!(store.count_dead().await.unwrap(), 0);
    }

    async fn what_failed_is_dead_until_it_is_tried_again_and_what_was_superseded_is_forgotten(ground: &Ground) {
        let store = &ground.store;
        let own = prison(ground).await;
        let asked = ask(ground, Some(own)).await;
        record(ground, &asked, Expected::Version(2), advanced(&asked, DeliveryState::Failed)).await;
        assert_eq!(store.dead(None, 9).await.unwrap()[0].delivery, asked.delivery);
        assert_eq!(store.dead(Some(own), 9).await.unwrap().len(), 1);
        assert!(store.dead(Some(fresh()), 9).await.unwrap().is_empty());
        assert_eq!(store.count_dead().await.unwrap(), 1);
        assert!(store.recipients(noon()).await.unwrap().is_empty());
        record(ground, &asked, Expected::Version(3), advanced(&asked, DeliveryState::Queued)).await;
        assert_eq!(store.count_dead().await.unwrap(), 0);
        let next = noon().plus_seconds(60);
        assert_eq!(store.claim(Towards::Organisation(own), noon(), noon(), 9).await.unwrap().len(), 1);
        let later = Fate::Later { next, why: String::new() };
        store.settle(&[(asked.delivery, later)]).await.unwrap();
        assert_eq!(store.sweep_attempts(next).await.unwrap(), 0);
        record(ground, &asked, Expected::Version(4), superseded()).await;
        assert!(store.recipients(next).await.unwrap().is_empty());
        assert_eq!(store.sweep_attempts(next).await.unwrap(), 1);
    }

    async fn a_secret_is_kept_sealed_and_a_new_one_takes_its_place(ground: &Ground) {
        let store = &ground.store;
        let own = prison(ground).await;
        assert_eq!(store.secret(own).await.unwrap(), None);
        let first = store.make_secret(own).await.unwrap();
        let second = store.make_secret(own).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(ground.another_server().await.secret(own).await.unwrap(), Some(second));
        assert_eq!(ground.value("select count(*) from channel_secret").await, "1");
    }

    async fn a_batch_that_was_begun_has_the_same_letters_until_it_has_ended(ground: &Ground) {
        let store = &ground.store;
        assert!(!store.letter_waits().await.unwrap());
        let (first, second) = (ask(ground, None).await, ask(ground, None).await);
        assert!(store.letter_waits().await.unwrap());
        let id = fresh::<CaseId>().0;
        let begun = store.begin_batch(id, noon(), 9).await.unwrap();
        let letters: Vec<_> = begun.letters.iter().map(|letter| letter.delivery).collect();
        assert!(letters.contains(&first.delivery) && letters.contains(&second.delivery));
        ask(ground, None).await;
        assert_eq!(store.open_batch().await.unwrap(), Some(begun));
        record(ground, &first, Expected::Version(2), advanced(&first, DeliveryState::Sent)).await;
        record(ground, &second, Expected::Version(2), superseded()).await;
        assert!(store.to_recall().await.unwrap().is_empty());
        store.end_batch(id, &[second.delivery]).await.unwrap();
        assert_eq!(store.open_batch().await.unwrap(), None);
        // The one that came later waits for the next.
        assert!(store.letter_waits().await.unwrap());
        record(ground, &first, Expected::Version(3), superseded()).await;
        let recalled = store.to_recall().await.unwrap();
        assert_eq!(recalled.len(), 1);
        assert_eq!((recalled[0].letter.delivery, recalled[0].batch), (first.delivery, id));
        let next = fresh::<CaseId>().0;
        assert_eq!(store.begin_batch(next, noon(), 9).await.unwrap().letters.len(), 1);
        store.end_batch(next, &[first.delivery]).await.unwrap();
        assert!(store.to_recall().await.unwrap().is_empty());
    }
}
