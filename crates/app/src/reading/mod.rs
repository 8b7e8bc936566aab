//! Readings are recorded: of papers before their bytes leave, of a case within a
//! second of its view.

mod looks;

pub use looks::Looks;

use crate::{
    App, Error,
    account::Sender,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Origin, Stream, StreamKind, document::Document, reading::ReadingEvent,
    submission::Submission,
};
use uuid::Uuid;
use vocabulary::{CaseId, CommandId};

/// Records that a person viewed a case; nobody waits for that.
pub(crate) async fn case_viewed(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    policy: String,
) -> Result<(), Error> {
    let event = ReadingEvent::CaseViewed {
        case_id: case,
        organisation: person.organisation.id,
        policy,
    };
    let append = append(app, person, case.0, event);
    Ok(app.ledger.append_soon(append).await?)
}

/// Records that a person looked for a case and found it; nobody waits for that.
pub(crate) async fn case_found(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    policy: String,
) -> Result<(), Error> {
    let event = ReadingEvent::CaseFound {
        case_id: case,
        organisation: person.organisation.id,
        policy,
    };
    let append = append(app, person, case.0, event);
    Ok(app.ledger.append_soon(append).await?)
}

/// Records that a person looks at a case while they work on it, once for as long as
/// the look lasts.
pub(crate) async fn case_looked_at(
    app: &App,
    person: &SignedIn,
    case: CaseId,
    policy: String,
) -> Result<(), Error> {
    let (account, now) = (person.account.id, app.chance.now());
    if app.looks.lasts(account, case, now) {
        return Ok(());
    }
    case_viewed(app, person, case, policy).await?;
    app.looks.recorded(account, case, now);
    Ok(())
}

/// Records that somebody looked for a case, with what they asked; nobody waits for that.
/// The searches of an organisation are one stream.
pub(crate) async fn searched(
    app: &App,
    person: &SignedIn,
    event: ReadingEvent,
) -> Result<(), Error> {
    let append = append(app, person, person.organisation.id.0, event);
    Ok(app.ledger.append_soon(append).await?)
}

/// Records a reading of something that belongs to a case; durable when it returns.
pub(crate) async fn record(
    app: &App,
    person: &SignedIn,
    case: Uuid,
    event: ReadingEvent,
) -> Result<(), Error> {
    app.ledger.append(append(app, person, case, event)).await?;
    Ok(())
}

/// Records that a person read a document, for each case that it is written in: whoever asks who
/// read of one of them, or whether somebody read of it for the other side, asks of that case.
/// Durable when it returns.
pub(crate) async fn document_read(
    app: &App,
    person: &SignedIn,
    document: &Document,
    event: ReadingEvent,
) -> Result<(), Error> {
    let first = append(app, person, document.case_id.0, event.clone());
    app.ledger.append(of_each(document, event, first)).await?;
    Ok(())
}

/// The same for each case of a document.
fn of_each(document: &Document, event: ReadingEvent, first: Append) -> Append {
    let mut cases: Vec<CaseId> = document.parties().map(|party| party.case_id).collect();
    cases.sort_unstable();
    cases.dedup();
    let streams = cases
        .iter()
        .map(|case| stream_append(case.0, event.clone()));
    Append {
        streams: streams.collect(),
        ..first
    }
}

/// Records what another organisation's system read; durable when it returns.
pub(crate) async fn record_for_machine(
    app: &App,
    by: &Sender,
    about: Uuid,
    event: ReadingEvent,
) -> Result<(), Error> {
    let moment = Moment {
        at: app.chance.now(),
        by: by.actor(),
    };
    app.ledger
        .append(appending(app, moment, about, event))
        .await?;
    Ok(())
}

/// Records that the sender of a submission read what became of it; nobody waits for that. It
/// belongs to the case, if one was made.
///
/// # Errors
/// If it cannot be recorded.
pub async fn submission_read(app: &App, by: &Sender, read: &Submission) -> Result<(), Error> {
    let moment = Moment {
        at: app.chance.now(),
        by: by.actor(),
    };
    let about = read.case_id.map_or(read.id.0, |case| case.0);
    let event = ReadingEvent::SubmissionRead {
        submission_id: read.id,
    };
    let append = appending(app, moment, about, event);
    Ok(app.ledger.append_soon(append).await?)
}

/// Records that somebody who holds a document asked whether it is genuine, and it is; nobody
/// waits for that.
pub(crate) async fn document_verified(
    app: &App,
    from: &Origin,
    document: &Document,
) -> Result<(), Error> {
    let moment = Moment {
        at: app.chance.now(),
        by: Actor::Stranger {
            from: Some(from.clone()),
        },
    };
    let event = ReadingEvent::DocumentVerified {
        document_id: document.id,
    };
    let append = appending(app, moment, document.case_id.0, event.clone());
    let append = of_each(document, event, append);
    Ok(app.ledger.append_soon(append).await?)
}

fn append(app: &App, person: &SignedIn, case: Uuid, event: ReadingEvent) -> Append {
    let now = app.chance.now();
    let moment = match event.policy() {
        Some(_) => person.reading_moment(now),
        None => person.moment(now),
    };
    appending(app, moment, case, event)
}

/// The part of a command that is a reading of a case.
pub(crate) fn stream_append(about: Uuid, event: ReadingEvent) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Reading, about),
        expected: Expected::Any,
        key: about,
        events: vec![Event::Reading(event)],
    }
}

fn appending(app: &App, moment: Moment, about: Uuid, event: ReadingEvent) -> Append {
    Append {
        command: CommandId(app.chance.id()),
        moment,
        streams: vec![stream_append(about, event)],
        answer: serde_json::Value::Null,
    }
}
