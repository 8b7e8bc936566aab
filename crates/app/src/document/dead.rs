//! Deliveries that failed: which there are, trying one again, and what came back
//! from a mail server after it had taken it.

use super::carry::record;
use crate::{App, Error};
use contract::Problem;
use domain::document::Passage;
use vocabulary::{DeliveryId, Instant};

/// How many are listed at most.
const MOST: i64 = 500;

/// A delivery that failed, as whoever looks after the service reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Document.
    pub document: String,
    /// Recipient.
    pub recipient: String,
    /// Since when.
    pub since: Instant,
    /// Why.
    pub why: String,
}

/// Those that failed and still ought to arrive, oldest first.
///
/// # Errors
/// If the record cannot be read.
pub async fn dead_letters(app: &App) -> Result<Vec<DeadLetter>, Error> {
    let mut letters = Vec::new();
    for dead in app.carrying.dead(MOST).await? {
        let Some(document) = app.ledger.document(dead.document).await? else {
            continue;
        };
        if let Some(delivery) = document.delivery(dead.delivery)
            && let Some(carriage) = &delivery.carriage
        {
            letters.push(DeadLetter {
                delivery: dead.delivery,
                document: document.name.clone(),
                recipient: delivery.request.name.clone(),
                since: carriage.since,
                why: carriage.note.clone().unwrap_or_default(),
            });
        }
    }
    Ok(letters)
}

/// Has a delivery that failed tried again.
///
/// # Errors
/// If there is none of this id, it did not fail, or its document no longer stands.
pub async fn retry(app: &App, delivery: DeliveryId) -> Result<(), Error> {
    news(app, delivery, Passage::Again).await.map(|_| ())
}

/// Records that a mail server gave a delivery back. Says whether that is news.
///
/// # Errors
/// If there is no such delivery, or it was not carried.
pub async fn bounced(app: &App, delivery: DeliveryId, why: &str) -> Result<bool, Error> {
    let why = format!("It came back: {why}");
    news(app, delivery, Passage::Failed { why }).await
}

async fn news(app: &App, delivery: DeliveryId, passage: Passage) -> Result<bool, Error> {
    let id = app.index.document_of_delivery(delivery).await?;
    let id = id.ok_or_else(Problem::not_found)?;
    let document = app.ledger.document(id).await?;
    let document = document.ok_or_else(Problem::not_found)?;
    let since = document
        .delivery(delivery)
        .and_then(|d| Some(d.carriage.as_ref()?.since))
        .unwrap_or(document.requested_at);
    record(app, id, delivery, since, passage).await
}
