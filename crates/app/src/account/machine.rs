//! Credentials of other organisations' systems: bound to one OU code, revocable.

use super::{record::record, session::token_hash, tries::admit_from};
use crate::{App, Error, ports::Expected};
use contract::{Code, Problem};
use domain::{
    Actor, Origin,
    account::{AccountEvent, Machine},
};
use std::ops::Deref;
use vocabulary::MachineId;

/// How long a token of a system is good, in seconds.
pub const MACHINE_TOKEN_LASTS: i64 = 15 * 60;

/// A system that asks, and from where.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Its credential.
    pub machine: Machine,
    /// From where.
    pub from: Option<Origin>,
}

impl Sender {
    /// As the record names it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Machine {
            machine: self.machine.id,
            name: self.machine.name.clone(),
            from: self.from.clone(),
        }
    }
}

impl Deref for Sender {
    type Target = Machine;

    fn deref(&self) -> &Machine {
        &self.machine
    }
}

/// The system whose token, or whose secret, this is.
///
/// # Errors
/// `signed_out`, if it is unknown or has expired, or its credential is revoked.
pub async fn machine_of(app: &App, secret: &str) -> Result<Machine, Error> {
    let hash = token_hash(secret);
    let known = match app.work.machine_by_secret(&hash).await? {
        Some(id) => Some(id),
        None => {
            let now = app.chance.now();
            app.sign_ins.machine_by_token(&hash, now).await?
        }
    };
    active(app, known).await?.ok_or_else(|| {
        Problem::new(
            Code::SignedOut,
            "The credential is not known, or it was revoked.",
            "Ask the service for a new credential.",
        )
        .into()
    })
}

async fn active(app: &App, id: Option<MachineId>) -> Result<Option<Machine>, Error> {
    Ok(match id {
        Some(id) => app
            .index
            .machine(id)
            .await?
            .filter(|machine| machine.active),
        None => None,
    })
}

/// A token for a system that says who it is and knows its secret (RFC 6749, section
/// 4.4); none if the two do not fit together, or the credential is revoked.
///
/// # Errors
/// If there were too many wrong secrets from the address, or the record cannot say.
pub async fn machine_token(
    app: &App,
    client: &str,
    secret: &str,
    address: &str,
) -> Result<Option<String>, Error> {
    let now = app.chance.now();
    let tried = admit_from(app, "machine", address, now).await?;
    let known = app.work.machine_by_secret(&token_hash(secret)).await?;
    let known = known.filter(|id| client.eq_ignore_ascii_case(&id.to_string()));
    let Some(machine) = active(app, known).await? else {
        return Ok(None);
    };
    app.work.take_back_try(&[tried.name]).await?;
    let token = hex::encode(app.chance.secret());
    app.sign_ins
        .keep_machine_token(
            &token_hash(&token),
            machine.id,
            now.plus_seconds(MACHINE_TOKEN_LASTS),
            now,
        )
        .await?;
    Ok(Some(token))
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
        machine.id.0,
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
        machine.0,
        Expected::Any,
        AccountEvent::MachineRevoked { machine },
    )
    .await
}
