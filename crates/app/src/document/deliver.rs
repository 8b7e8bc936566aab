//! Delivering to inboxes and to the case's own file: a document leaves, and the
//! recipient's system has it.
//! What is carried out of here is `carry`'s, letters are `post`'s.

use super::setback::{Setbacks, contained};
use crate::{
    App, Error,
    ports::{Append, Expected, Fault, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    document::{Document, DocumentEvent, Step, advance},
};
use futures::{StreamExt, stream};
use std::pin::pin;
use vocabulary::{CommandId, DeliveryId, DeliveryState, DocumentId, Instant};

/// How many documents are taken at once.
const BATCH: i64 = 50;

/// Moves deliveries that wait, oldest first, of so many documents at once, and says how
/// many were received. A document that cannot be delivered is a setback and holds up no
/// other.
///
/// # Errors
/// If the record cannot say which there are.
pub async fn deliver_due(
    app: &App,
    setbacks: &mut Setbacks,
    at_once: usize,
) -> Result<usize, Error> {
    let listed = app
        .index
        .documents_to_deliver(BATCH + setbacks.count())
        .await?;
    let due = setbacks.due(listed, app.chance.now());
    let work = |id| async move { (id, contained(deliver(app, id)).await) };
    let mut work = pin!(stream::iter(due).map(work).buffered(at_once));
    let mut received = 0;
    while let Some((id, outcome)) = work.next().await {
        received += setbacks.note(id, app.chance.now(), outcome).unwrap_or(0);
    }
    Ok(received)
}

/// The same, whatever went wrong before, and one after the other: the record has them
/// in that order.
///
/// # Errors
/// As [`deliver_due`].
pub async fn deliver_waiting(app: &App) -> Result<usize, Error> {
    deliver_due(app, &mut Setbacks::default(), 1).await
}

/// One document to everybody who waits for it, in one commit: leaving and arriving are
/// one thing where the inbox is ours.
pub(crate) async fn deliver(app: &App, id: DocumentId) -> Result<usize, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(0);
    };
    if document.sha256.is_none() {
        return Ok(0);
    }
    let (version, key) = (document.version, document.case_id.0);
    let moment = Moment {
        at: app.chance.now(),
        by: Actor::Service,
    };
    let Arrived {
        received,
        events,
        failed,
    } = arrive(document, moment.at);
    if !events.is_empty() {
        let appended = app
            .ledger
            .append(Append {
                command: CommandId::derived(&id.0, &format!("arrived after {version}")),
                moment,
                streams: vec![StreamAppend {
                    stream: Stream::new(StreamKind::Document, id.0),
                    expected: Expected::Version(version),
                    key,
                    events,
                }],
                answer: serde_json::Value::Null,
            })
            .await;
        match appended {
            Ok(appended) if !appended.repeated => {}
            // Somebody else moved it on; the next round sees how.
            Ok(_) | Err(Fault::Stale { .. }) => return Ok(0),
            Err(fault) => return Err(fault.into()),
        }
    }
    failed.map_or(Ok(received), Err)
}

/// What comes of a document's way to those who wait for it.
struct Arrived {
    received: usize,
    events: Vec<Event>,
    /// One recipient that cannot be reached keeps nothing from the others.
    failed: Option<Error>,
}

fn arrive(mut document: Document, at: Instant) -> Arrived {
    let mut arrived = Arrived {
        received: 0,
        events: Vec::new(),
        failed: None,
    };
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
    for delivery in waiting {
        match one(&document, delivery, at) {
            Ok((after, events)) => {
                document = after;
                arrived.received += 1;
                arrived
                    .events
                    .extend(events.into_iter().map(Event::Document));
            }
            Err(error) => arrived.failed = Some(error),
        }
    }
    arrived
}

/// One delivery: it leaves, and the recipient's system has it.
fn one(
    document: &Document,
    delivery: DeliveryId,
    at: Instant,
) -> Result<(Document, Vec<DocumentEvent>), Error> {
    let mut document = document.clone();
    let mut taken = Vec::new();
    for step in [Step::Sent, Step::Received] {
        for event in advance(&document, delivery, &step)? {
            document = Document::fold(Some(document), &event, at)
                .ok_or_else(|| Error::Broken("a step of a delivery cannot follow".to_owned()))?;
            taken.push(event);
        }
    }
    Ok((document, taken))
}
