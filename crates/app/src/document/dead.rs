//! Deliveries that failed: which there are, trying one again, and what came back
//! from a mail server after it had taken it.

use super::carry::record;
use crate::{App, Error};
use contract::{Code, Problem};
use domain::document::{Document, Passage};
use vocabulary::{DeliveryId, Instant, OrganisationId};

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
    for dead in app.carrying.dead(None, MOST).await? {
        let Some(document) = app.ledger.document(dead.document).await? else {
            continue;
        };
        if let Some(delivery) = document.delivery(dead.delivery) {
            // A letter has no carriage: what became of it is what became of the delivery.
            let (since, why) = match &delivery.carriage {
                Some(carriage) => (carriage.since, carriage.note.clone()),
                None => (delivery.since, delivery.note.clone()),
            };
            letters.push(DeadLetter {
                delivery: dead.delivery,
                document: document.name.clone(),
                recipient: delivery.request.name.clone(),
                since,
                why: why.unwrap_or_default(),
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

/// Has everything tried again that failed on its way to an organisation, and says how
/// many deliveries that are.
///
/// # Errors
/// If the record cannot be read or written.
pub async fn retry_all(app: &App, organisation: OrganisationId) -> Result<u64, Error> {
    let mut again = 0;
    loop {
        let before = again;
        for dead in app.carrying.dead(Some(organisation), MOST).await? {
            match news(app, dead.delivery, Passage::Again).await {
                Ok(true) => again += 1,
                // Somebody else had it tried, or it was superseded, since it was listed.
                Ok(false) | Err(Error::Problem(_)) => {}
                Err(error) => return Err(error),
            }
        }
        if again == before {
            return Ok(again);
        }
    }
}

/// Records that a mail server gave a delivery back. Says whether that is news.
///
/// # Errors
/// If there is no such delivery, it was not carried, or it waits to leave.
pub async fn bounced(app: &App, delivery: DeliveryId, why: &str) -> Result<bool, Error> {
    let document = document_of(app, delivery).await?;
    let carriage = document
        .delivery(delivery)
        .and_then(|d| d.carriage.as_ref());
    // One that is tried again is not stopped by what came back of the last time.
    if carriage.is_some_and(|carriage| carriage.waits()) {
        return Err(Problem::new(
            Code::Refused,
            "This delivery waits to be sent, so nothing of it can have come back.",
            "Nothing was recorded. What comes back after it was sent is taken in.",
        )
        .into());
    }
    let why = format!("It came back: {why}");
    news(app, delivery, Passage::Failed { why }).await
}

async fn document_of(app: &App, delivery: DeliveryId) -> Result<Document, Error> {
    let document = match app.index.document_of_delivery(delivery).await? {
        Some(id) => app.ledger.document(id).await?,
        None => None,
    };
    Ok(document.ok_or_else(Problem::not_found)?)
}

/// Records what happened to a delivery, of whichever document it is.
pub(super) async fn news(app: &App, delivery: DeliveryId, passage: Passage) -> Result<bool, Error> {
    let document = document_of(app, delivery).await?;
    let since = document
        .delivery(delivery)
        .map(|d| d.carriage.as_ref().map_or(d.since, |own| own.since))
        .unwrap_or(document.requested_at);
    record(app, document.id, delivery, since, passage).await
}
