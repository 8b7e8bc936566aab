//! Signing in with a password: rate-limited by name and by address, and telling
//! nobody whether an account exists.

use super::{current::present, session::token_hash};
use crate::{App, Caller, Error, UseCase, caller::SignedIn, ports::Session};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    account::{SignIn, SignedIn as SignedInView},
};
use domain::account::Account;
use vocabulary::SessionId;

/// Tries for one e-mail address within the window.
const TRIES_FOR_ONE_NAME: u64 = 8;
/// Tries from one address within the window: a whole court may share one.
const TRIES_FROM_ONE_ADDRESS: u64 = 200;
/// The window, in seconds.
const WINDOW: i64 = 15 * 60;
/// How long a session lasts, in seconds: a working day.
const SESSION: i64 = 12 * 60 * 60;

#[async_trait]
impl UseCase for SignIn {
    /// Opens a session if address and password fit.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let email = self.email.trim().to_lowercase();
        let now = app.chance.now();
        let by_name = format!("sign-in name {email}");
        let by_address = format!("sign-in address {}", who.address);
        let tries = app.work.count_try(&by_name, now, WINDOW).await?;
        let from_address = app.work.count_try(&by_address, now, WINDOW).await?;
        if tries > TRIES_FOR_ONE_NAME || from_address > TRIES_FROM_ONE_ADDRESS {
            return Err(Problem::new(
                Code::TooManyTries,
                "There were too many tries to sign in.",
                "Wait 15 minutes, then try again.",
            )
            .into());
        }

        let account = app
            .index
            .account_by_email(&email)
            .await?
            .filter(|a| a.active);
        let Some(account) = fitting(app, account, self.password).await? else {
            return Err(Problem::new(
                Code::WrongPassword,
                "The e-mail address and the password do not fit together.",
                "Check both and try again.",
            )
            .into());
        };
        let organisation = app
            .index
            .organisation(account.organisation)
            .await?
            .ok_or_else(|| Error::Broken(format!("account {} has no organisation", account.id)))?;

        let token = hex::encode(app.chance.secret());
        let session = Session {
            id: SessionId(app.chance.id()),
            account: account.id,
            expires_at: now.plus_seconds(SESSION),
        };
        app.work
            .open_session(&session, &token_hash(&token), now)
            .await?;
        app.work.forget_tries(&by_name).await?;

        let person = SignedIn {
            account,
            organisation,
            session: session.id,
        };
        Ok(SignedInView {
            token,
            person: present(app, &person).await?,
        })
    }
}

/// The account, if the password is its own. An unknown address costs the same
/// work as a wrong password, so that the time taken tells nothing.
async fn fitting(
    app: &App,
    account: Option<Account>,
    password: String,
) -> Result<Option<Account>, Error> {
    let kept = match &account {
        Some(account) => app.work.password(account.id).await?,
        None => None,
    };
    let fits = app.passwords.fits(&password, kept.as_deref()).await;
    Ok(account.filter(|_| fits))
}
