//! Adding a passkey and removing it. Both ask for a proof that is fresh, as an authenticator
//! that shows codes does; what is recorded is the public key, never more.

use super::{begin, faulty, record, taken, too_late};
use crate::{
    App, Caller, Error, UseCase,
    account::{
        devices::security, letter, proof::must_have_proved_lately, second_factor::first_codes,
    },
    ports::{CeremonyFor, CeremonyOutcome, KeptPasskey},
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    passkey::{BeginPasskey, EndPasskey, PasskeyAdded, PasskeyCeremony, RemovePasskey},
    security::Security,
};
use domain::account::{PasskeyChange, passkey};
use vocabulary::PasskeyId;

#[async_trait]
impl UseCase for BeginPasskey {
    /// Where to send the browser.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasskeyCeremony, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        let account = &person.account;
        let has = app.passkeys.passkeys(account.id).await?;
        let name = named(&self.name, &has)?;
        let challenge = app
            .authenticators
            .begin_registration(account.id, &account.email, &account.name, &has)
            .map_err(|fault| faulty(&fault))?;
        let purpose = CeremonyFor::Enrolment {
            session: person.session,
            name,
        };
        begin(app, who, account.id, purpose, self.redirect, challenge).await
    }
}

#[async_trait]
impl UseCase for EndPasskey {
    /// Keeps what the browser made. It is asked for from now on.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasskeyAdded, Error> {
        let person = who.unlocked()?;
        let account = &person.account;
        let ceremony = taken(app, &self.secret, &self.state, &self.code).await?;
        let (CeremonyFor::Enrolment { session, name }, Some(CeremonyOutcome::Made(made))) =
            (ceremony.purpose, ceremony.outcome)
        else {
            return Err(too_late());
        };
        if ceremony.account != account.id || session != person.session {
            return Err(too_late());
        }
        let has = app.passkeys.passkeys(account.id).await?;
        let name = named(&name, &has)?;
        if app.passkeys.credential_is_taken(&made.id).await? {
            return Err(already());
        }
        let factor = app.sign_ins.second_factor(account.id).await?;
        let is_first = has.is_empty() && factor.is_none_or(|one| one.confirmed_at.is_none());

        let now = app.chance.now();
        let kept = KeptPasskey {
            id: PasskeyId(app.chance.id()),
            account: account.id,
            name,
            credential_id: made.id.clone(),
            credential: made.kept,
            // It has not been used; what count it began with stands in the credential.
            counter: 0,
            added_at: now,
            used_at: None,
            refused_at: None,
        };
        let is = (kept.id, kept.name.as_str());
        let added = PasskeyChange::Added {
            credential: made.id,
            public_key: made.public_key,
        };
        // The record first: what is kept without it would be a way in that nobody reads of.
        record(app, person.moment(now), account.id, is, added).await?;
        if !app.passkeys.add_passkey(&kept).await? {
            let removed = PasskeyChange::Removed;
            record(app, person.moment(now), account.id, is, removed).await?;
            return Err(already());
        }
        app.sign_ins.factor_is_back(account.id).await?;
        // Their device knew them.
        app.sign_ins.note_strong_proof(person.session, now).await?;
        let codes = first_codes(app, account.id).await?.codes;
        if is_first {
            // Whoever was signed in elsewhere before may not have been this person.
            app.sign_ins
                .end_other_sessions(account.id, person.session)
                .await?;
        }
        letter::passkey_added(app, account, &kept.name).await?;
        Ok(PasskeyAdded {
            security: security(app, person).await?,
            codes,
        })
    }
}

#[async_trait]
impl UseCase for RemovePasskey {
    /// From now on it is good for nothing.
    async fn answer(self, app: &App, who: &Caller) -> Result<Security, Error> {
        let person = who.unlocked()?;
        must_have_proved_lately(app, person).await?;
        let account = &person.account;
        let has = app.passkeys.passkeys(account.id).await?;
        let one = has
            .into_iter()
            .find(|one| one.id == self.passkey_id)
            .ok_or_else(Problem::not_found)?;
        let moment = person.moment(app.chance.now());
        let removed = PasskeyChange::Removed;
        record(app, moment, account.id, (one.id, &one.name), removed).await?;
        app.passkeys.remove_passkey(account.id, one.id).await?;
        letter::passkey_removed(app, account, &one.name).await?;
        security(app, person).await
    }
}

/// How it will be called beside those that there are.
fn named(given: &str, has: &[KeptPasskey]) -> Result<String, Error> {
    let others: Vec<&str> = has.iter().map(|one| one.name.as_str()).collect();
    Ok(passkey::name(given, &others)?)
}

fn already() -> Error {
    Problem::new(
        Code::Refused,
        "That passkey is in use already.",
        "Choose another device, or another passkey on it.",
    )
    .into()
}
