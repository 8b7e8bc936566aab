//! Proving by a passkey who is here: unlocking the window, and the proof that some acts ask
//! for. The person is always verified by their device, so it needs no password beside it.

use super::{begin, faulty, good, still_good, taken, too_late};
use crate::{
    App, Caller, Error, UseCase,
    account::proof::renewed,
    ports::{CeremonyFor, CeremonyOutcome},
};
use async_trait::async_trait;
use contract::{
    account::SignedIn as SignedInView,
    passkey::{BeginPasskeyProof, EndPasskeyProof, PasskeyCeremony},
};
use domain::account::Proven;

#[async_trait]
impl UseCase for BeginPasskeyProof {
    /// Where to send the browser.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasskeyCeremony, Error> {
        let person = who.holder()?;
        let has = good(app, person.account.id).await?;
        let challenge = app
            .authenticators
            .begin_authentication(&has)
            .map_err(|fault| faulty(&fault))?;
        let purpose = CeremonyFor::Proof {
            session: person.session,
        };
        let account = person.account.id;
        begin(app, who, account, purpose, self.redirect, challenge).await
    }
}

#[async_trait]
impl UseCase for EndPasskeyProof {
    /// Unlocks the session, under another token.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let person = who.holder()?;
        let ceremony = taken(app, &self.secret, &self.state, &self.code).await?;
        let (CeremonyFor::Proof { session }, Some(CeremonyOutcome::Used(used))) =
            (ceremony.purpose, ceremony.outcome)
        else {
            return Err(too_late());
        };
        if ceremony.account != person.account.id || session != person.session {
            return Err(too_late());
        }
        still_good(app, ceremony.account, used).await?;
        renewed(app, who, person, Proven::Passkey).await
    }
}
