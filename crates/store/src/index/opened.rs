//! Who is told when a sensitive case is opened to somebody: whoever reviews it, whoever has
//! permission on it, and those in charge of it at the authority that brought it
//! (docs/decisions/0050). Nobody of the defence: that somebody of a court looked tells it nothing
//! of its case, and of a co-defendant's it might.

use super::{
    Desk, Effects, OF_ORGANISATION,
    notice::{Message, tell_accounts},
    own_roles,
};
use app::ports::Fault;
use domain::{
    Recorded,
    account::{Account, Organisation},
    case::{Case, SENSITIVE},
    reading::ReadingEvent,
};
use vocabulary::{AccountId, Group, OrganisationId};

const OF_KIND: &str =
    "select body from organisation_index where kind = $1 order by organisation_id";

/// Notices that a reading raises: whoever breaks the glass, or lets a sensitive case be as
/// others are, is heard.
pub(super) async fn of_reading(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &ReadingEvent,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let (opening, of, what, how) = match event {
        ReadingEvent::GlassBroken {
            opening,
            organisation,
        } => (
            opening,
            *organisation,
            "was opened",
            "opened it without permission",
        ),
        ReadingEvent::SensitivityLifted {
            opening,
            organisation,
        } => (
            opening,
            *organisation,
            "is sensitive no longer",
            "opened it to everybody",
        ),
        _ => return Ok(()),
    };
    let Some(case) = desk.case(opening.case_id).await? else {
        return Ok(());
    };
    let by = Some(opening.account);
    // Notices lead to no case: those who review may not open it.
    let title = format!("{SENSITIVE} {} {what}", case.urn);
    let accounts = reviewers(desk, &case, by).await?;
    if accounts.is_empty() {
        nobody_reviews(desk, recorded, effects).await?;
    }
    let accounts = and_permitted(desk, accounts, &case, recorded).await?;
    let message = Message {
        title: title.clone(),
        body: format!(
            "{} {how}: {} It waits for your review.",
            opening.name, opening.reason
        ),
        ..Message::default()
    };
    tell_accounts(desk, recorded, accounts.clone(), &message, effects);

    let mut owners = in_charge(desk, &case).await?;
    owners.retain(|account| Some(*account) != by && !accounts.contains(account));
    let house = named(desk, of).await?;
    let message = Message {
        title,
        // Why is said to whoever reviews it: a reason may say more than the other side may know.
        body: format!(
            "{}, {house}, {how}. Why is in the record, and reviewed.",
            opening.name
        ),
        ..Message::default()
    };
    tell_accounts(desk, recorded, owners, &message, effects);
    Ok(())
}

/// Who hears of it when somebody is let into a sensitive case: those who give access, and
/// whoever has permission on it; not whoever did it.
pub(super) async fn watching(
    desk: &mut Desk<'_>,
    case: &Case,
    recorded: &Recorded,
) -> Result<Vec<AccountId>, Fault> {
    let reviewers = reviewers(desk, case, recorded.by.account()).await?;
    and_permitted(desk, reviewers, case, recorded).await
}

/// With whoever has permission that is in force on this day, once each. Of the court's people
/// alone: a reason is not written for whoever prosecutes.
async fn and_permitted(
    desk: &mut Desk<'_>,
    mut accounts: Vec<AccountId>,
    case: &Case,
    recorded: &Recorded,
) -> Result<Vec<AccountId>, Fault> {
    accounts.extend(desk.permitted(case, recorded.at.day()).await?);
    let by = recorded.by.account();
    accounts.retain(|account| Some(*account) != by);
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
}

/// Those who give access at the courts that hear the case. Where they have nobody but whoever did
/// it, the access controllers of every court: it is in their queue as it is. Asked for rarely.
async fn reviewers(
    desk: &mut Desk<'_>,
    case: &Case,
    by: Option<AccountId>,
) -> Result<Vec<AccountId>, Fault> {
    let houses: Vec<Organisation> = desk.bodies(OF_KIND, "court").await?;
    let (mut own, mut everywhere) = (Vec::new(), Vec::new());
    for house in houses {
        let hears = house
            .court
            .as_ref()
            .is_some_and(|court| case.courts.contains(&court.id));
        let people: Vec<Account> = desk.bodies(OF_ORGANISATION, &house.id.to_string()).await?;
        for account in people {
            let controls = account.groups.contains(&Group::AccessController);
            let gives = controls || account.groups.contains(&Group::CourtAdministrators);
            if Some(account.id) == by {
                continue;
            }
            if hears && gives {
                own.push(account.id);
            }
            if controls {
                everywhere.push(account.id);
            }
        }
    }
    Ok(if own.is_empty() { everywhere } else { own })
}

/// The offices of the courts that hear a case, which take firms off record.
pub(super) async fn office(desk: &mut Desk<'_>, case: &Case) -> Result<Vec<AccountId>, Fault> {
    let houses: Vec<Organisation> = desk.bodies(OF_KIND, "court").await?;
    let mut office = Vec::new();
    for house in houses {
        let court = house.court.as_ref();
        if !court.is_some_and(|court| case.courts.contains(&court.id)) {
            continue;
        }
        let people: Vec<Account> = desk.bodies(OF_ORGANISATION, &house.id.to_string()).await?;
        let of_office = |one: &&Account| {
            let mut groups = one.groups.iter();
            groups.any(|own| matches!(own, Group::CourtAdministrators | Group::ListingOfficers))
        };
        office.extend(people.iter().filter(of_office).map(|one| one.id));
    }
    Ok(office)
}

/// Whoever runs the service makes somebody access controller, and is told that nobody is: not of
/// which case.
async fn nobody_reviews(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    effects: &mut Effects,
) -> Result<(), Fault> {
    let message = Message {
        title: "An opening that nobody can review".to_owned(),
        body: "A sensitive case was opened, and no court has anybody else who gives access. Make \
               somebody of a court access controller: it waits in their queue."
            .to_owned(),
        ..Message::default()
    };
    let run = own_roles::service(desk, &[Group::SystemAdministrators]).await?;
    tell_accounts(desk, recorded, run, &message, effects);
    Ok(())
}

/// Those in charge of a case at the authority that brought it: who prosecutes there and looks after
/// its people as well; where nobody does both, everybody who prosecutes.
pub(super) async fn in_charge(desk: &mut Desk<'_>, case: &Case) -> Result<Vec<AccountId>, Fault> {
    const PROSECUTE: [Group; 4] = [
        Group::Cps,
        Group::NonCpsProsecutors,
        Group::NonPoliceProsecutors,
        Group::SjpProsecutors,
    ];
    let authorities = desk.with_ou_code(&case.prosecutor.ou_code).await?;
    let mut in_charge = Vec::new();
    for authority in authorities.iter() {
        let mut people: Vec<Account> = desk.bodies(OF_ORGANISATION, &authority.to_string()).await?;
        people.retain(|one| one.groups.iter().any(|group| PROSECUTE.contains(group)));
        let leads = |one: &&Account| one.groups.contains(&Group::OrganisationAdministrator);
        let leading: Vec<AccountId> = people.iter().filter(leads).map(|one| one.id).collect();
        match leading.is_empty() {
            true => in_charge.extend(people.iter().map(|one| one.id)),
            false => in_charge.extend(leading),
        }
    }
    Ok(in_charge)
}

async fn named(desk: &mut Desk<'_>, organisation: OrganisationId) -> Result<String, Fault> {
    let of = "select body from organisation_index where organisation_id = $1";
    let found: Vec<Organisation> = desk.bodies(of, &organisation.to_string()).await?;
    let name = found.into_iter().next().map(|own| own.name);
    Ok(name.unwrap_or_else(|| "an organisation that is here no longer".to_owned()))
}
