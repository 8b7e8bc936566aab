//! Whether somebody is the only one who administers: then nobody could give them a role but
//! they themselves, which they may, and which those who validate organisations are shown.

use super::factor::administering;
use crate::{App, Error, caller::SignedIn};
use vocabulary::AccountId;

/// Whether nobody else who can sign in administers what this person does; somebody who leaves in
/// the same action does not any more.
pub(super) async fn is_alone(
    app: &App,
    person: &SignedIn,
    leaver: Option<AccountId>,
) -> Result<bool, Error> {
    let administering = administering(app, &person.organisation).await?;
    Ok(!administering
        .iter()
        .any(|other| other.id != person.account.id && Some(other.id) != leaver))
}
