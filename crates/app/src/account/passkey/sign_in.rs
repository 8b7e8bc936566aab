//! Signing in with a passkey after the password: a link without it opens nothing, and whoever
//! has only the password is asked for what they do not have.

use super::{begin, faulty, good, still_good, taken, too_late};
use crate::{
    App, Caller, Error, UseCase,
    account::{
        sign_in::{begin_session, by_password},
        tries::{Here, admit_from},
    },
    ports::{CeremonyFor, CeremonyOutcome},
};
use async_trait::async_trait;
use contract::{
    account::SignedIn as SignedInView,
    passkey::{BeginPasskeySignIn, EndPasskeySignIn, PasskeyCeremony},
};
use domain::account::Proven;

#[async_trait]
impl UseCase for BeginPasskeySignIn {
    /// Where to send the browser, if address and password fit.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasskeyCeremony, Error> {
        let (account, ..) = by_password(app, who, &self.email, self.password).await?;
        let has = good(app, account.id).await?;
        let challenge = app
            .authenticators
            .begin_authentication(&has)
            .map_err(|fault| faulty(&fault))?;
        let purpose = CeremonyFor::SignIn;
        begin(app, who, account.id, purpose, self.redirect, challenge).await
    }
}

#[async_trait]
impl UseCase for EndPasskeySignIn {
    /// Opens a session of whoever came back.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let now = app.chance.now();
        admit_from(app, "passkey end", &who.address, now).await?;
        let ceremony = taken(app, &self.secret, &self.state, &self.code).await?;
        who.meant.is(ceremony.account);
        let (CeremonyFor::SignIn, Some(CeremonyOutcome::Used(used))) =
            (ceremony.purpose, ceremony.outcome)
        else {
            return Err(too_late());
        };
        still_good(app, ceremony.account, used).await?;
        // They may have been suspended meanwhile.
        let account = app.index.account(ceremony.account).await?;
        let account = account.filter(|own| own.active).ok_or_else(too_late)?;
        let here = Here::of(app, &account.email, &who.address, now).await?;
        here.is_them(app, now).await?;
        begin_session(app, who, account, None, Proven::Passkey).await
    }
}
