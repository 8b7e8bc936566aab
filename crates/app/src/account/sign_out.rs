//! Signing out ends the session at once, wherever it is used.

use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::account::{SignOut, SignedOut};

#[async_trait]
impl UseCase for SignOut {
    /// Ends this session.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedOut, Error> {
        app.work.end_session(who.holder()?.session).await?;
        Ok(SignedOut {})
    }
}
