//! Signing out ends the session at once, wherever it is used.

use super::noted::note;
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::account::{SignOut, SignedOut};
use domain::account::SignInStep;

#[async_trait]
impl UseCase for SignOut {
    /// Ends this session.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedOut, Error> {
        let person = who.holder()?;
        let session = person.session;
        app.work.end_session(session).await?;
        note(app, who, &person.account, SignInStep::SignedOut { session }).await?;
        Ok(SignedOut {})
    }
}
