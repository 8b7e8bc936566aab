//! Where an account is signed in, and ending that. An ended session is refused at its
//! very next request, and what it hears live is cut within a second.

use super::{noted::note, passkey, proof::must_have_proved};
use crate::{App, Caller, Error, UseCase, caller::SignedIn};
use async_trait::async_trait;
use contract::{
    Problem,
    security::{Device, EndOtherSessions, EndSession, Security, ViewSecurity},
};
use domain::account::SignInStep;

#[async_trait]
impl UseCase for ViewSecurity {
    /// How the person signs in, and where.
    async fn answer(self, app: &App, who: &Caller) -> Result<Security, Error> {
        security(app, who.unlocked()?).await
    }
}

#[async_trait]
impl UseCase for EndSession {
    /// Ends one, if it is the person's own.
    async fn answer(self, app: &App, who: &Caller) -> Result<Security, Error> {
        let person = who.unlocked()?;
        let ended = app
            .sign_ins
            .end_session_of(person.account.id, self.session_id)
            .await?;
        if !ended {
            return Err(Problem::not_found().into());
        }
        let session = self.session_id;
        note(
            app,
            who,
            &person.account,
            SignInStep::SessionEnded { session },
        )
        .await?;
        security(app, person).await
    }
}

#[async_trait]
impl UseCase for EndOtherSessions {
    /// Ends all but the one that asks.
    async fn answer(self, app: &App, who: &Caller) -> Result<Security, Error> {
        let person = who.unlocked()?;
        must_have_proved(app, person, app.service.proof_lasts)?;
        app.sign_ins
            .end_other_sessions(person.account.id, person.session)
            .await?;
        note(app, who, &person.account, SignInStep::OtherSessionsEnded).await?;
        security(app, person).await
    }
}

/// How a person signs in, and where, as they see it.
pub(super) async fn security(app: &App, person: &SignedIn) -> Result<Security, Error> {
    let account = &person.account;
    let factor = app.sign_ins.second_factor(account.id).await?;
    let signing_in = &person.organisation.signing_in;
    let provider = signing_in.provider.as_ref();
    let devices = app.sign_ins.devices(account.id, app.chance.now()).await?;
    let passkeys = app.passkeys.passkeys(account.id).await?;
    Ok(Security {
        password: app.work.password(account.id).await?.is_some(),
        second_factor_since: factor.and_then(|factor| factor.confirmed_at),
        second_factor_required: signing_in.second_factor,
        recovery_codes: app.sign_ins.recovery_codes_left(account.id).await?,
        passkeys: passkeys.into_iter().map(passkey::present).collect(),
        passkeys_possible: app.authenticators.page().is_some(),
        provider: provider
            .filter(|provider| provider.speaks_for(&account.email))
            .map(|provider| provider.issuer.clone()),
        devices: devices
            .into_iter()
            .map(|kept| Device {
                current: kept.session == person.session,
                session_id: kept.session,
                device: kept.device,
                from: kept.from,
                opened_at: kept.opened_at,
                seen_at: kept.seen_at,
                locked: kept.locked,
            })
            .collect(),
    })
}
