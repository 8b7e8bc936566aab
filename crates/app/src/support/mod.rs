//! Announcements, and help from the service centre. Whoever answers sees what was asked and
//! where, with the organisation; a name only if the person wrote it or ticked what names people.

mod announce;
mod help;

use crate::{
    App, Caller, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{Event, Stream, StreamKind, support::SupportEvent};
use uuid::Uuid;

/// Records one event of an announcement or a request.
async fn record(
    app: &App,
    who: &Caller,
    id: Uuid,
    expected: Expected,
    event: SupportEvent,
) -> Result<(), Error> {
    let person = who.person()?;
    app.ledger
        .append(Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Support, id),
                expected,
                key: id,
                events: vec![Event::Support(event)],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
