//! A document no longer stands, because the results that it prints were amended.

use super::{Document, DocumentEvent};
use vocabulary::{AmendmentReason, DeliveryId, DocumentId};

/// Takes a document's standing away. It is decided for the document as it will be
/// when it is recorded: a delivery that arrives meanwhile has arrived, one that
/// does not is stopped. Twice is once. `untold` are those on their way to a mailbox that
/// gets neither the one in its place nor the notice.
#[must_use]
pub fn supersede(
    document: &Document,
    by: Option<DocumentId>,
    cancelled_by: Option<DocumentId>,
    reason: AmendmentReason,
    untold: Vec<DeliveryId>,
) -> Vec<DocumentEvent> {
    if document.superseded.is_some() {
        return Vec::new();
    }
    vec![DocumentEvent::DocumentSuperseded {
        by,
        cancelled_by,
        reason,
        untold,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DeliveryRequest, Step, advance};
    use vocabulary::{
        Channel, DeliveryId, DeliveryState, DocumentKind, HearingId, Instant, OrganisationId,
    };

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

    /// A made warrant, to two inboxes.
    fn warrant() -> Document {
        let delivery = |n| DeliveryRequest {
            id: id::<DeliveryId>(n),
            subscription: "Prison".to_owned(),
            name: format!("HMP {n}"),
            address: Vec::new(),
            email: None,
            channel: Channel::Inbox,
            organisation: Some(id::<OrganisationId>(n)),
            acknowledgement_required: true,
            urgent_minutes: None,
            limits: crate::now::Limits::default(),
            carried: false,
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
            deliveries: vec![delivery(11), delivery(12)],
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

    fn step(document: Document, delivery: u32, step: &Step) -> Result<Document, &'static str> {
        let decided = advance(&document, id(delivery), step).map_err(|refusal| refusal.code)?;
        Ok(happened(document, decided))
    }

    fn superseded(document: Document) -> Document {
        let events = supersede(
            &document,
            Some(id(21)),
            None,
            AmendmentReason::RecordedWrongly,
            Vec::new(),
        );
        happened(document, events)
    }

    #[test]
    fn a_delivery_that_is_still_on_its_way_is_stopped_and_one_that_arrived_stays() {
        let document = step(warrant(), 11, &Step::Sent).unwrap();
        let document = step(document, 11, &Step::Received).unwrap();
        let document = superseded(step(document, 12, &Step::Sent).unwrap());
        let state = |n| document.delivery(id(n)).unwrap().state;
        assert_eq!(state(11), DeliveryState::Received);
        assert_eq!(state(12), DeliveryState::Stopped);
        // The job that was about to deliver it changes nothing, and nobody opens it.
        let late = step(document.clone(), 12, &Step::Received).unwrap();
        assert_eq!(late, document);
        let by = || "Mina Oak".to_owned();
        assert_eq!(
            step(document.clone(), 12, &Step::Opened { by: by() }).err(),
            Some("stopped")
        );
        // The one that arrived can still be read.
        let read = step(document, 11, &Step::Opened { by: by() }).unwrap();
        assert_eq!(read.delivery(id(11)).unwrap().state, DeliveryState::Opened);
    }

    #[test]
    fn what_no_longer_stands_is_not_acknowledged_any_more() {
        let by = || "Mina Oak".to_owned();
        let mut document = warrant();
        for taken in [Step::Sent, Step::Received, Step::Opened { by: by() }] {
            document = step(document, 11, &taken).unwrap();
        }
        let acknowledges = Step::Acknowledged { by: by() };
        let before = step(document.clone(), 11, &acknowledges).unwrap();
        assert_eq!(
            step(superseded(document), 11, &acknowledges).err(),
            Some("superseded")
        );
        // Whoever had acknowledged it and says so again is told nothing new.
        let document = superseded(before);
        let again = step(document.clone(), 11, &acknowledges).unwrap();
        assert_eq!(again, document);
    }

    #[test]
    fn it_is_superseded_once_and_a_copy_that_says_so_is_owed() {
        let document = warrant();
        assert!(!document.to_make());
        let document = superseded(document);
        assert!(document.to_make());
        assert_eq!(document.readable(), Some("a".repeat(64).as_str()));
        assert!(supersede(&document, None, None, AmendmentReason::SlipRule, Vec::new()).is_empty());
        let marked = DocumentEvent::SupersededCopyMade {
            sha256: "b".repeat(64),
            bytes: 10,
        };
        let document = happened(document, vec![marked]);
        assert!(!document.to_make());
        assert_eq!(document.readable(), Some("b".repeat(64).as_str()));
        assert_eq!(document.sha256, Some("a".repeat(64)));
    }
    #[test]
    fn a_document_of_an_earlier_version_opens_and_can_be_superseded() {
        let mut kept = serde_json::to_value(warrant()).unwrap();
        for added in ["split_key", "replaces", "superseded"] {
            kept.as_object_mut().unwrap().remove(added);
        }
        let opened: Document = serde_json::from_value(kept).unwrap();
        assert_eq!(opened, warrant());
        assert!(superseded(opened).superseded.is_some());
        let old = r#"{"type":"document_requested",
            "document_id":"00000000-0000-7000-8000-000000000001",
            "now":"00000000-0000-7000-8000-000000000002","name":"Warrant","kind":"Warrant",
            "hearing_id":"00000000-0000-7000-8000-000000000003",
            "case_id":"00000000-0000-7000-8000-000000000004",
            "defendant_id":"00000000-0000-7000-8000-000000000005",
            "view":null,"deliveries":[]}"#;
        let event: DocumentEvent = serde_json::from_str(old).unwrap();
        assert!(Document::fold(None, &event, at(0)).is_some());
    }
}
