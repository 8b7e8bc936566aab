//! How an organisation's people sign in: an administrative fact, in the record.

use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{AccountEvent, Organisation, Provider, SigningIn},
};
use vocabulary::CommandId;

/// Asks a second factor of everybody of an organisation, or no longer.
///
/// # Errors
/// If the record cannot be written.
pub async fn require_second_factor(
    app: &App,
    organisation: &Organisation,
    required: bool,
) -> Result<(), Error> {
    let signing_in = SigningIn {
        second_factor: required,
        ..organisation.signing_in.clone()
    };
    settle(app, organisation, signing_in).await
}

/// Names the identity provider of an organisation, or that it has none.
///
/// # Errors
/// If the record cannot be written.
pub async fn set_provider(
    app: &App,
    organisation: &Organisation,
    provider: Option<Provider>,
) -> Result<(), Error> {
    let signing_in = SigningIn {
        provider,
        ..organisation.signing_in.clone()
    };
    settle(app, organisation, signing_in).await
}

async fn settle(
    app: &App,
    organisation: &Organisation,
    signing_in: SigningIn,
) -> Result<(), Error> {
    app.ledger
        .append(Append {
            command: CommandId(app.chance.id()),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Account, organisation.id.0),
                expected: Expected::Any,
                key: organisation.id.0,
                events: vec![Event::Account(AccountEvent::SigningInSettled {
                    organisation: organisation.id,
                    signing_in,
                })],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
