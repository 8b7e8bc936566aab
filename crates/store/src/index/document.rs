//! Documents and their deliveries: what is still to be made, what is still to
//! be delivered, what lies in whose inbox, and from when on which is an alarm.

use super::tables::{DELIVERIES, DOCUMENTS, DOCUMENTS_BESIDE};
use crate::rows::{Rows, Value};
use domain::document::{CarriageState, Delivery, Document, DocumentEvent};
use vocabulary::{Alarm, DeliveryState, Instant};

/// What a delivery waits for: the queues, as the column `waiting` tells them apart.
const FOR_NOTHING: i64 = 0;
const FOR_INBOX: i64 = 1;
const FOR_CARRIER: i64 = 2;
const FOR_POST: i64 = 3;
const DEAD: i64 = 4;

/// Whether a delivery failed on its way out of here and still ought to arrive: not what
/// somebody has since taken from the inbox, nor what its recipient was told otherwise.
fn dead(document: &Document, delivery: &Delivery) -> bool {
    document.superseded.is_none()
        && delivery.received_at.is_none()
        && delivery.settled.is_none()
        && match &delivery.carriage {
            Some(carriage) => carriage.state == CarriageState::Failed,
            // A letter that came back.
            None => delivery.request.channel.by_post() && delivery.state == DeliveryState::Failed,
        }
}

/// Puts the rows that an event of a document changes.
pub(super) fn apply(rows: &mut Rows, event: &DocumentEvent, after: &Document) {
    match event {
        DocumentEvent::DocumentRequested { .. }
        | DocumentEvent::DocumentMade { .. }
        | DocumentEvent::DocumentSuperseded { .. }
        | DocumentEvent::WelshFollowed { .. }
        | DocumentEvent::SupersededCopyMade { .. } => {
            let marked = after.superseded.as_ref();
            let marked = marked.and_then(|superseded| superseded.marked_sha256.as_deref());
            rows.put(
                &DOCUMENTS,
                vec![
                    Value::text(after.id),
                    Value::text(after.case_id),
                    Value::text(after.hearing_id),
                    Value::text(after.defendant_id),
                    after.name.as_str().into(),
                    after.kind.as_str().into(),
                    after.requested_at.micros().into(),
                    (!after.to_make()).into(),
                    Value::maybe(after.sha256.as_deref()),
                    Value::maybe(marked),
                ],
            );
            for party in &after.beside {
                let beside = vec![Value::text(party.case_id), Value::text(after.id)];
                rows.put(&DOCUMENTS_BESIDE, beside);
            }
            for delivery in &after.deliveries {
                put_delivery(rows, after, delivery);
            }
        }
        DocumentEvent::TranslationTaken { .. } | DocumentEvent::WelshGiven { .. } => {}
        DocumentEvent::DeliveryAdvanced { delivery_id, .. }
        | DocumentEvent::AlarmTaken { delivery_id, .. }
        | DocumentEvent::AlarmSettled { delivery_id, .. } => {
            if let Some(delivery) = after.delivery(*delivery_id) {
                put_delivery(rows, after, delivery);
            }
        }
    }
}

fn put_delivery(rows: &mut Rows, document: &Document, delivery: &Delivery) {
    let request = &delivery.request;
    // Only what can come further stands in a queue: anything else would stand at its
    // head for ever.
    let inbox = request.channel.arrives_here()
        && request.organisation.is_some()
        && request.held.is_none()
        && delivery.carriage.is_none()
        && document.sha256.is_some()
        && delivery.received_at.is_none()
        && delivery.state != DeliveryState::Stopped;
    let waiting = if inbox {
        FOR_INBOX
    } else if document.to_carry(delivery) {
        FOR_CARRIER
    } else if document.to_post(delivery) {
        FOR_POST
    } else if dead(document, delivery) {
        DEAD
    } else {
        FOR_NOTHING
    };
    rows.put(
        &DELIVERIES,
        vec![
            Value::text(request.id),
            Value::text(document.id),
            Value::maybe(request.organisation),
            request.channel.as_str().into(),
            delivery.state.as_str().into(),
            document.requested_at.micros().into(),
            Value::Int(delivery.lies_since().map(vocabulary::Instant::micros)),
            waiting.into(),
            request.name.as_str().into(),
            request.acknowledgement_required.into(),
            Value::Int(delivery.acknowledged.as_ref().map(|(_, at)| at.micros())),
            Value::Int(delivery.settled.as_ref().map(|settled| settled.at.micros())),
            delivery.outstanding(document).is_some().into(),
            Value::Int(delivery.alarm(document).map(|(_, from)| from.micros())),
            request.limits.urgent.into(),
            Value::Int(delivery.taken.as_ref().map(|taken| taken.since.micros())),
            delivery.arrived().into(),
        ],
    );
}

/// Whether an event is one after which the court's alarms are other than they were.
/// What is put right before its limit was never one.
pub(super) fn alarms(event: &DocumentEvent, after: &Document, at: Instant) -> bool {
    let overdue = |delivery: &Delivery| {
        let limits = &delivery.request.limits;
        let held = delivery.request.held;
        let by = [
            limits.delivered_by(after.requested_at),
            limits.acknowledged_by(after.requested_at),
            held.map(|minutes| after.requested_at.plus_seconds(i64::from(minutes) * 60)),
        ];
        by.into_iter().flatten().any(|by| by <= at)
    };
    let untold = |own: &Delivery| own.outstanding(after) == Some(Alarm::LeftAfterEnd);
    match event {
        DocumentEvent::AlarmTaken { .. } | DocumentEvent::AlarmSettled { .. } => true,
        DocumentEvent::DeliveryAdvanced {
            delivery_id, state, ..
        } => {
            let delivery = after.delivery(*delivery_id);
            *state == DeliveryState::Failed
                || delivery.is_some_and(|own| overdue(own) || untold(own))
        }
        DocumentEvent::DocumentSuperseded { .. } | DocumentEvent::WelshFollowed { .. } => {
            let mut all = after.deliveries.iter();
            all.any(|own| overdue(own) || untold(own))
        }
        DocumentEvent::DocumentRequested { .. }
        | DocumentEvent::DocumentMade { .. }
        | DocumentEvent::TranslationTaken { .. }
        | DocumentEvent::WelshGiven { .. }
        | DocumentEvent::SupersededCopyMade { .. } => false,
    }
}
