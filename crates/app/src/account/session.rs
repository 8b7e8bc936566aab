//! Sessions: a random token whose hash is kept, good until it ends or is ended, and
//! locked while nobody uses it.

use crate::{App, Error, caller::SignedIn};
use sha2::{Digest, Sha256};
use vocabulary::Instant;

/// How often it is noted that a session is used, in seconds.
const NOTED_EVERY: i64 = 5 * 60;

/// What a token is kept as: whoever reads the database cannot sign in with it.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The person whose token this is, if the session is good and the account active. A
/// session that was not used for longer than a window stays open by itself is locked,
/// whether its window said so or was merely closed.
///
/// # Errors
/// If the record cannot be read.
pub async fn signed_in(app: &App, token: &str) -> Result<Option<SignedIn>, Error> {
    let now = app.chance.now();
    let found = app.work.signed_in(&token_hash(token), now).await?;
    Ok(found.map(|mut person| {
        if person.proof.seen_at < used_since(app, now) {
            person.proof.locked = true;
        }
        person.circumstances.today = Some(now.day());
        person
    }))
}

/// Since when a session must have been used not to count as left: longer ago than a
/// window stays open by itself, and than what is noted of its use lags behind.
#[must_use]
pub fn used_since(app: &App, now: Instant) -> Instant {
    now.plus_seconds(-(app.service.lock_after + NOTED_EVERY))
}

/// A person who has no session as they would ask now: what today is, and for which cases
/// they gave a reason. A session brings that with it.
///
/// # Errors
/// If the record cannot be read.
pub async fn as_of(app: &App, mut person: SignedIn) -> Result<SignedIn, Error> {
    let now = app.chance.now();
    person.circumstances.today = Some(now.day());
    let reasons = app.index.reasons(person.account.id, now).await?;
    person.circumstances.gave(reasons);
    Ok(person)
}

/// Notes that a session is used, if that was not noted lately.
///
/// # Errors
/// If it cannot be noted.
pub async fn note_use(
    app: &App,
    person: &SignedIn,
    address: &str,
    device: &str,
) -> Result<(), Error> {
    app.sign_ins
        .note_use(person.session, address, device, app.chance.now())
        .await?;
    Ok(())
}

/// Whether it is time to note that a session is used. A locked one is not in use.
#[must_use]
pub fn is_to_be_noted(app: &App, person: &SignedIn) -> bool {
    let since = app.chance.now().plus_seconds(-NOTED_EVERY);
    !person.proof.locked && person.proof.seen_at < since
}
