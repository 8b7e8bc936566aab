//! Choosing another password: knowing the one until now, or with a code that came by
//! letter or, where no mail leaves, from whoever runs the service. Whoever asks for a letter is answered the same whether there is such an
//! account or not, after the same work.

use super::{
    code, letter,
    new_password::{keep, must_be_good},
    noted::{note, note_by_operator},
    proof::must_have_used_factor,
    provider::must_have_password,
    sign_in::{fitting, is_possible},
    tries::{self, Here, InSession},
};
use crate::{App, Caller, Error, UseCase, ports::CodeFor};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    security::{
        ChangePassword, PasswordChanged, PasswordReset, RequestReset, ResetPassword, ResetRequested,
    },
};
use domain::account::SignInStep;

/// For how long a code is good, in minutes: mail is slow, and mailboxes stay open.
const MINUTES: i64 = 30;

#[async_trait]
impl UseCase for ChangePassword {
    /// Changes it and ends every other session.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasswordChanged, Error> {
        let person = who.unlocked()?;
        let account = &person.account;
        must_have_used_factor(app, person).await?;
        let now = app.chance.now();
        let here = Here::of(app, &account.email, &who.address, now).await?;
        here.admit_proof(app, now).await?;
        let in_session = InSession::of(person);
        in_session.admit(app, now).await?;
        if fitting(app, Some(account.clone()), &self.current)
            .await?
            .is_none()
        {
            return Err(Problem::new(
                Code::WrongPassword,
                "That is not your password until now.",
                "Check it and try again.",
            )
            .because("Nothing was changed.")
            .into());
        }
        here.password_fits(app).await?;
        in_session.fits(app).await?;
        must_be_good(app, account, &self.new).await?;

        keep(app, account, &self.new).await?;
        let ended = app
            .sign_ins
            .end_other_sessions(account.id, person.session)
            .await?;
        note(app, who, account, SignInStep::PasswordChanged).await?;
        letter::password_changed(app, account).await?;
        Ok(PasswordChanged { ended })
    }
}

#[async_trait]
impl UseCase for RequestReset {
    /// Has a letter sent, if there is somebody to send it to.
    async fn answer(self, app: &App, who: &Caller) -> Result<ResetRequested, Error> {
        let email = self.email.trim().to_lowercase();
        let view = ResetRequested {
            mail: app.mailer.is_set_up(),
            minutes: MINUTES,
        };
        if !is_possible(&email) {
            return Ok(view);
        }
        tries::admit_letter(app, &email, &who.address, app.chance.now()).await?;
        let account = app
            .index
            .account_by_email(&email)
            .await?
            .filter(|account| account.active);
        letter::send_code(
            app,
            account.as_ref(),
            CodeFor::Reset,
            MINUTES * 60,
            |code| letter::reset(code, MINUTES),
        )
        .await?;
        Ok(view)
    }
}

/// A code with which somebody chooses another password, made by whoever runs the service where
/// no mail leaves; with the minutes for which it is good.
///
/// # Errors
/// If there is no such account that signs in here, or the record cannot be written.
pub async fn password_code(app: &App, email: &str) -> Result<(String, i64), Error> {
    let email = email.trim().to_lowercase();
    let account = app.index.account_by_email(&email).await?;
    let account = account.filter(|account| account.active).ok_or_else(|| {
        Problem::new(
            Code::NotFound,
            format!("Nobody signs in as {email}."),
            "Give an address as `account list` shows it; whoever was only invited needs an \
             activation link.",
        )
    })?;
    must_have_password(app, &account).await?;
    // What opens something is recorded before it opens.
    note_by_operator(app, &account, SignInStep::PasswordCodeMade).await?;
    let code = letter::make_code(app, &account, CodeFor::Reset, MINUTES * 60).await?;
    Ok((code, MINUTES))
}

#[async_trait]
impl UseCase for ResetPassword {
    /// Sets it, and ends every session. A second factor is still asked for.
    async fn answer(self, app: &App, who: &Caller) -> Result<PasswordReset, Error> {
        let now = app.chance.now();
        let tried = tries::admit_from(app, "reset", &who.address, now).await?;
        let hash = code::hash(&self.code).ok_or_else(no_such_code)?;
        let found = app.sign_ins.find_code(&hash, CodeFor::Reset, now).await?;
        let account = match found {
            Some(id) => app.index.account(id).await?.filter(|a| a.active),
            None => None,
        };
        let account = account.ok_or_else(no_such_code)?;
        who.meant.is(account.id);
        app.work.take_back_try(&[tried.name]).await?;
        must_be_good(app, &account, &self.new).await?;
        must_have_password(app, &account).await?;

        // Of two who come at once with the same code, one is too late.
        let spent = app.sign_ins.spend_code(&hash, CodeFor::Reset, now).await?;
        if spent != Some(account.id) {
            return Err(no_such_code());
        }
        keep(app, &account, &self.new).await?;
        app.work.end_sessions(account.id).await?;
        note(app, who, &account, SignInStep::PasswordReset).await?;
        letter::password_changed(app, &account).await?;
        Ok(PasswordReset {})
    }
}

fn no_such_code() -> Error {
    Problem::new(
        Code::Refused,
        "That code is not good, or not any more.",
        "Check it, or ask for another letter.",
    )
    .because("Nothing was changed.")
    .into()
}
