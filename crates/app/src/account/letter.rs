//! Letters about an account, to its mailbox: a code that somebody asked for, and what
//! changed in how one signs in, so that whoever did not do it learns of it. They wait
//! in an outbox of their own, sealed, until a mail server takes them
//! (`ports::SignIns::claim_letters`); who may be written to is not told by it.

use crate::{
    App, Error,
    ports::{AccountLetter, CodeFor, KeptCode},
};
use domain::account::Account;

/// For how long, in seconds, it is tried to send a letter that holds no code.
const WORTH_READING: i64 = 3 * 24 * 60 * 60;
/// What every letter ends with.
const FOOT: &str = "\r\n\r\nIf this was not you, tell the service centre at once.\r\n\r\n\
                    Common Platform\r\n";

/// Writes to an account.
///
/// # Errors
/// If the letter cannot be kept.
pub async fn write(app: &App, to: &str, subject: &str, text: &str) -> Result<(), Error> {
    let letter = letter(app, to, subject, text, WORTH_READING);
    Ok(app.sign_ins.write_letter(&letter).await?)
}

/// Sends a code, good for so many seconds, to an account, or to nobody: the same work.
///
/// # Errors
/// If it cannot be kept.
pub async fn send_code(
    app: &App,
    account: Option<&Account>,
    purpose: CodeFor,
    seconds: i64,
    letter_of: impl Fn(&str) -> (&'static str, String),
) -> Result<(), Error> {
    let (code, kept) = kept_code(app, account, purpose, seconds)?;
    let (subject, text) = letter_of(&code);
    let to = account.map(|account| account.email.as_str());
    let letter = letter(app, to.unwrap_or_default(), subject, &text, seconds);
    Ok(app.sign_ins.send_code(&kept, &letter).await?)
}

/// A code that no letter brings: whoever runs the service hands it over.
pub(super) async fn make_code(
    app: &App,
    account: &Account,
    purpose: CodeFor,
    seconds: i64,
) -> Result<String, Error> {
    let (code, kept) = kept_code(app, Some(account), purpose, seconds)?;
    // To nobody, and so thrown away.
    let letter = letter(app, "", "", "", seconds);
    app.sign_ins.send_code(&kept, &letter).await?;
    Ok(code)
}

fn kept_code(
    app: &App,
    account: Option<&Account>,
    purpose: CodeFor,
    seconds: i64,
) -> Result<(String, KeptCode), Error> {
    let code = super::code::fresh(app);
    let hash = super::code::hash(&code)
        .ok_or_else(|| Error::Broken("a fresh code is no code".to_owned()))?;
    let kept = KeptCode {
        hash,
        account: account.map(|account| account.id),
        purpose,
        expires_at: app.chance.now().plus_seconds(seconds),
    };
    Ok((code, kept))
}

fn letter(app: &App, to: &str, subject: &str, text: &str, seconds: i64) -> AccountLetter {
    let at = app.chance.now();
    AccountLetter {
        id: app.chance.id(),
        to: to.to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        at,
        expires_at: at.plus_seconds(seconds),
    }
}

pub(super) fn reset(code: &str, minutes: i64) -> (&'static str, String) {
    (
        "Choose a new password",
        format!(
            "Somebody asked to choose a new password for your account of Common Platform.\r\n\r\n\
             Your code is {code}\r\n\r\n\
             Enter it in the application under \"I have a code\". It is good once, for \
             {minutes} minutes.\r\n\r\n\
             If you did not ask for it, do nothing: your password stays as it is.\r\n\r\n\
             Common Platform\r\n"
        ),
    )
}

pub(super) fn sign_in(code: &str, minutes: i64) -> (&'static str, String) {
    (
        "Your code to sign in",
        format!(
            "Your second factor was taken away by whoever administers your account of Common \
             Platform.\r\n\r\n\
             Your code is {code}\r\n\r\n\
             Enter it after your password. It is good once, for {minutes} minutes, or until you \
             are sent the next. Then set up another second factor under My account: until you have \
             one, each sign-in asks for such a code.\r\n\r\n\
             If you are not signing in now, somebody else knows your password: choose another \
             one, and tell the service centre.\r\n\r\n\
             Common Platform\r\n"
        ),
    )
}

/// To whoever lost it, or is said to have.
pub(crate) async fn factor_taken_away(app: &App, own: &Account, by: &str) -> Result<(), Error> {
    let text = format!(
        "{by} took every second factor of your account away, because it was said that you lost it \
         together with your recovery codes. You were signed out everywhere. When you sign in, a \
         code comes to this address; set up another second factor then.{FOOT}"
    );
    write(app, &own.email, "Your second factor was taken away", &text).await
}

/// To somebody else who administers them.
pub(crate) async fn factor_of_another_taken(
    app: &App,
    to: &Account,
    own: &Account,
    by: &str,
) -> Result<(), Error> {
    let text = format!(
        "{by} took every second factor of {} away, because it was said that it was lost together \
         with the recovery codes. If you doubt that, suspend the account, and tell the service \
         centre.\r\n\r\nCommon Platform\r\n",
        own.name
    );
    write(app, &to.email, "A second factor was taken away", &text).await
}

pub(super) async fn password_changed(app: &App, account: &Account) -> Result<(), Error> {
    let text = format!(
        "The password of your account was changed, and it was signed out everywhere else.{FOOT}"
    );
    write(app, &account.email, "Your password was changed", &text).await
}

pub(super) async fn second_factor_added(app: &App, account: &Account) -> Result<(), Error> {
    let text = format!(
        "From now on your account asks for a code of an authenticator when you sign in.{FOOT}"
    );
    write(app, &account.email, "A second factor was set up", &text).await
}

pub(super) async fn second_factor_removed(app: &App, account: &Account) -> Result<(), Error> {
    let text = format!(
        "Your account no longer asks for a code of an authenticator when you sign in.{FOOT}"
    );
    write(app, &account.email, "The second factor was removed", &text).await
}

pub(super) async fn passkey_added(app: &App, account: &Account, name: &str) -> Result<(), Error> {
    let text = format!(
        "The passkey \"{name}\" was added to your account. Whoever has it and your password can \
         sign in as you.{FOOT}"
    );
    write(app, &account.email, "A passkey was added", &text).await
}

pub(super) async fn passkey_removed(app: &App, account: &Account, name: &str) -> Result<(), Error> {
    let text = format!("The passkey \"{name}\" was removed from your account.{FOOT}");
    write(app, &account.email, "A passkey was removed", &text).await
}

pub(super) async fn passkey_refused(app: &App, account: &Account, name: &str) -> Result<(), Error> {
    let text = format!(
        "The passkey \"{name}\" of your account was used in a way that may mean that somebody has \
         a copy of it. It was refused and is good for nothing from now on. Sign in with a recovery \
         code, remove it under My account, and add another.{FOOT}"
    );
    write(app, &account.email, "A passkey was refused", &text).await
}

pub(super) async fn recovery_code_used(
    app: &App,
    account: &Account,
    left: u64,
) -> Result<(), Error> {
    let text = format!(
        "One of your recovery codes was used to sign in. {left} are left; you can make new \
         ones under My account.{FOOT}"
    );
    write(app, &account.email, "A recovery code was used", &text).await
}
