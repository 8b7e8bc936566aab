//! Whether somebody is the only one who administers: then nobody could give them a role but
//! they themselves, which they may, and which those who validate organisations are shown.

use super::offices;
use crate::{App, Error, caller::SignedIn};
use vocabulary::{AccountId, Group, OrganisationKind};

/// Whether nobody else who can sign in administers what this person does; somebody who leaves in
/// the same action does not any more.
pub(super) async fn is_alone(
    app: &App,
    person: &SignedIn,
    leaver: Option<AccountId>,
) -> Result<bool, Error> {
    let own = &person.organisation;
    let (ids, administers) = if own.kind == OrganisationKind::Service {
        (vec![own.id], Group::SystemAdministrators)
    } else {
        let offices = offices(app, own.head()).await?;
        let ids = offices.iter().map(|office| office.id).collect();
        (ids, Group::OrganisationAdministrator)
    };
    let accounts = app.people.accounts_in(&ids).await?;
    Ok(!accounts.iter().any(|other| {
        other.active
            && other.id != person.account.id
            && Some(other.id) != leaver
            && other.groups.contains(&administers)
    }))
}
