//! What one person sees, and why: asked of the same policies as when they open it. And what
//! would be in nobody's hands if they went: cases that no colleague could open, and alarms that
//! they took on.

use super::{Reach, leaving, offices};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::{
        veil::{self, Shown},
        view,
    },
    ports::CaseSummary,
    relation,
};
use access::{Action, Decision};
use async_trait::async_trait;
use contract::organisation::{Colleague, NeedsOwner, Person, SeenCase, WhatTheySee};
use domain::{
    account::{Account, Organisation, Standing, decide},
    case::{Case, DefendantState},
};
use std::collections::HashSet;
use vocabulary::{CaseId, OrganisationKind};

/// The most cases that are looked at.
const MOST: i64 = 200;
/// The most alarms that are looked at.
const MOST_ALARMS: i64 = 200;

#[async_trait]
impl UseCase for Person {
    /// Case by case.
    async fn answer(self, app: &App, who: &Caller) -> Result<WhatTheySee, Error> {
        let asking = who.person()?;
        let own = Reach::of(app, asking)?
            .account(app, self.account_id)
            .await?;
        let (account, organisation) = (own.account, own.organisation);

        let cases = cases_of(app, &organisation).await?;
        let own = own_cases(app, &account, &cases).await?;
        let as_them = standing_in(asking, &account, &organisation);
        // What they see now is what they gave a reason for as well.
        let mut now = as_them.clone();
        let reasons = app.index.reasons(account.id, app.chance.now()).await?;
        now.circumstances.gave(reasons);
        let mut seen = Vec::new();
        if account.active {
            for case in cases.iter().chain(&own) {
                let decision = sees(app, &now, case);
                let known = veil::over(app, asking, case) != Shown::Nothing;
                if decision.allowed && known {
                    asking.circumstances.showed([case.id]);
                    seen.push(SeenCase {
                        case_id: case.id,
                        urn: case.urn.to_string(),
                        defendants: names(app, asking, case),
                        why: why(&now, case, sees(app, asking, case).allowed),
                        policy: decision.policy(),
                    });
                }
            }
        }
        let offices = offices(app, organisation.head()).await?;
        let ids: Vec<_> = offices.iter().map(|office| office.id).collect();
        let theirs: Vec<&Case> = cases
            .iter()
            .filter(|case| sees(app, &as_them, case).allowed)
            .collect();
        let colleagues = app.people.accounts_in(&ids).await?;
        let colleagues = colleagues
            .iter()
            .filter(|other| other.active && other.id != account.id);
        let colleagues: Vec<Colleague> = colleagues
            .filter_map(|other| {
                let office = offices.iter().find(|own| own.id == other.organisation)?;
                let as_other = standing_in(asking, other, office);
                let held = match office.id == organisation.id {
                    true => app.catalogue.people.held(office.kind),
                    // Roles open no case at another office than the one that has it.
                    false => Vec::new(),
                };
                Some(Colleague {
                    account_id: other.id,
                    name: other.name.clone(),
                    opens: theirs.iter().all(|case| sees(app, &as_other, case).allowed),
                    lacks: decide::lacks(&account, other, &held),
                })
            })
            .collect();
        Ok(WhatTheySee {
            none: none(&account, seen.is_empty()),
            account_id: account.id,
            more: [&cases, &own]
                .iter()
                .any(|some| i64::try_from(some.len()).unwrap_or(MOST) >= MOST),
            needs_owner: needs_owner(app, asking, &account, &organisation, None).await?,
            name: account.name,
            cases: seen,
            colleagues,
        })
    }
}

fn none(account: &Account, empty: bool) -> String {
    let text = match account.life.standing {
        Standing::Active if empty => "Their roles open no case of this organisation.",
        Standing::Active => "",
        Standing::Invited => "The account is not activated: it opens nothing.",
        Standing::Suspended | Standing::Idle => "The account is suspended: it opens nothing.",
        Standing::Left => "They left: the account opens nothing.",
    };
    text.to_owned()
}

/// What is in this person's hands alone: what nobody who stays can open, the colleague who takes
/// over as they will stand. Whoever is suspended has it in their hands as before.
pub(super) async fn needs_owner(
    app: &App,
    asking: &SignedIn,
    account: &Account,
    organisation: &Organisation,
    heir: Option<&Account>,
) -> Result<Vec<NeedsOwner>, Error> {
    let mut needs = Vec::new();
    if matches!(account.life.standing, Standing::Invited | Standing::Left) {
        return Ok(needs);
    }
    let colleagues = app.people.accounts_in(&[organisation.id]).await?;
    let colleagues: Vec<SignedIn> = colleagues
        .iter()
        .filter(|other| other.active && other.id != account.id)
        .map(|other| heir.filter(|heir| heir.id == other.id).unwrap_or(other))
        .map(|other| standing_in(asking, other, organisation))
        .collect();
    let leaver = standing_in(asking, account, organisation);
    for case in cases_of(app, organisation).await? {
        let alone = sees(app, &leaver, &case).allowed
            && !colleagues
                .iter()
                .any(|other| sees(app, other, &case).allowed);
        if alone {
            // That something is left behind must be known, whichever case it is.
            let (what, reference) = match veil::over(app, asking, &case) {
                Shown::Nothing => (veil::SENSITIVE, String::new()),
                _ => ("Case", case.urn.to_string()),
            };
            asking
                .circumstances
                .showed((!reference.is_empty()).then_some(case.id));
            needs.push(NeedsOwner {
                what: format!("{what}: nobody else here can open it"),
                reference,
            });
        }
    }
    needs.extend(leaving::in_hand(app, account).await?.listed(app, asking));
    if let Some(court) = &organisation.court {
        let now = app.chance.now();
        let alarms = app.index.alarms_of(court.id, now, MOST_ALARMS).await?;
        let mut ids: Vec<_> = alarms.first.iter().map(|row| row.document_id).collect();
        ids.sort_unstable();
        ids.dedup();
        for document in app.ledger.documents(&ids).await? {
            let taken = document.deliveries.iter().any(|delivery| {
                let taken = delivery.taken.as_ref();
                taken.is_some_and(|taken| taken.account == account.id)
            });
            if taken {
                needs.push(NeedsOwner {
                    what: format!("Alarm that they took on: {}", document.name),
                    reference: document.id.to_string(),
                });
            }
        }
    }
    Ok(needs)
}

/// The cases of an organisation: on record, prosecuting, instructed, or heard at its court.
async fn cases_of(app: &App, organisation: &Organisation) -> Result<Vec<Case>, Error> {
    let found = match &organisation.court {
        Some(court) => {
            let today = app.chance.now().day();
            app.index.cases_at(court.id, today, MOST).await?
        }
        None => {
            let (id, ou_code) = (organisation.id, organisation.ou_code.as_deref());
            let mut found = app.index.cases_of(id, ou_code, MOST).await?;
            if organisation.kind == OrganisationKind::Chambers {
                found.extend(app.index.cases_instructed(id, MOST).await?);
            }
            found
        }
    };
    loaded(app, &found, &[]).await
}

/// The cases that are this person's own, among no others: they were given access or permission
/// themselves, whoever's case it is, or said why they open it.
async fn own_cases(app: &App, account: &Account, others: &[Case]) -> Result<Vec<Case>, Error> {
    let (id, now) = (account.id, app.chance.now());
    let mut found = app.index.cases_permitted(id, MOST).await?;
    found.extend(app.index.cases_granted(id, now.day(), MOST).await?);
    let mut own = loaded(app, &found, others).await?;
    let reasons = app.index.reasons(id, now).await?;
    let known = |id: &CaseId| others.iter().chain(&own).any(|case| case.id == *id);
    let mut given: Vec<CaseId> = reasons.into_iter().map(|(case, _)| case).collect();
    given.sort_unstable();
    given.dedup();
    given.retain(|id| !known(id));
    own.extend(app.ledger.cases(&given).await?);
    Ok(own)
}

async fn loaded(app: &App, found: &[CaseSummary], but: &[Case]) -> Result<Vec<Case>, Error> {
    let mut known: HashSet<CaseId> = but.iter().map(|case| case.id).collect();
    let mut ids: Vec<CaseId> = found.iter().map(|case| case.case_id).collect();
    ids.retain(|id| known.insert(*id));
    Ok(app.ledger.cases(&ids).await?)
}

/// Another person, as if they asked, by what lasts: a reason that somebody gave opens a case to
/// nobody else, and to nobody tomorrow.
pub(super) fn standing_in(
    asking: &SignedIn,
    account: &Account,
    organisation: &Organisation,
) -> SignedIn {
    SignedIn {
        account: account.clone(),
        organisation: organisation.clone(),
        circumstances: asking.circumstances.of_another(),
        ..asking.clone()
    }
}

/// Whose case it is, for whoever may see the case themselves: looking after people is no
/// reason to know who is charged.
fn names(app: &App, asking: &SignedIn, case: &Case) -> Vec<String> {
    if !sees(app, asking, case).allowed {
        return match veil::over(app, asking, case) {
            Shown::Reference => vec![veil::SENSITIVE.to_owned()],
            Shown::Whole | Shown::Nothing => Vec::new(),
        };
    }
    // Of a case with several defendants, for whom they act themselves.
    let theirs = |own: &&DefendantState| view::sees(app, asking, case, Some(own.charged.id));
    let name = |own: &DefendantState| own.charged.party.name();
    case.defendants.iter().filter(theirs).map(name).collect()
}

pub(super) fn sees(app: &App, person: &SignedIn, case: &Case) -> Decision {
    relation::may(
        app,
        person,
        Action::ViewCase,
        &relation::to_case(person, case),
    )
}

pub(super) fn why(person: &SignedIn, case: &Case, named: bool) -> String {
    let own = &person.organisation;
    if own.ou_code.as_deref() == Some(case.prosecutor.ou_code.as_str()) {
        return format!("{} prosecutes it.", own.name);
    }
    let of_ours = case.defendants.iter().filter_map(|defendant| {
        let firm = defendant.represented_by.as_ref();
        firm.filter(|firm| firm.organisation == own.id)
            .map(|_| defendant.charged.party.name())
    });
    let of_ours: Vec<String> = of_ours.collect();
    if !of_ours.is_empty() && !named {
        return format!("{} is on record for a defendant.", own.name);
    }
    if !of_ours.is_empty() {
        return format!("{} is on record for {}.", own.name, of_ours.join(", "));
    }
    let facts = relation::to_case(person, case);
    let said_why = "They said why they open it, which counts for four hours.";
    let heard_here = format!("It is heard at {}.", own.name);
    // What is in their own name goes before what all of their organisation have.
    let reasons = [
        (facts.permitted, "They were given permission on it."),
        (facts.granted, "They were given access to it."),
        (facts.assigned, "The prosecutor assigned it to them."),
        (facts.instructed, "Their chambers are instructed in it."),
        (facts.sensitive && facts.reasoned, said_why),
        (facts.sitting, heard_here.as_str()),
        (facts.reasoned || facts.stated, said_why),
    ];
    let reason = reasons.into_iter().find(|(is, _)| *is);
    reason
        .map_or("A policy lets them.", |(_, why)| why)
        .to_owned()
}
