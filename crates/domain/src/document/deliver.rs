//! How a delivery comes further: one step at a time, never back.

use super::{Document, DocumentEvent};
use crate::Refusal;
use vocabulary::{DeliveryId, DeliveryState};

/// What happened to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It left here.
    Sent,
    /// The recipient's system has it.
    Received,
    /// Somebody opened it.
    Opened {
        /// Who.
        by: String,
    },
    /// Somebody took responsibility for it.
    Acknowledged {
        /// Who.
        by: String,
    },
    /// It did not arrive.
    Failed {
        /// Why.
        why: String,
    },
}

/// Decides the step. A step that was taken before changes nothing and is no error:
/// two people of one prison may open the same warrant.
///
/// # Errors
/// If there is no such delivery, its PDF is not made, or the step comes too early:
/// nobody can open what was never received, nor acknowledge what no longer stands.
pub fn advance(
    document: &Document,
    delivery: DeliveryId,
    step: &Step,
) -> Result<Vec<DocumentEvent>, Refusal> {
    let Some(current) = document.delivery(delivery) else {
        return Err(Refusal::new(
            "no_such_delivery",
            "This document was not sent to that recipient.",
            "Open your inbox again.",
        ));
    };
    if document.sha256.is_none() {
        return Err(Refusal::new(
            "not_made_yet",
            "The document is still being made.",
            "Try again in a moment.",
        ));
    }
    let (state, note) = match step {
        Step::Sent => (DeliveryState::Sent, None),
        Step::Received => (DeliveryState::Received, None),
        Step::Opened { by } => (DeliveryState::Opened, Some(by.clone())),
        Step::Acknowledged { by } => (DeliveryState::Acknowledged, Some(by.clone())),
        Step::Failed { why } => (DeliveryState::Failed, Some(why.clone())),
    };
    if !current.request.channel.arrives_here() {
        return Err(Refusal::new(
            "goes_by_post",
            "This delivery goes by post or e-mail; it has no inbox.",
            "See the case's documents for how far it has come.",
        ));
    }
    if current.state == DeliveryState::Stopped && matches!(step, Step::Opened { .. }) {
        return Err(Refusal::new(
            "stopped",
            "This document was superseded before it was delivered.",
            "Open your inbox again for the document that stands.",
        ));
    }
    let acknowledges_late =
        matches!(step, Step::Acknowledged { .. }) && current.state != DeliveryState::Acknowledged;
    if document.superseded.is_some() && acknowledges_late {
        return Err(Refusal::new(
            "superseded",
            "This document no longer stands, so it cannot be acknowledged.",
            "Open what the court sent you instead, and acknowledge that.",
        ));
    }
    // Nothing but a fault would try: no queue holds what waits.
    if current.request.held.is_some() {
        return Err(Refusal::new(
            "waits_for_welsh",
            "This delivery waits until the document is translated.",
            "See the court's list of what is to be translated.",
        ));
    }
    let rank = |state: DeliveryState| match state {
        DeliveryState::Queued | DeliveryState::Failed => 0,
        DeliveryState::Sent => 1,
        DeliveryState::Received => 2,
        DeliveryState::Opened => 3,
        DeliveryState::Acknowledged => 4,
        DeliveryState::Stopped => 5,
    };
    if state == DeliveryState::Failed {
        return if rank(current.state) >= 2 {
            Ok(Vec::new())
        } else {
            Ok(vec![DocumentEvent::DeliveryAdvanced {
                delivery_id: delivery,
                state,
                note,
            }])
        };
    }
    if rank(state) <= rank(current.state) {
        return Ok(Vec::new());
    }
    if state == DeliveryState::Opened
        && current.received_at.is_none()
        && current.lies_since().is_some()
    {
        // It lay in the inbox while it was carried elsewhere: whoever opens it has it.
        return Ok([(DeliveryState::Received, None), (state, note)]
            .map(|(state, note)| DocumentEvent::DeliveryAdvanced {
                delivery_id: delivery,
                state,
                note,
            })
            .to_vec());
    }
    if rank(state) >= 3 && rank(current.state) < 2 {
        return Err(Refusal::new(
            "not_received_yet",
            "The document has not been received yet.",
            "Try again in a moment.",
        ));
    }
    if state == DeliveryState::Acknowledged && current.opened.is_none() {
        return Err(Refusal::new(
            "not_opened_yet",
            "Nobody has opened the document yet.",
            "Open and read the document, then acknowledge it.",
        ));
    }
    Ok(vec![DocumentEvent::DeliveryAdvanced {
        delivery_id: delivery,
        state,
        note,
    }])
}
