//! Signing out ends the session at once, wherever it is used; signing out everywhere ends
//! every session of the account. What they hear live is cut within a second.

use super::noted::note;
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::account::{SignOut, SignOutEverywhere, SignedOut};
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

#[async_trait]
impl UseCase for SignOutEverywhere {
    /// Ends all of them. It asks for no fresh proof: whoever stands before an open window that
    /// is not theirs loses it by this, and somebody who lost a device is in a hurry.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedOut, Error> {
        let person = who.unlocked()?;
        app.work.end_sessions(person.account.id).await?;
        note(app, who, &person.account, SignInStep::AllSessionsEnded).await?;
        Ok(SignedOut {})
    }
}
