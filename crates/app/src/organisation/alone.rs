//! Whether somebody is the only one who administers: then nobody could give them a role but
//! they themselves, which they may, and which those who validate organisations are shown.

use super::offices;
use crate::{App, Error, caller::SignedIn};
use vocabulary::{Group, OrganisationKind};

/// Whether nobody else who can sign in administers what this person does.
pub(super) async fn is_alone(app: &App, person: &SignedIn) -> Result<bool, Error> {
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
        other.active && other.id != person.account.id && other.groups.contains(&administers)
    }))
}
