//! Who signed in, who left, and what people changed about how they sign in, on its way into
//! the record. What opens something is recorded before it opens; what closes something, after.

use crate::{
    App, Caller, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{Account, SignInStep},
    reading::ReadingEvent,
};
use vocabulary::{AccountId, CommandId};

/// Records what somebody did about their own account.
pub(super) async fn note(
    app: &App,
    who: &Caller,
    account: &Account,
    step: SignInStep,
) -> Result<(), Error> {
    let by = Actor::Person {
        account: account.id,
        name: account.name.clone(),
        organisation: account.organisation,
        from: who.from.clone(),
        under: None,
    };
    append(app, by, account.id, step).await
}

/// Ends every session of an account, for whoever runs the service.
///
/// # Errors
/// If they cannot be ended, or the record cannot be written.
pub async fn end_all_sessions(app: &App, account: &Account) -> Result<(), Error> {
    app.work.end_sessions(account.id).await?;
    note_by_operator(app, account, SignInStep::AllSessionsEnded).await
}

/// Records what whoever runs the service did about somebody's account.
pub(super) async fn note_by_operator(
    app: &App,
    account: &Account,
    step: SignInStep,
) -> Result<(), Error> {
    append(app, app.acting(), account.id, step).await
}

async fn append(app: &App, by: Actor, account: AccountId, step: SignInStep) -> Result<(), Error> {
    app.ledger
        .append(Append {
            command: CommandId(app.chance.id()),
            moment: Moment {
                at: app.chance.now(),
                by,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Reading, account.0),
                expected: Expected::Any,
                key: account.0,
                events: vec![Event::Reading(ReadingEvent::SignIn { account, step })],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
