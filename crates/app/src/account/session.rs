//! Sessions: a random token whose hash is kept, good until it ends or is ended.

use crate::{App, Error, caller::SignedIn};
use sha2::{Digest, Sha256};

/// What a token is kept as: whoever reads the database cannot sign in with it.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The person whose token this is, if the session is good and the account active.
///
/// # Errors
/// If the record cannot be read.
pub async fn signed_in(app: &App, token: &str) -> Result<Option<SignedIn>, Error> {
    let now = app.chance.now();
    let person = app.work.signed_in(&token_hash(token), now).await?;
    Ok(person.map(|person| as_of(app, person)))
}

/// The person as they ask now: what today is, and for which cases they gave a reason.
#[must_use]
pub fn as_of(app: &App, mut person: SignedIn) -> SignedIn {
    let now = app.chance.now();
    person.circumstances.today = Some(now.day());
    person.circumstances.reasoned = app.reasons.given_by(person.account.id, now);
    person
}
