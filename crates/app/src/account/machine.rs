//! Credentials of other organisations' systems: bound to one OU code, revocable.

use super::session::token_hash;
use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use contract::{Code, Problem};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{AccountEvent, Machine},
};
use vocabulary::{CommandId, MachineId};

/// The system whose secret this is.
///
/// # Errors
/// `signed_out`, if the secret is unknown or its credential revoked.
pub async fn machine_of(app: &App, secret: &str) -> Result<Machine, Error> {
    let known = match app.work.machine_by_secret(&token_hash(secret)).await? {
        Some(id) => app
            .index
            .machine(id)
            .await?
            .filter(|machine| machine.active),
        None => None,
    };
    known.ok_or_else(|| {
        Problem::new(
            Code::SignedOut,
            "The credential is not known, or it was revoked.",
            "Ask the service for a new credential.",
        )
        .into()
    })
}

/// Issues a credential and gives its secret, which is shown this once.
///
/// # Errors
/// If the OU code is no seven letters and digits, or the record cannot be written.
pub async fn issue_machine(
    app: &App,
    name: &str,
    ou_code: &str,
) -> Result<(Machine, String), Error> {
    let ou_code = ou_code.trim().to_uppercase();
    if ou_code.len() != 7 || !ou_code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Problem::new(
            Code::BadRequest,
            "An OU code has seven letters and digits.",
            "Give the code of the prosecuting authority, for instance GAAAA01.",
        )
        .into());
    }
    let machine = Machine {
        id: MachineId(app.chance.id()),
        name: name.trim().to_owned(),
        ou_code,
        active: true,
    };
    let secret = hex::encode(app.chance.secret());
    app.work
        .set_machine_secret(machine.id, &token_hash(&secret))
        .await?;
    record(
        app,
        machine.id,
        Expected::New,
        AccountEvent::MachineIssued(machine.clone()),
    )
    .await?;
    Ok((machine, secret))
}

/// Revokes a credential: the next request with it is refused.
///
/// # Errors
/// If there is no such credential, or the record cannot be written.
pub async fn revoke_machine(app: &App, machine: MachineId) -> Result<(), Error> {
    if app.index.machine(machine).await?.is_none() {
        return Err(Problem::not_found().into());
    }
    record(
        app,
        machine,
        Expected::Any,
        AccountEvent::MachineRevoked { machine },
    )
    .await
}

async fn record(
    app: &App,
    machine: MachineId,
    expected: Expected,
    event: AccountEvent,
) -> Result<(), Error> {
    app.ledger
        .append(Append {
            command: CommandId(app.chance.id()),
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Account, machine.0),
                expected,
                key: machine.0,
                events: vec![Event::Account(event)],
            }],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}
