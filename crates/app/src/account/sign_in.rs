//! Signing in with a password and, where there is one, a second factor. Nobody is
//! told whether an account exists: that a second factor is asked for is told to those
//! alone who have the password.

use super::{
    current::present,
    factor_letter,
    noted::note,
    provider::must_have_password,
    second_factor::take_code,
    session::token_hash,
    tries::{Codes, Here},
};
use crate::{
    App, Caller, Error, UseCase,
    caller::{Circumstances, Proof, SignedIn},
    ports::{KeptPasskey, Session},
};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    account::{SignIn, SignedIn as SignedInView},
    security::ConfirmSignIn,
};
use domain::account::{Account, Proven, SignInStep};
use vocabulary::{AccountId, Instant, SessionId};

/// The longest address that there can be, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// How long a session lasts, in seconds: a working day.
const SESSION: i64 = 12 * 60 * 60;

#[async_trait]
impl UseCase for SignIn {
    /// Opens a session if address and password fit, and no second factor is asked for.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let (account, kept, here) = by_password(app, who, &self.email, self.password).await?;
        let factors = Factors::of(app, account.id).await?;
        // Where no mail leaves, a code would only take the place of the one that was made by hand.
        if factors.by_letter && factors.mails {
            factor_letter::send(app, &account).await?;
        }
        if let Some(problem) = factors.asked_for() {
            return Err(problem.into());
        }
        here.is_them(app, app.chance.now()).await?;
        begin_session(app, who, account, Some(kept), Proven::Password).await
    }
}

#[async_trait]
impl UseCase for ConfirmSignIn {
    /// Opens a session if address, password and code fit.
    async fn answer(self, app: &App, who: &Caller) -> Result<SignedInView, Error> {
        let (account, kept, here) = by_password(app, who, &self.email, self.password).await?;
        let now = app.chance.now();
        let mut by = Proven::Password;
        if Factors::of(app, account.id).await?.asked_for().is_some() {
            let codes = Codes::of(account.id, &who.address, here.known());
            codes.admit(app, now).await?;
            by = take_code(app, &account, &self.code)
                .await?
                .ok_or_else(wrong_code)?;
            codes.fits(app).await?;
        }
        here.is_them(app, now).await?;
        begin_session(app, who, account, Some(kept), by).await
    }
}

/// What is asked for after somebody's password.
pub(super) struct Factors {
    /// An authenticator that shows codes.
    code: bool,
    /// Passkeys, and whether each is good.
    passkeys: Vec<bool>,
    /// A code by letter, because all others were taken away.
    by_letter: bool,
    /// Whether letters leave here.
    mails: bool,
}

impl Factors {
    pub(super) async fn of(app: &App, account: AccountId) -> Result<Self, Error> {
        let factor = app.sign_ins.second_factor(account).await?;
        let passkeys = app.passkeys.passkeys(account).await?;
        let code = factor.is_some_and(|factor| factor.confirmed_at.is_some());
        let none = !code && passkeys.is_empty();
        Ok(Self {
            code,
            passkeys: passkeys.iter().map(KeptPasskey::is_good).collect(),
            by_letter: none && app.sign_ins.are_factors_taken(account).await?,
            mails: app.mailer.is_set_up(),
        })
    }

    /// Whether anything is asked for at all. A passkey that is refused counts: the recovery
    /// codes that came with it are asked for in its place.
    pub(super) fn is_any(&self) -> bool {
        self.code || self.by_letter || !self.passkeys.is_empty()
    }

    /// What to do to prove by one of them who is here.
    pub(super) fn how(&self) -> &'static str {
        match (self.code, self.passkeys.contains(&true)) {
            (true, true) => {
                "Use your passkey, or enter the code that your authenticator shows or one of your \
                 recovery codes."
            }
            (false, true) => "Use your passkey, or enter one of your recovery codes.",
            (true, false) => {
                "Enter the code that your authenticator shows, or one of your recovery codes."
            }
            (false, false) if self.by_letter => {
                "Sign out, and in again with the code that is sent to you."
            }
            (false, false) => "Enter one of your recovery codes.",
        }
    }

    /// What to say to somebody who has given the password alone. A passkey that is refused
    /// does not make the password enough: whoever has its copy would only have to be caught.
    fn asked_for(&self) -> Option<Problem> {
        if self.by_letter {
            let hint = if self.mails {
                "It is on its way to your mailbox, and good for half an hour. Then set up another \
                 second factor."
            } else {
                "No mail leaves this server: ask whoever runs it for a code to sign in."
            };
            let title = "Your second factor was taken away. Enter the code that was sent to you.";
            return Some(Problem::new(Code::SecondFactorNeeded, title, hint));
        }
        let by_passkey = self.passkeys.contains(&true);
        let (code, title) = match (self.code, by_passkey) {
            (true, true) => (
                Code::PasskeyNeeded,
                "Use your passkey, or enter the code that your authenticator shows.",
            ),
            (false, true) => (Code::PasskeyNeeded, "Use your passkey."),
            (true, false) => (
                Code::SecondFactorNeeded,
                "Enter the code that your authenticator shows.",
            ),
            (false, false) if self.passkeys.is_empty() => return None,
            (false, false) => (
                Code::SecondFactorNeeded,
                "Your passkey is no longer good. Enter one of your recovery codes.",
            ),
        };
        let hint = "If you lost it, enter one of your recovery codes.";
        Some(Problem::new(code, title, hint))
    }
}

/// The account of an address, if the password is its own; with what that is kept as.
pub(super) async fn by_password(
    app: &App,
    who: &Caller,
    email: &str,
    password: String,
) -> Result<(Account, String, Here), Error> {
    let email = email.trim().to_lowercase();
    // No account can have such an address, and no database need hear of it.
    if !is_possible(&email) {
        return Err(wrong_password());
    }
    let now = app.chance.now();
    let here = Here::of(app, &email, &who.address, now).await?;
    here.admit(app, now).await?;
    let account = app.index.account_by_email(&email).await?;
    if let Some(account) = &account {
        who.meant.is(account.id);
    }
    let account = account.filter(|a| a.active);
    let (account, kept) = fitting(app, account, &password)
        .await?
        .ok_or_else(wrong_password)?;
    here.password_fits(app).await?;
    // Told to those alone who have the password.
    must_have_password(app, &account).await?;
    Ok((account, kept, here))
}

/// Whether an address could be one.
pub(super) fn is_possible(email: &str) -> bool {
    email.len() <= LONGEST_EMAIL && !email.contains('\0')
}

/// Opens a session of somebody who has proved who they are: with a token of its own,
/// whatever came with the request. Who signs in with a password has it checked for a while,
/// and it may be another meanwhile, or the account suspended: then no session opens.
pub(super) async fn begin_session(
    app: &App,
    who: &Caller,
    account: Account,
    password: Option<String>,
    by: Proven,
) -> Result<SignedInView, Error> {
    let now = app.chance.now();
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
        password,
    };
    let signed_in = SignInStep::SignedIn {
        session: session.id,
        by,
    };
    note(app, who, &account, signed_in).await?;
    let opened = app
        .work
        .open_session(&session, &token_hash(&token), now)
        .await?;
    if !opened {
        return Err(wrong_password());
    }
    app.sign_ins
        .note_use(session.id, &who.address, &who.device, now)
        .await?;
    if by == Proven::Provider {
        app.sign_ins.note_provider(session.id).await?;
    }
    let strongly = by.is_more_than_password();
    if strongly {
        app.sign_ins.note_strong_proof(session.id, now).await?;
    }
    let person = SignedIn {
        account,
        organisation,
        session: session.id,
        circumstances: Circumstances::default(),
        proof: Proof {
            proven_at: now,
            strongly_proven_at: if strongly {
                now
            } else {
                Instant::from_micros(0)
            },
            seen_at: now,
            locked: false,
            // A letter proves who is here, and is none that they have from now on.
            second_factor: strongly && by != Proven::Letter,
        },
    };
    Ok(SignedInView {
        token,
        person: present(app, &person).await?,
    })
}

fn wrong_password() -> Error {
    Problem::new(
        Code::WrongPassword,
        "The e-mail address and the password do not fit together.",
        "Check both and try again.",
    )
    .into()
}

pub(super) fn wrong_code() -> Error {
    Problem::new(
        Code::SecondFactorNeeded,
        "That code is not good now.",
        "Wait for the next one that your authenticator shows, and check that its clock is right.",
    )
    .into()
}

/// The account and what its password is kept as, if that is the password. An unknown address
/// costs the same work as a wrong password, so that the time taken tells nothing.
pub(super) async fn fitting(
    app: &App,
    account: Option<Account>,
    password: &str,
) -> Result<Option<(Account, String)>, Error> {
    let kept = match &account {
        Some(account) => app.work.password(account.id).await?,
        None => None,
    };
    let fits = app.passwords.fits(password, kept.as_deref()).await;
    Ok(account.zip(kept).filter(|_| fits))
}
