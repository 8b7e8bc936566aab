//! What the page in the browser asks of the service: what it shall have made or used, and
//! what became of it. It has the ticket and nothing else: no session, no password.

use super::{TAKES, faulty, record, too_late};
use crate::{
    App, Error,
    account::{letter, session::token_hash},
    ports::{AuthenticatorFault, Ceremony, CeremonyFor, CeremonyOutcome, KeptPasskey, Used},
};
use domain::{Actor, Moment, account::PasskeyChange};
use serde::Serialize;
use serde_json::Value;

/// What a browser is asked.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// `create` or `get`.
    pub call: &'static str,
    /// What for: `enrolment`, `sign_in` or `proof`.
    pub purpose: &'static str,
    /// With which options (Web Authentication Level 3, 5.4 and 5.5).
    pub options: Value,
    /// Whose passkey.
    pub email: String,
    /// On what it began.
    pub device: String,
    /// From which address it began.
    pub from: String,
    /// For how many seconds at most it is good.
    pub seconds: i64,
}

/// Where the browser goes back to.
#[derive(Debug, Serialize)]
pub struct Back {
    /// The computer on which the browser runs.
    pub redirect: String,
}

/// What the browser that has this ticket is asked.
///
/// # Errors
/// If the ticket is none, or not any more.
pub async fn look(app: &App, ticket: &str) -> Result<Asked, Error> {
    let ceremony = app
        .passkeys
        .ceremony(&token_hash(ticket), app.chance.now())
        .await?
        .ok_or_else(too_late)?;
    let account = app.index.account(ceremony.account).await?;
    let account = account.filter(|own| own.active).ok_or_else(too_late)?;
    let (call, purpose) = match ceremony.purpose {
        CeremonyFor::Enrolment { .. } => ("create", "enrolment"),
        CeremonyFor::SignIn => ("get", "sign_in"),
        CeremonyFor::Proof { .. } => ("get", "proof"),
    };
    Ok(Asked {
        call,
        purpose,
        options: ceremony.options,
        email: account.email,
        device: ceremony.device,
        from: ceremony.from,
        seconds: TAKES,
    })
}

/// What the browser made of it. The first answer counts, whatever it is.
///
/// # Errors
/// If the ticket is none, or not any more; if the answer is not what was asked for; if the
/// passkey may have been copied, which is recorded.
pub async fn answer(app: &App, ticket: &str, answer: &Value) -> Result<Back, Error> {
    let hash = token_hash(ticket);
    let now = app.chance.now();
    // Whoever has no ticket makes nothing be written.
    app.passkeys
        .ceremony(&hash, now)
        .await?
        .ok_or_else(too_late)?;
    let ceremony = app.passkeys.answer_ceremony(&hash, now).await?;
    let ceremony = ceremony.ok_or_else(too_late)?;
    let outcome = match &ceremony.purpose {
        CeremonyFor::Enrolment { .. } => {
            let made = app
                .authenticators
                .end_registration(&ceremony.expected, answer)
                .map_err(|fault| faulty(&fault))?;
            CeremonyOutcome::Made(made)
        }
        CeremonyFor::SignIn | CeremonyFor::Proof { .. } => used(app, &ceremony, answer).await?,
    };
    let code = hex::encode(app.chance.secret());
    let redirect = format!("{}?code={code}&state={}", ceremony.redirect, ceremony.state);
    let made = Ceremony {
        outcome: Some(outcome),
        ..ceremony
    };
    app.passkeys
        .finish_ceremony(&hash, &token_hash(&code), &made)
        .await?;
    Ok(Back { redirect })
}

/// Which of the person's passkeys was used, and noted as used.
async fn used(app: &App, ceremony: &Ceremony, answer: &Value) -> Result<CeremonyOutcome, Error> {
    let mut has = app.passkeys.passkeys(ceremony.account).await?;
    has.retain(KeptPasskey::is_good);
    let of = |id: &str| has.iter().find(|one| one.credential_id == id);
    match app
        .authenticators
        .end_authentication(&ceremony.expected, answer, &has)
    {
        Ok(Used { id, counter, kept }) => {
            let one = of(&id).ok_or_else(too_late)?;
            let now = app.chance.now();
            if app
                .passkeys
                .use_passkey(one.id, &kept, counter, now)
                .await?
            {
                return Ok(CeremonyOutcome::Used(one.id));
            }
            // Another answer with this count was here first, though both began before it.
            Err(went_back(app, one, Some(counter)).await?)
        }
        Err(AuthenticatorFault::WentBack { id, came }) => {
            let one = of(&id).ok_or_else(too_late)?;
            Err(went_back(app, one, came).await?)
        }
        Err(fault) => Err(faulty(&fault)),
    }
}

/// There may be a copy: the passkey is good for nothing from now on, which is recorded and
/// told to its person.
async fn went_back(app: &App, one: &KeptPasskey, came: Option<u32>) -> Result<Error, Error> {
    let now = app.chance.now();
    if app.passkeys.refuse_passkey(one.id, now).await? {
        let moment = Moment {
            at: now,
            by: Actor::Service,
        };
        let known = one.counter;
        let refused = PasskeyChange::Refused { known, came };
        record(app, moment, one.account, (one.id, &one.name), refused).await?;
        if let Some(account) = app.index.account(one.account).await? {
            letter::passkey_refused(app, &account, &one.name).await?;
        }
    }
    let id = one.credential_id.clone();
    Ok(faulty(&AuthenticatorFault::WentBack { id, came }))
}
