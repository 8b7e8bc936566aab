//! Whoever is alone in administering may give themselves a role: those who validate
//! organisations are told. And whoever is given a role of support looks after others' looking:
//! those who run the service and the auditors are told.

use super::{Desk, Effects, notice};
use app::ports::Fault;
use domain::{
    Recorded,
    account::{Account, Organisation},
};
use vocabulary::{AccountId, Group};

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
    let own = at(desk, after).await?;
    let title = format!("{} gave themselves a role", after.name);
    let body = format!(
        "{}, at {own}, where nobody else administers. They had no other way; see that it is right.",
        more.join(", ")
    );
    let told = service(desk, &[Group::SystemAdministrators]).await?;
    for one in told.into_iter().filter(|one| *one != after.id) {
        notice::to_account(desk, recorded, one, &title, &body, effects);
    }
    Ok(())
}

/// Tells of roles of support that somebody has from now on, whoever gave them; not whoever did.
pub(super) async fn tell_of_support(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    (before, after): (&[Group], &Account),
    effects: &mut Effects,
) -> Result<(), Fault> {
    let more: Vec<&str> = after
        .groups
        .iter()
        .filter(|group| group.is_given_by_the_service() && !before.contains(group))
        .map(|group| group.as_str())
        .collect();
    if more.is_empty() {
        return Ok(());
    }
    let own = at(desk, after).await?;
    let title = format!("{} was given a role of support", after.name);
    let body = format!(
        "{} at {own}, by {}. If that is not right, say so to whoever runs the service.",
        more.join(", "),
        recorded.by.name()
    );
    let others = [Group::SystemAdministrators, Group::Auditors];
    let by = recorded.by.account();
    for one in service(desk, &others).await? {
        if one != after.id && Some(one) != by {
            notice::to_account(desk, recorded, one, &title, &body, effects);
        }
    }
    Ok(())
}

/// Tells those who audit that somebody used up what anybody looks up within a day: the record has
/// each look, and nobody reads all of it every day.
pub(super) async fn tell_of_looks(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let title = format!("{} used up a day's look-ups", recorded.by.name());
    let body = "As many cases that are not theirs were looked up as one person, or one \
         organisation, may within a day. What was looked up is in the audit of this person.";
    let by = recorded.by.account();
    for one in service(desk, &[Group::Auditors]).await? {
        if Some(one) != by {
            notice::to_account(desk, recorded, one, &title, body, effects);
        }
    }
    Ok(())
}

/// The name of somebody's organisation.
async fn at(desk: &mut Desk<'_>, account: &Account) -> Result<String, Fault> {
    let of = "select body from organisation_index where organisation_id = $1";
    let own: Vec<Organisation> = desk.bodies(of, &account.organisation.to_string()).await?;
    let name = own.into_iter().next().map(|own| own.name);
    Ok(name.unwrap_or_else(|| "their organisation".to_owned()))
}

/// People of the service who are in one of these groups.
pub(super) async fn service(
    desk: &mut Desk<'_>,
    groups: &[Group],
) -> Result<Vec<AccountId>, Fault> {
    let mut found = Vec::new();
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
        let own = people
            .iter()
            .filter(|one| one.groups.iter().any(|group| groups.contains(group)));
        found.extend(own.map(|one| one.id));
    }
    Ok(found)
}
