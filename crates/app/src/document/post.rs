//! Letters: what waits for the post goes to the printer in batches. A batch that was
//! begun is made again the same until it has ended. What was superseded before it was
//! printed is withdrawn; what was printed before, and was superseded since, is named
//! in the next batch, so that it can be taken out of the mail if it is still there.

use super::carry::record;
use crate::{App, Error, ports::PostBatch};
use domain::document::Passage;
use uuid::Uuid;
use vocabulary::{Channel, DeliveryId, DeliveryState, DocumentId, Instant};

/// How many letters a batch has at most.
const MOST: i64 = 500;

/// A batch of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: Uuid,
    /// When it was begun.
    pub begun: Instant,
    /// What is printed, withdrawn or called back, in order.
    pub sheets: Vec<Sheet>,
}

/// A letter of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What becomes of it.
    pub what: What,
    /// Delivery.
    pub delivery: DeliveryId,
    /// Document.
    pub document: DocumentId,
    /// Its name.
    pub name: String,
    /// First or second class.
    pub channel: Channel,
    /// To whom.
    pub recipient: String,
    /// Where to, line by line.
    pub address: Vec<String>,
    /// SHA-256 of the PDF.
    pub sha256: String,
}

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It is printed.
    Print,
    /// It no longer stands, and is not printed.
    Withdrawn,
    /// It was printed with an earlier batch, and no longer stands.
    Recall {
        /// That batch.
        batch: Uuid,
    },
}

/// The batch to print now: the one that was begun and not ended, or a new one. None,
/// if nothing waits for the post and nothing is called back.
///
/// # Errors
/// If the record cannot say.
pub async fn post_batch(app: &App) -> Result<Option<Batch>, Error> {
    let recalled = app.carrying.to_recall().await?;
    let begun = match app.carrying.open_batch().await? {
        Some(open) => open,
        None if recalled.is_empty() && !app.carrying.letter_waits().await? => return Ok(None),
        None => {
            let (id, now) = (app.chance.id(), app.chance.now());
            app.carrying.begin_batch(id, now, MOST).await?
        }
    };
    let PostBatch { id, begun, letters } = begun;
    let letters = letters.into_iter().map(|letter| (letter, None));
    let recalled = recalled
        .into_iter()
        .map(|printed| (printed.letter, Some(printed.batch)));
    let mut sheets = Vec::new();
    for (letter, earlier) in letters.chain(recalled) {
        let Some(document) = app.ledger.document(letter.document).await? else {
            continue;
        };
        let (Some(delivery), Some(sha256)) =
            (document.delivery(letter.delivery), document.sha256.clone())
        else {
            continue;
        };
        let what = match earlier {
            Some(batch) => What::Recall { batch },
            // Sent, if this batch was begun before and came so far.
            None if document.to_post(delivery) || delivery.state == DeliveryState::Sent => {
                What::Print
            }
            None => What::Withdrawn,
        };
        sheets.push(Sheet {
            what,
            delivery: letter.delivery,
            document: document.id,
            name: document.name.clone(),
            channel: delivery.request.channel,
            recipient: delivery.request.name.clone(),
            address: delivery.request.address.clone(),
            sha256,
        });
    }
    Ok(Some(Batch { id, begun, sheets }))
}

/// Records that a batch was written, and ends it.
///
/// # Errors
/// If it cannot be recorded; then it is written again the same.
pub async fn posted(app: &App, batch: &Batch) -> Result<usize, Error> {
    let mut sent = 0;
    let mut told = Vec::new();
    for sheet in &batch.sheets {
        if sheet.what == What::Print {
            let how = format!("printed for the post with batch {}", batch.id);
            let passage = Passage::Sent { how };
            record(app, sheet.document, sheet.delivery, batch.begun, passage).await?;
            sent += 1;
        } else {
            told.push(sheet.delivery);
        }
    }
    app.carrying.end_batch(batch.id, &told).await?;
    Ok(sent)
}
