//! Documents and their deliveries: what is still to be made, what is still to
//! be delivered, what lies in whose inbox, and from when on which is an alarm.

use super::tables::{DELIVERIES, DOCUMENTS};
use crate::rows::{Rows, Value};
use domain::document::{Delivery, Document, DocumentEvent};
use vocabulary::{DeliveryState, Instant};

/// Puts the rows that an event of a document changes.
pub(super) fn apply(rows: &mut Rows, event: &DocumentEvent, after: &Document) {
    match event {
        DocumentEvent::DocumentRequested { .. }
        | DocumentEvent::DocumentMade { .. }
        | DocumentEvent::DocumentSuperseded { .. }
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
            for delivery in &after.deliveries {
                put_delivery(rows, after, delivery);
            }
        }
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
    // Only what has an inbox and a PDF can be delivered here: anything else would
    // stand at the head of the queue for ever.
    let waiting = request.channel.arrives_here()
        && request.organisation.is_some()
        && document.sha256.is_some()
        && delivery.received_at.is_none()
        && delivery.state != DeliveryState::Stopped;
    rows.put(
        &DELIVERIES,
        vec![
            Value::text(request.id),
            Value::text(document.id),
            Value::maybe(request.organisation),
            request.channel.as_str().into(),
            delivery.state.as_str().into(),
            document.requested_at.micros().into(),
            Value::Int(delivery.received_at.map(vocabulary::Instant::micros)),
            waiting.into(),
            request.name.as_str().into(),
            request.acknowledgement_required.into(),
            Value::Int(delivery.acknowledged.as_ref().map(|(_, at)| at.micros())),
            Value::Int(delivery.settled.as_ref().map(|settled| settled.at.micros())),
            delivery.outstanding(document).is_some().into(),
            Value::Int(delivery.alarm(document).map(|(_, from)| from.micros())),
        ],
    );
}

/// Whether an event is one after which the court's alarms are other than they were.
/// What is put right before its limit was never one.
pub(super) fn alarms(event: &DocumentEvent, after: &Document, at: Instant) -> bool {
    let overdue = |delivery: &Delivery| {
        let limits = &delivery.request.limits;
        let by = [
            limits.delivered_by(after.requested_at),
            limits.acknowledged_by(after.requested_at),
        ];
        by.into_iter().flatten().any(|by| by <= at)
    };
    match event {
        DocumentEvent::AlarmTaken { .. } | DocumentEvent::AlarmSettled { .. } => true,
        DocumentEvent::DeliveryAdvanced {
            delivery_id, state, ..
        } => *state == DeliveryState::Failed || after.delivery(*delivery_id).is_some_and(overdue),
        DocumentEvent::DocumentSuperseded { .. } => after.deliveries.iter().any(overdue),
        DocumentEvent::DocumentRequested { .. }
        | DocumentEvent::DocumentMade { .. }
        | DocumentEvent::SupersededCopyMade { .. } => false,
    }
}
