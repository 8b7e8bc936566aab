//! A code by letter in the place of second factors that were taken away, because they were lost
//! together with the recovery codes. Until another is set up it is asked for after the password
//! at each sign-in: whoever had them taken away and knows the password has not got the mailbox.

use super::{
    letter::{self, make_code},
    noted::note_by_operator,
    tries::admit_sign_in_letter,
};
use crate::{App, Error, ports::CodeFor};
use contract::{Code, Problem};
use domain::account::{Account, SignInStep};

/// For how long a code is good, in minutes, as one for a new password.
const MINUTES: i64 = 30;

/// Sends one, to somebody who has given the password. Where there were too many, the last one
/// stays good: who asks is asked for it all the same.
pub(super) async fn send(app: &App, account: &Account) -> Result<(), Error> {
    if !admit_sign_in_letter(app, account.id, app.chance.now()).await? {
        return Ok(());
    }
    let purpose = CodeFor::SignIn;
    letter::send_code(app, Some(account), purpose, MINUTES * 60, |code| {
        letter::sign_in(code, MINUTES)
    })
    .await
}

/// Takes a code that is good in the place of a second factor: whether it was this account's.
pub(super) async fn take(app: &App, account: &Account, hash: &str) -> Result<bool, Error> {
    let sign_ins = &app.sign_ins;
    if !sign_ins.are_factors_taken(account.id).await? {
        return Ok(false);
    }
    let now = app.chance.now();
    // Another's is not used up by it.
    let whose = sign_ins.find_code(hash, CodeFor::SignIn, now).await?;
    if whose != Some(account.id) {
        return Ok(false);
    }
    let spent = sign_ins.spend_code(hash, CodeFor::SignIn, now).await?;
    Ok(spent == Some(account.id))
}

/// A code with which somebody signs in once, made by whoever runs the service where no mail
/// leaves; with the minutes for which it is good.
///
/// # Errors
/// If nobody's second factors were taken away who has this address, or the record cannot be
/// written.
pub async fn sign_in_code(app: &App, email: &str) -> Result<(String, i64), Error> {
    let email = email.trim().to_lowercase();
    let account = app.index.account_by_email(&email).await?;
    let account = account.filter(|account| account.active);
    let account = match account {
        Some(own) if app.sign_ins.are_factors_taken(own.id).await? => own,
        _ => {
            return Err(Problem::new(
                Code::NotFound,
                format!("Nobody waits for such a code as {email}."),
                "An administrator of their organisation takes the second factor away first.",
            )
            .into());
        }
    };
    // What opens something is recorded before it opens.
    note_by_operator(app, &account, SignInStep::SignInCodeMade).await?;
    let code = make_code(app, &account, CodeFor::SignIn, MINUTES * 60).await?;
    Ok((code, MINUTES))
}
