//! Opening an account, from the command line or by seeding. People themselves register
//! and take theirs on by `crates/app/src/organisation` and `activate.rs`.

use super::{new_password, record::record};
use crate::{App, Error, ports::Expected};
use contract::{Code, Problem};
use domain::account::{Account, AccountEvent};
use vocabulary::{AccountId, Group, OrganisationId};

/// An account to open.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Court word for the role.
    pub role: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Groups.
    pub groups: Vec<Group>,
    /// First password.
    pub password: String,
}

/// Opens the account.
///
/// # Errors
/// If the address is taken or no address, the password none that a person may
/// choose, the organisation unknown or no place for such a group, or the record cannot be
/// written.
pub async fn open_account(app: &App, new: NewAccount) -> Result<Account, Error> {
    let email = new.email.trim().to_lowercase();
    let wrong = |title: &str, hint: &str| Error::from(Problem::new(Code::BadRequest, title, hint));
    if !email.contains('@') || email.len() > 254 {
        return Err(wrong(
            "That is no e-mail address.",
            "Give an address such as name@firm.example.",
        ));
    }
    if app.index.account_by_email(&email).await?.is_some() {
        return Err(wrong(
            "That address already has an account.",
            "Use another address.",
        ));
    }
    let Some(organisation) = app.index.organisation(new.organisation).await? else {
        return Err(wrong(
            "There is no such organisation.",
            "Name one that `account list` shows.",
        ));
    };
    let elsewhere = |group: &&Group| !group.works_at(organisation.kind);
    if let Some(group) = new.groups.iter().find(elsewhere) {
        return Err(wrong(
            &format!("Nobody of {group} works at {}.", organisation.name),
            "Give a group of that kind of organisation.",
        ));
    }
    let account = Account {
        id: AccountId(app.chance.id()),
        email,
        name: new.name.trim().to_owned(),
        role: new.role,
        organisation: new.organisation,
        groups: new.groups,
        active: true,
        life: domain::account::Life::default(),
    };
    new_password::must_be_good(app, &account, &new.password).await?;
    new_password::keep(app, &account, &new.password).await?;
    let opened = AccountEvent::AccountOpened(account.clone());
    record(app, account.id.0, Expected::New, opened).await?;
    Ok(account)
}
