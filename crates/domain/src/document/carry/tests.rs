//! A delivery that is carried out of here, on good days and bad ones.

use super::*;
use crate::document::{DeliveryRequest, Step, advance, supersede};
use vocabulary::{AmendmentReason, Channel, DocumentKind, HearingId, OrganisationId};

fn id<T: std::str::FromStr>(n: u32) -> T {
    match format!("00000000-0000-7000-8000-{n:012x}").parse() {
        Ok(id) => id,
        Err(_) => panic!("{n} made no id"),
    }
}

fn at(seconds: i64) -> Instant {
    Instant::from_micros(seconds * 1_000_000)
}

fn happened(document: Document, events: Vec<DocumentEvent>) -> Document {
    events.into_iter().fold(document, |document, event| {
        Document::fold(Some(document), &event, at(9)).unwrap()
    })
}

const MAILED: u32 = 11;
const POSTED: u32 = 12;
const INBOX: u32 = 13;

/// A made warrant: one copy carried, one for the post, one for an inbox.
fn warrant() -> Document {
    let delivery = |n, channel, carried| DeliveryRequest {
        limits: crate::now::Limits::default(),
        id: id::<DeliveryId>(n),
        subscription: "Prison".to_owned(),
        name: format!("HMP {n}"),
        address: vec!["1 High Street".to_owned()],
        email: None,
        channel,
        organisation: Some(id::<OrganisationId>(n)),
        acknowledgement_required: true,
        urgent_minutes: None,
        carried,
        held: None,
    };
    let requested = DocumentEvent::DocumentRequested {
        document_id: id(1),
        now: id(2),
        name: "Warrant".to_owned(),
        kind: DocumentKind::Warrant,
        hearing_id: id::<HearingId>(3),
        case_id: id(4),
        defendant_id: id(5),
        view: serde_json::Value::Null,
        deliveries: vec![
            delivery(MAILED, Channel::Inbox, true),
            delivery(POSTED, Channel::FirstClassPost, false),
            delivery(INBOX, Channel::Inbox, false),
        ],
        split_key: None,
        replaces: None,
        welsh: None,
        beside: Vec::new(),
    };
    let document = Document::fold(None, &requested, at(0)).unwrap();
    let made = DocumentEvent::DocumentMade {
        sha256: "a".repeat(64),
        bytes: 9,
    };
    happened(document, vec![made])
}

fn take(document: Document, delivery: u32, passage: &Passage) -> Result<Document, &'static str> {
    let decided = carry(&document, id(delivery), passage).map_err(|refusal| refusal.code)?;
    Ok(happened(document, decided))
}

fn sent() -> Passage {
    Passage::Sent {
        how: "a server took it".to_owned(),
    }
}

fn failed() -> Passage {
    Passage::Failed {
        why: "no such mailbox".to_owned(),
    }
}

fn state(document: &Document, delivery: u32) -> DeliveryState {
    document.delivery(id(delivery)).unwrap().state
}

fn way(document: &Document) -> CarriageState {
    let delivery = document.delivery(id(MAILED)).unwrap();
    delivery.carriage.as_ref().unwrap().state
}

fn opened(document: Document) -> Document {
    let by = "Mina Oak".to_owned();
    let events = advance(&document, id(MAILED), &Step::Opened { by }).unwrap();
    happened(document, events)
}

fn superseded(document: Document) -> Document {
    let events = supersede(
        &document,
        None,
        None,
        AmendmentReason::RecordedWrongly,
        Vec::new(),
    );
    happened(document, events)
}

#[test]
fn a_mail_server_makes_it_sent_and_only_a_fact_makes_it_received() {
    let document = take(warrant(), MAILED, &sent()).unwrap();
    assert_eq!(state(&document, MAILED), DeliveryState::Sent);
    assert!(document.delivery(id(MAILED)).unwrap().received_at.is_none());
    // Said again it is said once.
    assert_eq!(
        take(document.clone(), MAILED, &sent()),
        Ok(document.clone())
    );
    let document = opened(document);
    assert_eq!(state(&document, MAILED), DeliveryState::Opened);
    assert!(document.delivery(id(MAILED)).unwrap().received_at.is_some());
    let how = "200 OK".to_owned();
    let accepted = take(warrant(), MAILED, &Passage::Accepted { how }).unwrap();
    assert_eq!(state(&accepted, MAILED), DeliveryState::Received);
    assert_eq!(way(&accepted), CarriageState::Sent);
}

#[test]
fn it_lies_in_the_inbox_before_any_server_took_it_and_is_carried_although_it_was_opened() {
    let document = opened(warrant());
    assert_eq!(state(&document, MAILED), DeliveryState::Opened);
    let delivery = document.delivery(id(MAILED)).unwrap();
    assert!(document.to_carry(delivery));
    let document = take(document, MAILED, &sent()).unwrap();
    assert_eq!(state(&document, MAILED), DeliveryState::Opened);
    assert!(!document.to_carry(document.delivery(id(MAILED)).unwrap()));
}

#[test]
fn what_came_back_failed_and_is_tried_again_when_somebody_says_so() {
    let document = take(warrant(), MAILED, &sent()).unwrap();
    assert_eq!(
        take(document.clone(), MAILED, &Passage::Again),
        Err("not_failed")
    );
    let document = take(document, MAILED, &failed()).unwrap();
    assert_eq!(state(&document, MAILED), DeliveryState::Failed);
    assert!(!document.to_carry(document.delivery(id(MAILED)).unwrap()));
    let document = take(document, MAILED, &Passage::Again).unwrap();
    assert_eq!(state(&document, MAILED), DeliveryState::Queued);
    assert!(document.to_carry(document.delivery(id(MAILED)).unwrap()));
    // A bounce of what somebody has opened is told, and takes nothing from them.
    let read = take(
        opened(take(document, MAILED, &sent()).unwrap()),
        MAILED,
        &failed(),
    )
    .unwrap();
    assert_eq!(state(&read, MAILED), DeliveryState::Opened);
    assert_eq!(way(&read), CarriageState::Failed);
}

#[test]
fn what_no_longer_stands_is_not_sent_and_what_was_taken_stays_sent() {
    let stopped = superseded(warrant());
    for delivery in [MAILED, POSTED, INBOX] {
        assert_eq!(state(&stopped, delivery), DeliveryState::Stopped);
        let delivery = stopped.delivery(id(delivery)).unwrap();
        assert!(!stopped.to_carry(delivery) && !stopped.to_post(delivery));
        assert!(delivery.lies_since().is_none());
    }
    let mut left = warrant();
    for delivery in [MAILED, POSTED] {
        left = take(left, delivery, &sent()).unwrap();
    }
    let left = superseded(left);
    for delivery in [MAILED, POSTED] {
        assert_eq!(state(&left, delivery), DeliveryState::Sent);
    }
    // It was on the wire in that very moment: the record says that it left.
    let late = take(stopped, MAILED, &sent()).unwrap();
    assert_eq!(state(&late, MAILED), DeliveryState::Sent);
    let dead = superseded(take(warrant(), MAILED, &failed()).unwrap());
    assert_eq!(take(dead, MAILED, &Passage::Again), Err("superseded"));
}

#[test]
fn a_letter_is_printed_once_and_an_inbox_takes_no_such_way() {
    let document = warrant();
    assert!(document.to_post(document.delivery(id(POSTED)).unwrap()));
    let document = take(document, POSTED, &sent()).unwrap();
    assert_eq!(state(&document, POSTED), DeliveryState::Sent);
    assert_eq!(
        take(document.clone(), POSTED, &sent()),
        Ok(document.clone())
    );
    let how = "200 OK".to_owned();
    assert_eq!(
        take(document.clone(), POSTED, &Passage::Accepted { how }),
        Err("goes_by_post")
    );
    assert_eq!(take(document.clone(), INBOX, &sent()), Err("stays_here"));
    assert_eq!(take(document, 99, &sent()), Err("no_such_delivery"));
}

#[test]
fn a_letter_that_came_back_did_not_arrive_and_is_posted_again_when_somebody_says_so() {
    assert_eq!(take(warrant(), POSTED, &failed()), Err("not_posted"));
    let document = take(warrant(), POSTED, &sent()).unwrap();
    let document = take(document, POSTED, &failed()).unwrap();
    assert_eq!(state(&document, POSTED), DeliveryState::Failed);
    let letter = document.delivery(id(POSTED)).unwrap();
    assert!(!letter.arrived() && !document.to_post(letter));
    // Said twice it is said once.
    assert_eq!(
        take(document.clone(), POSTED, &failed()),
        Ok(document.clone())
    );
    let again = take(document.clone(), POSTED, &Passage::Again).unwrap();
    assert!(again.to_post(again.delivery(id(POSTED)).unwrap()));
    let ended = superseded(document);
    assert_eq!(take(ended, POSTED, &Passage::Again), Err("superseded"));
}

#[test]
fn a_delivery_of_an_earlier_version_is_not_carried() {
    let mut kept = serde_json::to_value(warrant()).unwrap();
    for delivery in kept["deliveries"].as_array_mut().unwrap() {
        delivery.as_object_mut().unwrap().remove("carriage");
        delivery["request"]
            .as_object_mut()
            .unwrap()
            .remove("carried");
    }
    let opened: Document = serde_json::from_value(kept).unwrap();
    let delivery = opened.delivery(id(MAILED)).unwrap();
    assert!(delivery.carriage.is_none() && !opened.to_carry(delivery));
}
