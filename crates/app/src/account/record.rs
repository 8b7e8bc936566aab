//! One event of an account, organisation or credential, recorded for whoever runs the
//! service, or for somebody else of whom it is said. What people do themselves is recorded by `crates/app/src/organisation`, under
//! their own name and command.

use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{Event, Moment, Stream, StreamKind, account::AccountEvent};
use uuid::Uuid;
use vocabulary::CommandId;

/// Records it.
///
/// # Errors
/// If the stream is not as expected, or the record cannot be written.
pub(super) async fn record(
    app: &App,
    of: Uuid,
    expected: Expected,
    event: AccountEvent,
) -> Result<(), Error> {
    let by_the_service = Moment {
        at: app.chance.now(),
        by: app.acting(),
    };
    record_at(app, by_the_service, of, expected, event).await
}

/// The same at a moment of somebody's.
pub(super) async fn record_at(
    app: &App,
    moment: Moment,
    of: Uuid,
    expected: Expected,
    event: AccountEvent,
) -> Result<(), Error> {
    app.ledger
        .append(Append {
            command: CommandId(app.chance.id()),
            moment,
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Account, of),
                expected,
                key: of,
                events: vec![Event::Account(event)],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
