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
    Ok(app.work.signed_in(&token_hash(token), now).await?)
}
