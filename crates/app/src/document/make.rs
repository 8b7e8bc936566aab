//! Making the PDFs that were asked for, filing them in the case. Runs after
//! every commit that asks for one, and again after a crash: what is asked for
//! and not made is found in the index.

use super::setback::{Setbacks, contained};
use crate::{
    App, Error,
    ports::{Append, Expected, Fault, StreamAppend},
};
use contract::document::{OrderView, Superseded};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    case::CaseEvent,
    document::{Document, DocumentEvent},
};
use futures::{StreamExt, stream};
use std::pin::pin;
use vocabulary::{CommandId, DocumentId};

/// How many are taken at once.
const BATCH: i64 = 50;

/// Makes documents that wait, oldest first, so many at once, and says how many were
/// made. One that cannot be made is a setback and holds up no other.
///
/// # Errors
/// If the record cannot say which there are.
pub async fn make_due(app: &App, setbacks: &mut Setbacks, at_once: usize) -> Result<usize, Error> {
    let listed = app
        .index
        .documents_to_make(BATCH + setbacks.count())
        .await?;
    let due = setbacks.due(listed, app.chance.now());
    let work = |id| async move { (id, contained(make(app, id)).await) };
    let mut work = pin!(stream::iter(due).map(work).buffered(at_once));
    let mut made = 0;
    while let Some((id, outcome)) = work.next().await {
        if setbacks.note(id, app.chance.now(), outcome) == Some(true) {
            made += 1;
        }
    }
    Ok(made)
}

/// The same, whatever went wrong before, and one after the other: the record has them
/// in that order.
///
/// # Errors
/// As [`make_due`].
pub async fn make_waiting(app: &App) -> Result<usize, Error> {
    make_due(app, &mut Setbacks::default(), 1).await
}

/// Makes this one, if it waits; says whether it was made.
pub(crate) async fn make(app: &App, id: DocumentId) -> Result<bool, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(false);
    };
    if !document.to_make() {
        return Ok(false);
    }
    let mut view: OrderView = serde_json::from_value(document.view.clone())?;
    let marks = document.sha256.is_some();
    if marks && let Some(superseded) = &document.superseded {
        view.superseded = Some(Superseded {
            on: superseded.at.day(),
            by: superseded.by,
        });
    }
    let pdf = app.printer.print(view).await?;
    let bytes = pdf.len() as u64;
    let sha256 = app.objects.put(pdf).await?;
    if marks {
        mark(app, &document, sha256, bytes).await
    } else {
        file(app, &document, sha256, bytes).await
    }
}

/// Records the copy that says that the document no longer stands: whoever opens it
/// from now on reads that first. The PDF as issued stays under its hash.
async fn mark(app: &App, document: &Document, sha256: String, bytes: u64) -> Result<bool, Error> {
    let appended = app
        .ledger
        .append(Append {
            command: CommandId::derived(&document.id.0, "marked superseded"),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Document, document.id.0),
                expected: Expected::Version(document.version),
                key: document.case_id.0,
                events: vec![Event::Document(DocumentEvent::SupersededCopyMade {
                    sha256,
                    bytes,
                })],
            }],
            answer: serde_json::Value::Null,
        })
        .await;
    match appended {
        Ok(appended) => Ok(!appended.repeated),
        Err(Fault::Stale { .. }) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// Records the PDF and files it in each of its cases. Several servers may try the same
/// document; the first one wins, and the command id says so to the others.
async fn file(app: &App, document: &Document, sha256: String, bytes: u64) -> Result<bool, Error> {
    let mut streams = vec![StreamAppend {
        stream: Stream::new(StreamKind::Document, document.id.0),
        expected: Expected::Version(document.version),
        key: document.case_id.0,
        events: vec![Event::Document(DocumentEvent::DocumentMade {
            sha256,
            bytes,
        })],
    }];
    streams.extend(document.parties().map(|party| StreamAppend {
        stream: Stream::new(StreamKind::Case, party.case_id.0),
        expected: Expected::Any,
        key: party.case_id.0,
        events: vec![Event::Case(CaseEvent::DocumentFiled {
            document_id: document.id,
            name: document.name.clone(),
        })],
    }));
    let appended = app
        .ledger
        .append(Append {
            command: CommandId::derived(&document.id.0, "made"),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams,
            answer: serde_json::Value::Null,
        })
        .await;
    match appended {
        Ok(appended) => Ok(!appended.repeated),
        // Somebody else moved it on; the next round sees how.
        Err(Fault::Stale { .. }) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}
