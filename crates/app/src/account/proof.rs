//! Proving anew who one is: unlocking a window in place, and the proof that some acts
//! ask for.
//!
//! Sharing results and whatever opens a case that is sensitive or kept off lists
//! (`case/veil.rs`) ask for a proof that is not old: four hours, unless configured otherwise. A sitting of a morning or
//! an afternoon never meets it, and whoever unlocks after lunch has proved it again;
//! what it stops is the computer that somebody left signed in since yesterday's list.
//!
//! Each proof gives the session another token: one that was stolen before is good for
//! nothing from then on.

use super::{
    current::present,
    noted::note,
    provider::must_have_password,
    second_factor::{RECENT, take_code},
    session::token_hash,
    sign_in::{Factors, fitting, wrong_code},
    tries::{Codes, Here, InSession},
};
use crate::{
    App, Caller, Error, UseCase,
    caller::{Proof, SignedIn, signed_out},
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    account::SignedIn as SignedInView,
    security::{Lock, Prove, SessionLocked},
};
use domain::{
    account::{Proven, SignInStep},
    case::Case,
};

#[async_trait]
impl UseCase for Prove {
    /// Unlocks the session, under another token.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let person = who.holder()?;
        let now = app.chance.now();
        let here = Here::of(app, &person.account.email, &who.address, now).await?;
        let in_session = InSession::of(person);
        let by = if let Some(code) = &self.code {
            let codes = Codes::of(person.account.id, &who.address, here.known());
            codes.admit(app, now).await?;
            in_session.admit(app, now).await?;
            let by = take_code(app, &person.account, code)
                .await?
                .ok_or_else(wrong_code)?;
            codes.fits(app).await?;
            by
        } else {
            here.admit_proof(app, now).await?;
            in_session.admit(app, now).await?;
            let password = self.password.unwrap_or_default();
            let account = Some(person.account.clone());
            if fitting(app, account, &password).await?.is_none() {
                return Err(Problem::new(
                    Code::WrongPassword,
                    "That is not your password.",
                    "Check it and try again.",
                )
                .into());
            }
            here.password_fits(app).await?;
            Proven::Password
        };
        in_session.fits(app).await?;
        renewed(app, who, person, by).await
    }
}

/// The session of somebody who has proved who they are, under another token. Whom an organisation
/// signs in proves it there, and by no code or passkey that is kept here.
pub(super) async fn renewed(
    app: &App,
    who: &Caller,
    person: &SignedIn,
    by: Proven,
) -> Result<SignedInView, Error> {
    must_have_password(app, &person.account).await?;
    let now = app.chance.now();
    let session = person.session;
    note(
        app,
        who,
        &person.account,
        SignInStep::Proved { session, by },
    )
    .await?;
    let token = hex::encode(app.chance.secret());
    let strongly = by.is_more_than_password();
    let renewed = app
        .sign_ins
        .renew_session(person.session, &token_hash(&token), strongly, now)
        .await?;
    if !renewed {
        return Err(signed_out().into());
    }
    let proof = Proof {
        proven_at: now,
        strongly_proven_at: if strongly {
            now
        } else {
            person.proof.strongly_proven_at
        },
        seen_at: now,
        locked: false,
        ..person.proof
    };
    let person = SignedIn {
        proof,
        ..person.clone()
    };
    Ok(SignedInView {
        token,
        person: present(app, &person).await?,
    })
}

#[async_trait]
impl UseCase for Lock {
    /// From the next request on the session answers nothing but its unlocking.
    async fn answer(self, app: &App, who: &Caller) -> Result<SessionLocked, Error> {
        let person = who.holder()?;
        let session = person.session;
        app.sign_ins.lock_session(session).await?;
        note(app, who, &person.account, SignInStep::Locked { session }).await?;
        Ok(SessionLocked {})
    }
}

/// The person must have proved who they are lately enough to share, or to open what
/// is sensitive.
///
/// # Errors
/// If it was longer ago than the service is set to.
pub(crate) fn must_be_proven(app: &App, person: &SignedIn) -> Result<(), Error> {
    must_have_proved(app, person, app.service.proof_lasts)
}

/// The same for a case that is sensitive, or that the court keeps off lists.
///
/// # Errors
/// As above.
pub(crate) fn must_be_proven_for(app: &App, person: &SignedIn, case: &Case) -> Result<(), Error> {
    if case.kept_off_lists.is_some() || case.access.sensitive.is_some() {
        return must_be_proven(app, person);
    }
    Ok(())
}

/// Before what opens an account is changed: where it has a second factor, the person must have
/// proved lately who they are by more than the password, or the password alone would take its
/// place (OWASP ASVS 5, 7.5.1). Whoever has none sets the first up by the password.
///
/// # Errors
/// If it was longer ago than a quarter of an hour, or by the password.
pub(crate) async fn must_have_proved_lately(app: &App, person: &SignedIn) -> Result<(), Error> {
    let factors = Factors::of(app, person.account.id).await?;
    if factors.is_any() {
        return must_have_proved_strongly(app, person, &factors);
    }
    must_have_proved(app, person, RECENT)
}

/// The same where the password is asked for beside.
///
/// # Errors
/// As above.
pub(super) async fn must_have_used_factor(app: &App, person: &SignedIn) -> Result<(), Error> {
    let factors = Factors::of(app, person.account.id).await?;
    if factors.is_any() {
        return must_have_proved_strongly(app, person, &factors);
    }
    Ok(())
}

fn must_have_proved_strongly(app: &App, person: &SignedIn, factors: &Factors) -> Result<(), Error> {
    if person.proof.strongly_proven_at >= app.chance.now().plus_seconds(-RECENT) {
        return Ok(());
    }
    Err(Problem::new(
        Code::StrongProofNeeded,
        "Before this, prove by your second factor that it is you; your password is not enough.",
        factors.how(),
    )
    .because("Nothing was changed.")
    .into())
}

/// The same within so many seconds.
pub(super) fn must_have_proved(app: &App, person: &SignedIn, seconds: i64) -> Result<(), Error> {
    if person.proof.proven_at >= app.chance.now().plus_seconds(-seconds) {
        return Ok(());
    }
    Err(Problem::new(
        Code::ProofNeeded,
        "Before this, prove again that it is you.",
        "Enter your password where you are; nothing is lost.",
    )
    .because("Nothing was recorded yet.")
    .into())
}
