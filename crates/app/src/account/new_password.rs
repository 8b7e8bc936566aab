//! The one place where a person's new password is looked at and kept.

use crate::{App, Error};
use contract::{Code, Problem};
use domain::account::Account;

/// What a password must be, for whoever chooses one.
pub(crate) const RULE: &str =
    "At least 12 characters. Three random words make a good password; it never has to be changed.";

/// Whether the person may have it.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn must_be_good(_app: &App, _account: &Account, password: &str) -> Result<(), Error> {
    let length = password.chars().count();
    if length < 12 {
        return Err(Problem::new(
            Code::BadRequest,
            "The password has fewer than 12 characters.",
            "Choose a longer one; three random words make a good password.",
        )
        .into());
    }
    if length > 256 {
        return Err(Problem::new(
            Code::BadRequest,
            "The password has more than 256 characters.",
            "Choose a shorter one.",
        )
        .into());
    }
    Ok(())
}

/// Keeps it, as what it hashes to.
///
/// # Errors
/// If it cannot be kept.
pub(crate) async fn keep(app: &App, account: &Account, password: &str) -> Result<(), Error> {
    let phc = app.passwords.hash(password)?;
    app.work.set_password(account.id, &phc).await?;
    Ok(())
}
