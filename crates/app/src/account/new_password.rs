//! The one place where a person's new password is looked at and kept.

use crate::{App, Error};
use domain::account::{Account, choose_password};

/// What a password must be, for whoever chooses one.
pub(crate) const RULE: &str =
    "At least 12 characters. Three random words make a good password; it never has to be changed.";

/// Whether the person may have it.
///
/// # Errors
/// What is wrong with it.
pub(crate) async fn must_be_good(
    app: &App,
    account: &Account,
    password: &str,
) -> Result<(), Error> {
    let organisation = app.index.organisation(account.organisation).await?;
    let names = [
        account.name.as_str(),
        organisation.as_ref().map_or("", |own| own.name.as_str()),
    ];
    choose_password(
        password,
        &account.email,
        &names,
        reference::is_common_password,
    )?;
    Ok(())
}

/// Keeps it, as what it hashes to.
///
/// # Errors
/// If it cannot be kept.
pub(crate) async fn keep(app: &App, account: &Account, password: &str) -> Result<(), Error> {
    let phc = app.passwords.make(password).await?;
    app.work.set_password(account.id, &phc).await?;
    Ok(())
}
