//! When a delivery is an alarm, and when it stops to be one.

use super::*;
use crate::{
    document::{DeliveryRequest, Passage, Step, advance, carry, supersede},
    now::Limits,
};
use vocabulary::{AmendmentReason, DocumentKind};

fn id<T: std::str::FromStr>(n: u32) -> T {
    match format!("00000000-0000-7000-8000-{n:012x}").parse() {
        Ok(id) => id,
        Err(_) => panic!("{n} made no id"),
    }
}

/// Minutes after the document was asked for.
fn at(minutes: i64) -> Instant {
    Instant::from_micros(minutes * 60_000_000)
}

fn fold(document: Document, events: Vec<DocumentEvent>, when: Instant) -> Document {
    events.into_iter().fold(document, |document, event| {
        Document::fold(Some(document), &event, when).unwrap()
    })
}

/// A made warrant on its way by this channel, to be acknowledged within five minutes.
fn warrant(channel: Channel, limits: Limits) -> Document {
    let requested = DocumentEvent::DocumentRequested {
        document_id: id(1),
        now: id(2),
        name: "Warrant".to_owned(),
        kind: DocumentKind::Warrant,
        hearing_id: id(3),
        case_id: id(4),
        defendant_id: id(5),
        view: serde_json::Value::Null,
        deliveries: vec![DeliveryRequest {
            carried: channel == Channel::Email,
            held: None,
            id: id(11),
            subscription: "Prison".to_owned(),
            name: "HMP Example".to_owned(),
            address: Vec::new(),
            email: None,
            channel,
            organisation: None,
            acknowledgement_required: channel == Channel::Inbox,
            urgent_minutes: Some(60),
            limits,
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
    let document = Document::fold(None, &requested, at(0)).unwrap();
    fold(document, vec![made], at(0))
}

fn urgent() -> Limits {
    Limits {
        delivered: Some(5),
        acknowledged: Some(5),
        urgent: true,
    }
}

fn alarm(document: &Document) -> Option<(Alarm, Instant)> {
    document.delivery(id(11)).unwrap().alarm(document)
}

fn step(document: Document, step: &Step, when: Instant) -> Document {
    let events = advance(&document, id(11), step).unwrap();
    fold(document, events, when)
}

fn received() -> Document {
    let document = step(warrant(Channel::Inbox, urgent()), &Step::Sent, at(0));
    step(document, &Step::Received, at(1))
}

#[test]
fn what_does_not_arrive_within_its_limit_is_an_alarm() {
    let document = warrant(Channel::Inbox, urgent());
    assert_eq!(alarm(&document), Some((Alarm::NotDelivered, at(5))));
    let nobody = take_alarm(&document, id(11), (id(7), "Ada Wren"), at(4));
    assert_eq!(nobody.unwrap_err().code, "no_alarm");
    assert!(take_alarm(&document, id(11), (id(7), "Ada Wren"), at(5)).is_ok());
}

#[test]
fn what_arrived_and_is_not_acknowledged_is_an_alarm_until_it_is() {
    let document = received();
    assert_eq!(alarm(&document), Some((Alarm::NotAcknowledged, at(5))));
    let by = || "Mina Oak".to_owned();
    let document = step(document, &Step::Opened { by: by() }, at(6));
    assert!(alarm(&document).is_some(), "opened is not acknowledged");
    let document = step(document, &Step::Acknowledged { by: by() }, at(7));
    assert_eq!(alarm(&document), None);
}

#[test]
fn what_a_mail_server_took_while_it_was_ended_is_an_alarm_until_its_mailbox_was_told() {
    let superseded = |untold| {
        let document = warrant(Channel::Email, urgent());
        let ended = supersede(&document, None, None, AmendmentReason::SlipRule, untold);
        fold(document, ended, at(1))
    };
    let how = "250".to_owned();
    let sent = |document: &Document| carry(document, id(11), &Passage::Sent { how: how.clone() });
    let stopped = superseded(vec![id(11)]);
    assert_eq!(alarm(&stopped), None, "it went nowhere");
    let events = sent(&stopped).unwrap();
    let left = fold(stopped, events, at(2));
    assert_eq!(alarm(&left), Some((Alarm::LeftAfterEnd, at(2))));
    let told = settle_alarm(&left, id(11), ("A. Reed", at(3)), "Mina Oak", at(4)).unwrap();
    assert_eq!(alarm(&fold(left, told, at(4))), None);
    // Whoever gets the one in its place, or the notice, knows.
    let covered = superseded(Vec::new());
    let events = sent(&covered).unwrap();
    assert_eq!(alarm(&fold(covered, events, at(2))), None);
}

#[test]
fn what_failed_is_an_alarm_at_once() {
    let why = "no such address".to_owned();
    let document = step(
        warrant(Channel::Inbox, urgent()),
        &Step::Failed { why },
        at(2),
    );
    assert_eq!(alarm(&document), Some((Alarm::Failed, at(2))));
}

#[test]
fn what_is_filed_or_was_superseded_is_no_alarm() {
    assert_eq!(alarm(&warrant(Channel::FileOnly, urgent())), None);
    for document in [warrant(Channel::Inbox, urgent()), received()] {
        let ended = supersede(
            &document,
            Some(id(21)),
            None,
            AmendmentReason::SlipRule,
            Vec::new(),
        );
        assert_eq!(alarm(&fold(document, ended, at(3))), None);
    }
}

#[test]
fn a_delivery_without_a_limit_is_outstanding_and_no_alarm() {
    let document = warrant(Channel::Inbox, Limits::default());
    assert_eq!(alarm(&document), None);
    let delivery = document.delivery(id(11)).unwrap();
    assert_eq!(delivery.outstanding(&document), Some(Alarm::NotDelivered));
}

#[test]
fn an_alarm_has_one_owner_and_another_can_take_it_over() {
    let document = received();
    let ada = take_alarm(&document, id(11), (id(7), "Ada Wren"), at(6)).unwrap();
    let document = fold(document, ada, at(6));
    let again = take_alarm(&document, id(11), (id(7), "Ada Wren"), at(8)).unwrap();
    assert!(again.is_empty());
    let other = take_alarm(&document, id(11), (id(8), "Bryn Calder"), at(9)).unwrap();
    let document = fold(document, other, at(9));
    let taken = document.delivery(id(11)).unwrap().taken.clone().unwrap();
    assert_eq!((taken.name.as_str(), taken.since), ("Bryn Calder", at(9)));
}

#[test]
fn whoever_was_told_by_telephone_is_recorded_and_that_ends_the_alarm() {
    let document = received();
    let told = |told: &str, when| {
        settle_alarm(&document, id(11), (told, when), "Ada Wren", at(10)).map_err(|r| r.code)
    };
    assert_eq!(told("  ", at(9)), Err("nobody_told"));
    assert_eq!(told("Duty governor", at(11)), Err("told_at_no_such_time"));
    assert_eq!(told("Duty governor", at(-1)), Err("told_at_no_such_time"));
    let events = told(" Duty governor, by telephone ", at(9)).unwrap();
    let document = fold(document.clone(), events, at(10));
    assert_eq!(alarm(&document), None);
    let settled = document.delivery(id(11)).unwrap().settled.clone().unwrap();
    assert_eq!(settled.told, "Duty governor, by telephone");
    let again = settle_alarm(&document, id(11), ("Her", at(9)), "Ada Wren", at(12));
    assert_eq!(again.unwrap_err().code, "no_alarm");
}
