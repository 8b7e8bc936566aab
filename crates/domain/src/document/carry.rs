//! How a delivery comes out of here: to a mailbox, to a system, or to the printer of
//! letters. What people do with it is `deliver`'s; how it is sent is nobody's here.
//!
//! A mail server that took it makes it sent, not received: received is a fact, said by
//! the recipient's own system or by somebody who opens it.

use super::{Delivery, Document, DocumentEvent};
use crate::Refusal;
use serde::{Deserialize, Serialize};
use vocabulary::{DeliveryId, DeliveryState, Instant};

/// How far a delivery has come on its way out of here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carriage {
    /// How far.
    pub state: CarriageState,
    /// Since when.
    pub since: Instant,
    /// How it went, or why it did not.
    pub note: Option<String>,
    /// When it was laid into the recipient's inbox here.
    pub laid_at: Option<Instant>,
}

/// The states of that way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarriageState {
    /// It waits, or is tried again.
    Waiting,
    /// A mail server or the recipient's system took it.
    Sent,
    /// It is tried no more until somebody says so: a dead letter.
    Failed,
}

/// What happened on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// It left here: a mail server took it, or it was printed for the post.
    Sent {
        /// How.
        how: String,
    },
    /// The recipient's own system has it.
    Accepted {
        /// How.
        how: String,
    },
    /// It did not get there, or came back.
    Failed {
        /// Why.
        why: String,
    },
    /// Somebody wants it to be tried again.
    Again,
}

impl Carriage {
    pub(super) const fn new(at: Instant) -> Self {
        Self {
            state: CarriageState::Waiting,
            since: at,
            note: None,
            laid_at: None,
        }
    }

    /// Whether it is still to be carried.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == CarriageState::Waiting
    }

    pub(super) fn fold(&mut self, state: DeliveryState, note: Option<&str>, at: Instant) {
        self.state = match state {
            DeliveryState::Queued => CarriageState::Waiting,
            DeliveryState::Sent => CarriageState::Sent,
            DeliveryState::Failed => CarriageState::Failed,
            _ => return,
        };
        self.since = at;
        self.note = note.map(str::to_owned);
    }
}

/// Decides what the record says of it. Said twice it is said once. What left here in
/// the moment in which it was stopped has left: the record says what happened.
///
/// # Errors
/// If there is no such delivery, it takes no such way, or it is to be tried again
/// although it did not fail or no longer stands.
pub fn carry(
    document: &Document,
    delivery: DeliveryId,
    passage: &Passage,
) -> Result<Vec<DocumentEvent>, Refusal> {
    let Some(current) = document.delivery(delivery) else {
        return Err(Refusal::new(
            "no_such_delivery",
            "This document was not sent to that recipient.",
            "Look at the case's documents for who it was sent to.",
        ));
    };
    if document.sha256.is_none() {
        return Err(Refusal::new(
            "not_made_yet",
            "The document is still being made.",
            "Try again in a moment.",
        ));
    }
    let news = if let Some(carriage) = &current.carriage {
        carried(document, current, carriage.state, passage)?
    } else if current.request.channel.arrives_here() {
        return Err(Refusal::new(
            "stays_here",
            "This delivery lies in an inbox here; it goes nowhere else.",
            "Settle how the organisation wants its documents, for those to come.",
        ));
    } else {
        posted(document, current, passage)?
    };
    let advanced = news
        .into_iter()
        .map(|(state, note)| DocumentEvent::DeliveryAdvanced {
            delivery_id: delivery,
            state,
            note,
        });
    Ok(advanced.collect())
}

type News = Vec<(DeliveryState, Option<String>)>;

fn carried(
    document: &Document,
    delivery: &Delivery,
    state: CarriageState,
    passage: &Passage,
) -> Result<News, Refusal> {
    let sent = state == CarriageState::Sent;
    Ok(match passage {
        Passage::Sent { .. } | Passage::Failed { .. } if is(state, passage) => Vec::new(),
        Passage::Sent { how } => vec![(DeliveryState::Sent, Some(how.clone()))],
        // It was stopped meanwhile, and did not get there: nothing to tell.
        Passage::Failed { .. } if delivery.state == DeliveryState::Stopped => Vec::new(),
        Passage::Failed { why } => vec![(DeliveryState::Failed, Some(why.clone()))],
        Passage::Accepted { how } => {
            let sent = (!sent).then(|| (DeliveryState::Sent, Some(how.clone())));
            let received = delivery
                .received_at
                .is_none()
                .then(|| (DeliveryState::Received, Some(how.clone())));
            sent.into_iter().chain(received).collect()
        }
        Passage::Again if document.superseded.is_some() => {
            return Err(no_longer_stands());
        }
        Passage::Again if state != CarriageState::Failed => return Err(not_failed()),
        Passage::Again => vec![(DeliveryState::Queued, None)],
    })
}

fn is(state: CarriageState, passage: &Passage) -> bool {
    match passage {
        Passage::Sent { .. } => state == CarriageState::Sent,
        Passage::Failed { .. } => state == CarriageState::Failed,
        Passage::Accepted { .. } | Passage::Again => false,
    }
}

/// A letter is printed once; the post may bring it back, and then it did not arrive.
fn posted(document: &Document, delivery: &Delivery, passage: &Passage) -> Result<News, Refusal> {
    let news = match passage {
        Passage::Sent { how } => {
            let waits = matches!(
                delivery.state,
                DeliveryState::Queued | DeliveryState::Stopped
            );
            waits.then(|| (DeliveryState::Sent, Some(how.clone())))
        }
        Passage::Failed { why } if delivery.is_posted() => {
            Some((DeliveryState::Failed, Some(why.clone())))
        }
        Passage::Failed { .. } if delivery.state == DeliveryState::Failed => None,
        Passage::Failed { .. } => {
            return Err(Refusal::new(
                "not_posted",
                "This letter was not posted, so it cannot have come back.",
                "Look at how far the delivery is.",
            ));
        }
        Passage::Again if document.superseded.is_some() => return Err(no_longer_stands()),
        Passage::Again if delivery.state == DeliveryState::Failed => {
            Some((DeliveryState::Queued, None))
        }
        Passage::Again => return Err(not_failed()),
        Passage::Accepted { .. } => {
            return Err(Refusal::new(
                "goes_by_post",
                "This delivery goes by post.",
                "Print it with the next batch.",
            ));
        }
    };
    Ok(news.into_iter().collect())
}

fn no_longer_stands() -> Refusal {
    Refusal::new(
        "superseded",
        "This document no longer stands, so it is not sent again.",
        "Look at the document that took its place.",
    )
}

fn not_failed() -> Refusal {
    Refusal::new(
        "not_failed",
        "This delivery did not fail.",
        "List those that did with `deliveries dead`.",
    )
}

#[cfg(test)]
mod tests;
