//! To whom permission on a case is given, and by whom: courts give it to people of courts and to
//! whoever prosecutes the case; whoever is in charge of it at the authority that brought it, to
//! those who prosecute it there and to the advocates whom it assigned (docs/decisions/0059).

use crate::{
    App, Error,
    caller::SignedIn,
    defence::{count_address, of_address},
    relation,
};
use access::{Action, Facts, Who};
use contract::{Code, Problem, access::PermittedTo};
use domain::{
    account::{Account, Organisation},
    case::{Case, Permission},
};
use vocabulary::{Day, OrganisationId, OrganisationKind};

/// The most people of an authority who are offered.
const MOST_OFFERED: usize = 200;

/// For whom somebody gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Giver {
    /// The court, to everybody who may have it.
    Court,
    /// The authority that prosecutes, to those who prosecute for it.
    Prosecution,
}

/// Somebody who may have it.
pub(super) struct Whom {
    pub(super) account: Account,
    /// Where they prosecute; none: they are of a court.
    pub(super) prosecutes_at: Option<OrganisationId>,
}

/// Whether the person gives permission on cases of their own authority, if there are any.
#[must_use]
pub(crate) fn gives_for_the_prosecution(app: &App, person: &SignedIn) -> bool {
    let own = Facts {
        prosecuting: true,
        ..Facts::default()
    };
    relation::may(app, person, Action::GiveProsecutionAccess, &own).allowed
}

/// Somebody with this address who may have permission on the case. There is one answer for whoever
/// is not there and for whoever may not have it.
pub(super) async fn whom(
    app: &App,
    person: &SignedIn,
    (case, giver): (&Case, Giver),
    email: &str,
) -> Result<Whom, Error> {
    if giver == Giver::Prosecution {
        count_address(app, person).await?;
    }
    let today = app.chance.now().day();
    let account = of_address(app, &email.trim().to_lowercase()).await?;
    if let Some(account) = account.filter(|account| account.active)
        && let Some(own) = app.index.organisation(account.organisation).await?
    {
        if own.kind == OrganisationKind::Court && giver == Giver::Court {
            return Ok(Whom {
                account,
                prosecutes_at: None,
            });
        }
        // Another organisation's advocates are whom this authority assigned: a case has one
        // authority that brought it, and nobody else assigns it.
        if prosecutes(app, case, (&account, &own), today) {
            return Ok(Whom {
                account,
                prosecutes_at: Some(own.id),
            });
        }
    }
    let who = match giver {
        Giver::Court => "Nobody of a court has this address, and nobody who prosecutes this case.",
        Giver::Prosecution => "Nobody who prosecutes this case has this address.",
    };
    Err(Problem::new(
        Code::BadRequest,
        who,
        "Write the e-mail address with which the person signs in. An advocate must be assigned to the case first.",
    )
    .into())
}

/// Whether somebody sees the case because they prosecute it, or would if it were not sensitive.
fn prosecutes(
    app: &App,
    case: &Case,
    (account, own): (&Account, &Organisation),
    today: Day,
) -> bool {
    let facts = Facts {
        prosecuting: relation::brought(own, case),
        assigned: case.assigned((account.id, own.id), today),
        ..Facts::default()
    };
    let who = Who {
        account: account.id,
        organisation: own.id,
        kind: own.kind,
        groups: &account.groups,
    };
    (facts.prosecuting || facts.assigned)
        && app.access.decide(who, Action::ViewCase, &facts).allowed
}

/// Whether what somebody was given counts today, and where they prosecute, if they do.
pub(super) async fn counts(
    app: &App,
    case: &Case,
    given: &Permission,
) -> Result<(bool, Option<String>), Error> {
    let today = app.chance.now().day();
    let holder = app.index.account(given.account).await?;
    let groups = holder.as_ref().map(|own| own.groups.as_slice());
    let in_force = case.in_force(given, groups.unwrap_or_default(), today);
    let Some(at) = given.organisation else {
        return Ok((in_force, None));
    };
    let Some(own) = app.index.organisation(at).await? else {
        return Ok((false, None));
    };
    let still = holder.is_some_and(|holder| {
        let there = holder.active && holder.organisation == own.id;
        there && prosecutes(app, case, (&holder, &own), today)
    });
    Ok((in_force && still, Some(own.name)))
}

/// Who can be chosen: those who prosecute at the giver's own authority, and the advocates whom it
/// assigned. A court is offered nobody: who works at an authority is not its to list.
pub(super) async fn offered(
    app: &App,
    person: &SignedIn,
    (case, giver): (&Case, Giver),
) -> Result<Vec<PermittedTo>, Error> {
    if giver == Giver::Court {
        return Ok(Vec::new());
    }
    let today = app.chance.now().day();
    let mut people: Vec<(Account, Organisation)> = Vec::new();
    for colleague in app.index.accounts_of(person.organisation.id).await? {
        people.push((colleague, person.organisation.clone()));
    }
    for assigned in &case.advocates {
        let account = app.index.account(assigned.account).await?;
        let own = app.index.organisation(assigned.organisation).await?;
        if let (Some(account), Some(own)) = (account, own)
            && account.active
            && account.organisation == own.id
        {
            people.push((account, own));
        }
    }
    people.retain(|(account, own)| {
        account.id != person.account.id && prosecutes(app, case, (account, own), today)
    });
    people.truncate(MOST_OFFERED);
    let offered = people.into_iter().map(|(account, own)| PermittedTo {
        called: format!("{}, {}", account.name, own.name),
        email: account.email,
    });
    Ok(offered.collect())
}
