//! Whoever is alone in administering may give themselves a role. Those who validate
//! organisations are told.

use super::{Desk, Effects, notice};
use app::ports::Fault;
use domain::{
    Recorded,
    account::{Account, Organisation},
};
use vocabulary::Group;

/// Tells them, if the person gave themselves a role that they did not have.
pub(super) async fn tell(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    (before, after): (&Account, &Account),
    effects: &mut Effects,
) -> Result<(), Fault> {
    let more: Vec<&str> = after
        .groups
        .iter()
        .filter(|group| !before.groups.contains(group))
        .map(|group| group.as_str())
        .collect();
    if recorded.by.account() != Some(after.id) || more.is_empty() {
        return Ok(());
    }
    let of = "select body from organisation_index where organisation_id = $1";
    let own: Vec<Organisation> = desk.bodies(of, &after.organisation.to_string()).await?;
    let own = own
        .first()
        .map_or("their organisation", |own| own.name.as_str());
    let title = format!("{} gave themselves a role", after.name);
    let body = format!(
        "{}, at {own}, where nobody else administers. They had no other way; see that it is right.",
        more.join(", ")
    );
    let services: Vec<Organisation> = desk
        .bodies(
            "select body from organisation_index where kind = $1",
            "service",
        )
        .await?;
    for service in services {
        let people: Vec<Account> = desk
            .bodies(
                "select body from account_index where organisation_id = $1 and active = 1",
                &service.id.to_string(),
            )
            .await?;
        for one in people {
            if one.id != after.id && one.groups.contains(&Group::SystemAdministrators) {
                notice::to_account(desk, recorded, one.id, &title, &body, effects);
            }
        }
    }
    Ok(())
}
