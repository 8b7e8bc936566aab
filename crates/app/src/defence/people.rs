//! Who acts in a case, as far as it is the asker's to know: of one's own side who can
//! see the case, and what would conflict with acting.

use super::{both_sides, named, seen};
use crate::{App, Caller, Error, UseCase, caller::SignedIn, reading, relation};
use access::Action;
use async_trait::async_trait;
use contract::defence::{Acting, ActingFor, CasePeople, Chambers, People};
use domain::case::{
    ASSIGNED_FOR, Assignment, Case, ConflictParty, DefendantState, Grant, conflicts,
    conflicts_of_firm,
};
use vocabulary::{AccountId, Day, OrganisationId, OrganisationKind};

#[async_trait]
impl UseCase for People {
    /// Firms on record, chambers, people with access, colleagues; to the prosecutor its advocates.
    async fn answer(self, app: &App, who: &Caller) -> Result<CasePeople, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let facts = relation::to_case(person, &case);
        let decision = relation::must(app, person, Action::ViewPeople, &facts)?;
        reading::case_looked_at(app, person, case.id, decision.policy()).await?;
        let may_assign = relation::may(app, person, Action::AssignAdvocate, &facts).allowed;
        let today = app.chance.now().day();
        // Only to a firm that may act for one of them is it of interest.
        let read = match person.organisation.kind {
            OrganisationKind::DefenceFirm => {
                both_sides::of_firm(app, person.organisation.id, &case).await?
            }
            _ => Vec::new(),
        };
        let visible = |state: &&DefendantState| {
            let facts = relation::to_defendant(person, &case, Some(state.charged.id));
            relation::may(app, person, Action::ViewCase, &facts).allowed
        };
        Ok(CasePeople {
            defendants: case
                .defendants
                .iter()
                .filter(visible)
                .map(|state| of(app, person, &case, state, &read))
                .collect(),
            colleagues: colleagues(app, person, &case).await?,
            advocates: case
                .advocates
                .iter()
                .filter(|one| may_assign || is_own(person, one.account, one.organisation))
                .map(|one| advocate(one, today))
                .collect(),
            may_assign,
            assigned_until: today.plus_days(ASSIGNED_FOR),
        })
    }
}

fn of(
    app: &App,
    person: &SignedIn,
    case: &Case,
    state: &DefendantState,
    read: &[String],
) -> ActingFor {
    let today = app.chance.now().day();
    let id = state.charged.id;
    let own = person.organisation.id;
    let facts = relation::to_defendant(person, case, Some(id));
    let may_grant = relation::may(app, person, Action::GrantAccess, &facts).allowed;
    let mut may = Vec::new();
    for (word, action) in [
        ("disassociate", Action::DisassociateDefence),
        ("instruct", Action::InstructCounsel),
        ("grant", Action::GrantAccess),
    ] {
        let on_record = state.represented_by.is_some();
        if on_record && relation::may(app, person, action, &facts).allowed {
            may.push(word.to_owned());
        }
    }
    // What the defence does among itself is nobody else's.
    let whole_side = person.is_defence() && (facts.associated || facts.granted);
    let clerks = person.is_defence() && facts.instructed;
    let firm = state.represented_by.as_ref();
    let seen = named(app, person, case);
    let party = ConflictParty {
        organisation: own,
        account: None,
    };
    ActingFor {
        defendant_id: id,
        name: state.charged.party.name(),
        firm: firm.map(|firm| firm.shown()),
        ours: firm.is_some_and(|firm| firm.organisation == own),
        order: firm.and_then(|firm| firm.order.as_ref()).map(|order| {
            format!(
                "Representation order {} from {}",
                order.reference,
                order.from.in_words()
            )
        }),
        instructed: firm
            .filter(|_| whole_side)
            .and_then(|firm| firm.instructed_on)
            .map(|day| format!("Instructed on {}", day.in_words())),
        conflicts: match person.organisation.kind {
            OrganisationKind::DefenceFirm => conflicts_of_firm(case, own, id, (&seen, read), today),
            OrganisationKind::Chambers => conflicts(case, party, id, &seen, today),
            _ => Vec::new(),
        }
        .into_iter()
        .map(|conflict| conflict.what)
        .collect(),
        chambers: case
            .instructions
            .iter()
            .filter(|i| i.defendant == id && (whole_side || (clerks && i.organisation == own)))
            .map(|i| Chambers {
                organisation_id: i.organisation,
                name: i.name.clone(),
                instructed: format!("Instructed by {} on {}", i.by_name, i.on.in_words()),
            })
            .collect(),
        people: case
            .grants
            .iter()
            .filter(|g| g.defendant == id && (whole_side || (clerks && g.organisation == own)))
            .map(|g| {
                let removes = may_grant && (facts.associated || g.organisation == own);
                let removes = removes || is_own(person, g.account, g.organisation);
                with_access(g, today, removes)
            })
            .collect(),
        may,
    }
}

/// Access or a case that was given to the person themselves, as one of where they are.
fn is_own(person: &SignedIn, account: AccountId, organisation: OrganisationId) -> bool {
    (account, organisation) == (person.account.id, person.organisation.id)
}

fn with_access(grant: &Grant, today: Day, may_remove: bool) -> Acting {
    let until = match grant.until {
        Some(day) => format!(", until {}", day.in_words()),
        None => String::new(),
    };
    Acting {
        account_id: grant.account,
        name: grant.name.clone(),
        organisation: grant.organisation_name.clone(),
        access: format!(
            "From {} on {}{until}",
            grant.by_name,
            grant.since.day().in_words()
        ),
        over: !grant.good_on(today),
        may_remove,
    }
}

fn advocate(one: &Assignment, today: Day) -> Acting {
    Acting {
        account_id: one.account,
        name: one.name.clone(),
        organisation: one.organisation_name.clone(),
        access: format!("Until {}", one.until.in_words()),
        over: one.until < today,
        may_remove: true,
    }
}

/// Colleagues who see the case by being where they are: those of the firm on record, or
/// of the prosecutor.
async fn colleagues(app: &App, person: &SignedIn, case: &Case) -> Result<Vec<String>, Error> {
    let facts = relation::to_case(person, case);
    if !(facts.associated || facts.prosecuting) {
        return Ok(Vec::new());
    }
    let accounts = app.index.accounts_of(person.organisation.id).await?;
    Ok(accounts
        .into_iter()
        .map(|account| SignedIn {
            circumstances: match account.id == person.account.id {
                true => person.circumstances.clone(),
                false => person.circumstances.of_another(),
            },
            account,
            ..person.clone()
        })
        .filter(|one| {
            let facts = relation::to_case(one, case);
            relation::may(app, one, Action::ViewCase, &facts).allowed
        })
        .map(|one| format!("{}, {}", one.account.name, one.account.role))
        .collect())
}
