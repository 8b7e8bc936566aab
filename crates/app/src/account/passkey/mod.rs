//! Passkeys as a second factor (Web Authentication Level 3). The window's own web view has
//! none on every system, so the system's browser is sent to a page of the service.
//!
//! Three things that nobody else has together make a ceremony good: the *ticket*, behind a
//! `#` of the page's address, lets a browser answer; the *secret* stays with whoever began;
//! the *code* goes to the computer on which the browser runs, and nowhere else. A stolen
//! link gives its thief a code without a secret; whoever has somebody talked into opening
//! a link keeps a secret without a code.

mod enrol;
mod page;
mod prove;
mod sign_in;

pub use page::{Asked, Back, answer, look};

use super::{provider::is_loopback, record::record_at, session::token_hash};
use crate::{
    App, Caller, Error,
    ports::{AuthenticatorFault, Ceremony, CeremonyFor, Challenge, Expected, KeptPasskey},
};
use contract::{
    Code, Problem,
    passkey::{Passkey, PasskeyCeremony},
};
use domain::{
    Moment,
    account::{AccountEvent, PasskeyChange, PasskeyEvent},
};
use vocabulary::{AccountId, PasskeyId};

/// How long somebody may take in their browser, in seconds.
const TAKES: i64 = 5 * 60;

/// A passkey as its person sees it.
pub(super) fn present(kept: KeptPasskey) -> Passkey {
    Passkey {
        passkey_id: kept.id,
        name: kept.name,
        added_at: kept.added_at,
        used_at: kept.used_at,
        refused_at: kept.refused_at,
    }
}

/// Keeps a ceremony, and says where the browser goes.
async fn begin(
    app: &App,
    who: &Caller,
    account: AccountId,
    purpose: CeremonyFor,
    redirect: String,
    challenge: Challenge,
) -> Result<PasskeyCeremony, Error> {
    let page = app
        .authenticators
        .page()
        .ok_or_else(|| faulty(&AuthenticatorFault::NoName))?;
    if !is_loopback(&redirect) {
        return Err(Problem::new(
            Code::BadRequest,
            "The browser has nowhere to come back to.",
            "Update the application, then try again.",
        )
        .into());
    }
    let fresh = || hex::encode(app.chance.secret());
    let (ticket, secret, state) = (fresh(), fresh(), fresh());
    let ceremony = Ceremony {
        account,
        purpose,
        redirect,
        state: state.clone(),
        options: challenge.options,
        expected: challenge.expected,
        device: who.device.clone(),
        from: who.address.clone(),
        outcome: None,
        expires_at: app.chance.now().plus_seconds(TAKES),
    };
    app.passkeys
        .begin_ceremony(&token_hash(&ticket), &token_hash(&secret), &ceremony)
        .await?;
    Ok(PasskeyCeremony {
        url: format!("{page}#{ticket}"),
        state,
        secret,
    })
}

/// Takes a ceremony that the browser made something of. Taken first: whatever comes of it,
/// it is good once.
async fn taken(app: &App, secret: &str, state: &str, code: &str) -> Result<Ceremony, Error> {
    let found = app
        .passkeys
        .take_ceremony(&token_hash(secret), app.chance.now())
        .await?;
    found
        .filter(|(code_hash, ceremony)| {
            *code_hash == token_hash(code) && token_hash(&ceremony.state) == token_hash(state)
        })
        .map(|(_, ceremony)| ceremony)
        .ok_or_else(too_late)
}

/// The passkeys of an account that are good, at least one.
async fn good(app: &App, account: AccountId) -> Result<Vec<KeptPasskey>, Error> {
    let mut has = app.passkeys.passkeys(account).await?;
    has.retain(KeptPasskey::is_good);
    if has.is_empty() {
        return Err(Problem::new(
            Code::Refused,
            "You have no passkey that is good.",
            "Use your code or a recovery code; you can add a passkey under My account.",
        )
        .into());
    }
    Ok(has)
}

/// A passkey was used, and is still there and good.
async fn still_good(app: &App, account: AccountId, used: PasskeyId) -> Result<(), Error> {
    let has = app.passkeys.passkeys(account).await?;
    has.iter()
        .any(|one| one.id == used && one.is_good())
        .then_some(())
        .ok_or_else(too_late)
}

/// Records what became of a passkey.
async fn record(
    app: &App,
    moment: Moment,
    account: AccountId,
    (id, name): (PasskeyId, &str),
    change: PasskeyChange,
) -> Result<(), Error> {
    let event = AccountEvent::Passkey(PasskeyEvent {
        account,
        passkey: id,
        name: name.to_owned(),
        change,
    });
    record_at(app, moment, account.0, Expected::Any, event).await
}

fn too_late() -> Error {
    Problem::new(
        Code::Refused,
        "That is not good, or not any more.",
        "Begin again in the application.",
    )
    .into()
}

/// What went wrong with a browser or what it asked of, for its person.
fn faulty(fault: &AuthenticatorFault) -> Error {
    match fault {
        AuthenticatorFault::NoName => Problem::new(
            Code::Refused,
            "Passkeys cannot be used with this service: its address is no name, or has no TLS.",
            "Use an authenticator that shows codes. Whoever runs the service can give it a name.",
        )
        .into(),
        AuthenticatorFault::Refused(why) => {
            tracing::info!(why, "a passkey was refused");
            Problem::new(
                Code::Refused,
                "Your passkey was not accepted.",
                "Begin again in the application, and let your device make sure that it is you.",
            )
            .into()
        }
        AuthenticatorFault::WentBack { .. } => Problem::new(
            Code::Refused,
            "This passkey was refused: somebody may have a copy of it.",
            "Sign in with a recovery code, remove it under My account, and add another.",
        )
        .into(),
    }
}
