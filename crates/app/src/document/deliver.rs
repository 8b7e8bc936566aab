//! Delivering to inboxes and to the case's own file: a document leaves, and the
//! recipient's system has it.
//! What is carried out of here is `carry`'s, letters are `post`'s.

use super::setback::Setbacks;
use crate::{
    App, Error,
    ports::{Append, Expected, Fault, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    document::{Document, Step, advance},
};
use vocabulary::{CommandId, DeliveryId, DeliveryState, DocumentId};

/// How many documents are taken at once.
const BATCH: i64 = 50;

/// Moves deliveries that wait, oldest first, and says how many were received. A
/// document that cannot be delivered is a setback and holds up no other.
///
/// # Errors
/// If the record cannot say which there are.
pub async fn deliver_due(app: &App, setbacks: &mut Setbacks) -> Result<usize, Error> {
    let listed = app
        .index
        .documents_to_deliver(BATCH + setbacks.count())
        .await?;
    let mut received = 0;
    for id in setbacks.due(listed, app.chance.now()) {
        let now = app.chance.now();
        let delivered = setbacks.contain(id, now, deliver(app, id)).await;
        received += delivered.unwrap_or(0);
    }
    Ok(received)
}

/// The same, whatever went wrong before.
///
/// # Errors
/// As [`deliver_due`].
pub async fn deliver_waiting(app: &App) -> Result<usize, Error> {
    deliver_due(app, &mut Setbacks::default()).await
}

async fn deliver(app: &App, id: DocumentId) -> Result<usize, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(0);
    };
    if document.sha256.is_none() {
        return Ok(0);
    }
    let waiting: Vec<DeliveryId> = document
        .deliveries
        .iter()
        .filter(|d| {
            d.request.channel.arrives_here()
                && d.carriage.is_none()
                && matches!(d.state, DeliveryState::Queued | DeliveryState::Sent)
        })
        .map(|d| d.request.id)
        .collect();
    let mut received = 0;
    let mut failed = None;
    for delivery in waiting {
        // One recipient that cannot be reached keeps nothing from the others.
        match arrive(app, id, delivery).await {
            Ok(true) => received += 1,
            Ok(false) => {}
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(received), Err)
}

/// Each step is durable by itself: a crash between them goes on here.
async fn arrive(app: &App, id: DocumentId, delivery: DeliveryId) -> Result<bool, Error> {
    take(app, id, delivery, &Step::Sent).await?;
    take(app, id, delivery, &Step::Received).await
}

async fn take(app: &App, id: DocumentId, delivery: DeliveryId, step: &Step) -> Result<bool, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(false);
    };
    let events = advance(&document, delivery, step)?;
    if events.is_empty() {
        return Ok(false);
    }
    match app
        .ledger
        .append(append(app, &document, delivery, step, events))
        .await
    {
        Ok(appended) => Ok(!appended.repeated),
        Err(Fault::Stale { .. }) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

fn append(
    app: &App,
    document: &Document,
    delivery: DeliveryId,
    step: &Step,
    events: Vec<domain::document::DocumentEvent>,
) -> Append {
    let step_name = match step {
        Step::Sent => "sent",
        _ => "received",
    };
    Append {
        command: CommandId::derived(&delivery.0, step_name),
        moment: Moment {
            at: app.chance.now(),
            by: Actor::Service,
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Document, document.id.0),
            expected: Expected::Version(document.version),
            key: document.case_id.0,
            events: events.into_iter().map(Event::Document).collect(),
        }],
        answer: serde_json::Value::Null,
    }
}
