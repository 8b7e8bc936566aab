//! The people of an organisation with all its offices, as whoever administers it sees them.

use super::{Reach, factor::administering, offices};
use crate::{App, Caller, Error, UseCase, caller::SignedIn};
use async_trait::async_trait;
use contract::organisation::{Office, People, PeopleOf, PersonRow};
use domain::account::{Account, Standing, factor::may_take_away};
use std::collections::{HashMap, HashSet};
use vocabulary::{AccountId, Instant, OrganisationId};

#[async_trait]
impl UseCase for People {
    /// Who is there, how each stands, and what may be done now.
    async fn answer(self, app: &App, who: &Caller) -> Result<PeopleOf, Error> {
        let person = who.person()?;
        let reach = Reach::of(app, person)?;
        let asked = self.organisation_id.unwrap_or(person.organisation.id);
        let organisation = reach.organisation(app, asked).await?;
        present(app, person, organisation.head()).await
    }
}

pub(super) async fn present(
    app: &App,
    person: &SignedIn,
    head: OrganisationId,
) -> Result<PeopleOf, Error> {
    let reach = Reach::of(app, person)?;
    let offices = offices(app, head).await?;
    let ids: Vec<OrganisationId> = offices.iter().map(|office| office.id).collect();
    let mut accounts = app.people.accounts_in(&ids).await?;
    accounts.sort_by_key(|account| account.life.standing == Standing::Left);
    let of: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let codes: HashMap<_, _> = app.people.codes_of(&of).await?.into_iter().collect();
    let uses: HashMap<_, _> = app.people.uses_of(&of).await?.into_iter().collect();
    let refused = app.people.refused_by_mail(&of).await?;
    let refused: HashSet<AccountId> = refused.into_iter().collect();
    let with_factors = app.sign_ins.with_factors(&of).await?;
    let with_factors: HashSet<AccountId> = with_factors.into_iter().collect();
    let head_office = offices.first();
    let administering = match head_office {
        Some(office) => administering(app, office).await?,
        None => Vec::new(),
    };
    let now = app.chance.now();
    let own = person.account.id;
    let people = accounts
        .iter()
        .map(|account| PersonRow {
            account_id: account.id,
            name: account.name.clone(),
            email: account.email.clone(),
            role: account.role.clone(),
            groups: account.groups.clone(),
            organisation_id: account.organisation,
            standing: word(account.life.standing).to_owned(),
            text: if account.life.standing == Standing::Invited && refused.contains(&account.id) {
                "A mail server refused the address. Record that they left, and invite the right one."
                    .to_owned()
            } else {
                text(
                    account,
                    codes.get(&account.id),
                    uses.get(&account.id),
                    &accounts,
                    now,
                )
            },
            may: {
                let mut may = may(account, own, reach);
                let cared_for = administering.iter().any(|other| other.id != account.id);
                if account.active
                    && account.id != own
                    && with_factors.contains(&account.id)
                    && may_take_away(account, reach == Reach::All, cared_for)
                {
                    may.push("take_factor_away".to_owned());
                }
                may
            },
            oneself: account.id == own,
        })
        .collect();
    let first = offices.first();
    Ok(PeopleOf {
        organisation_id: head,
        name: first.map(|office| office.name.clone()).unwrap_or_default(),
        roles: first
            .map(|office| reach.gives(app, office.kind, &[]))
            .unwrap_or_default(),
        offices: offices
            .iter()
            .map(|office| Office {
                organisation_id: office.id,
                name: office.name.clone(),
            })
            .collect(),
        people,
        mail: app.mailer.is_set_up(),
    })
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Invited => "invited",
        Standing::Suspended => "suspended",
        Standing::Idle => "idle",
        Standing::Left => "left",
    }
}

fn text(
    account: &Account,
    code: Option<&Instant>,
    used: Option<&Instant>,
    all: &[Account],
    now: Instant,
) -> String {
    let day = |at: &Instant| at.day().in_words();
    match account.life.standing {
        Standing::Active => {
            let last = used.copied();
            let used = used.map_or_else(
                || "Can sign in.".to_owned(),
                |at| format!("Last used {}.", day(at)),
            );
            match account.life.warned {
                Some(warned) if last.is_none_or(|last| last < warned.at) => {
                    format!("{used} Was warned that the account will be suspended.")
                }
                _ => used,
            }
        }
        Standing::Invited => match code {
            Some(until) if *until > now => format!("The link is good until {}.", day(until)),
            Some(until) => format!("The link expired {}. Send it again.", day(until)),
            None => "The link has not left yet.".to_owned(),
        },
        Standing::Suspended if account.life.by_service => {
            "Suspended by HMCTS staff, who alone let the person in again. Nothing was deleted."
                .to_owned()
        }
        Standing::Suspended => "Suspended. Nothing was deleted.".to_owned(),
        Standing::Idle => {
            "Suspended, because nobody signed in for long. Nothing was deleted.".to_owned()
        }
        Standing::Left => {
            let colleague = account
                .life
                .handed_to
                .and_then(|id| all.iter().find(|own| own.id == id));
            match colleague {
                Some(colleague) => format!("Left; {} took over.", colleague.name),
                None => "Left.".to_owned(),
            }
        }
    }
}

/// What may be done with an account now.
fn may(account: &Account, own: AccountId, reach: Reach) -> Vec<String> {
    let all = reach == Reach::All;
    let oneself = account.id == own;
    let words: &[&str] = match account.life.standing {
        Standing::Active if oneself => &["roles"],
        Standing::Active => &["name", "roles", "suspend", "leave"],
        Standing::Invited => &["resend", "name", "roles", "leave"],
        Standing::Suspended if account.life.by_service && !all => &["name", "roles", "leave"],
        Standing::Suspended | Standing::Idle if all && !account.life.by_service => {
            &["reactivate", "suspend", "name", "roles", "leave"]
        }
        Standing::Suspended | Standing::Idle => &["reactivate", "name", "roles", "leave"],
        Standing::Left => &[],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}
