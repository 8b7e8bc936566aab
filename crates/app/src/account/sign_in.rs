//! Signing in with a password: tries that fail are limited, and nobody is told
//! whether an account exists.
//!
//! Three limits, so that guessing is hopeless and locking others out is hard. A
//! name is limited from each address by itself: whoever guesses from elsewhere
//! does not lock out the person it belongs to. Over all addresses it is limited
//! far above what one address can use up. An address is limited above what a
//! whole court mistypes. Who signed in from an address lately is held to the
//! first limit only: no crowd of guessers elsewhere, and no mischief of somebody
//! in the same building, keeps them from their work.
//!
//! A try is counted before the password is looked at, so that many at once are
//! no way around, and taken back if it was right.

use super::{current::present, session::token_hash};
use crate::{
    App, Caller, Error, UseCase,
    caller::{Circumstances, SignedIn},
    ports::{Session, TryLimit},
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    account::{SignIn, SignedIn as SignedInView},
};
use domain::account::Account;
use vocabulary::{Instant, SessionId};

/// Failures for one name from one address within a quarter of an hour.
const FOR_ONE_NAME_FROM_ONE_ADDRESS: u64 = 8;
/// Failures from one address within a quarter of an hour: a whole court may share one.
const FROM_ONE_ADDRESS: u64 = 400;
/// Failures for one name within an hour, from wherever: three times what one address can use up.
const FOR_ONE_NAME: u64 = 100;
/// A quarter of an hour, in seconds.
const QUARTER: i64 = 15 * 60;
/// The longest time for which tries are counted, in seconds.
pub const LONGEST_WINDOW: i64 = 60 * 60;
/// For how long somebody is known where they signed in, in seconds: thirty days.
pub const KNOWN_FOR: i64 = 30 * DAY;
/// How often that is noted again, in seconds.
const DAY: i64 = 24 * 60 * 60;
/// The longest address that there can be, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// How long a session lasts, in seconds: a working day.
const SESSION: i64 = 12 * 60 * 60;

#[async_trait]
impl UseCase for SignIn {
    /// Opens a session if address and password fit.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let email = self.email.trim().to_lowercase();
        // No account can have such an address, and no database need hear of it.
        if email.len() > LONGEST_EMAIL || email.contains('\0') {
            return Err(wrong_password());
        }
        let now = app.chance.now();
        let here = Here::of(&email, &who.address);
        let known = here.is_known(app, KNOWN_FOR, now).await?;
        let limits = if known {
            vec![here.pair.clone()]
        } else {
            vec![here.address.clone(), here.pair.clone(), here.name.clone()]
        };
        if !app.work.admit_try(&limits, now).await? {
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
            return Err(wrong_password());
        };
        if !known {
            let back = [here.address.name.clone(), here.name.name.clone()];
            app.work.take_back_try(&back).await?;
        }
        app.work.forget_tries(&here.pair.name).await?;
        if !here.is_known(app, DAY, now).await? {
            app.work.note_known(&here.pair.name, now).await?;
        }
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

        let person = SignedIn {
            account,
            organisation,
            session: session.id,
            circumstances: Circumstances::default(),
        };
        Ok(SignedInView {
            token,
            person: present(app, &person).await?,
        })
    }
}

/// What is counted for a try, under hashes: neither names nor addresses are kept.
struct Here {
    address: TryLimit,
    pair: TryLimit,
    name: TryLimit,
}

impl Here {
    fn of(email: &str, address: &str) -> Self {
        let limit = |what: &str, most, window_seconds| TryLimit {
            name: token_hash(&format!("sign-in {what}")),
            most,
            window_seconds,
        };
        Self {
            address: limit(&format!("address {address}"), FROM_ONE_ADDRESS, QUARTER),
            pair: limit(
                &format!("name {email}\0{address}"),
                FOR_ONE_NAME_FROM_ONE_ADDRESS,
                QUARTER,
            ),
            name: limit(&format!("name {email}"), FOR_ONE_NAME, LONGEST_WINDOW),
        }
    }

    /// Whether the person signed in from here within so many seconds.
    async fn is_known(&self, app: &App, seconds: i64, now: Instant) -> Result<bool, Error> {
        let since = now.plus_seconds(-seconds);
        Ok(app.work.is_known(&self.pair.name, since).await?)
    }
}

fn wrong_password() -> Error {
    Problem::new(
        Code::WrongPassword,
        "The e-mail address and the password do not fit together.",
        "Check both and try again.",
    )
    .into()
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
