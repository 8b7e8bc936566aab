//! A person's cases.

use super::{
    veil::{self, Shown},
    view::sees,
};
use crate::{App, Caller, Error, UseCase, caller::SignedIn, ports::CaseSummary, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::case::{CaseList, CaseRow, List};
use domain::case::Case;
use std::collections::{HashMap, HashSet};
use vocabulary::{CaseId, Group, OrganisationKind};

/// The most cases in one list.
const MOST: usize = 200;
/// As many are asked for: one more, to know whether there are more.
const ASKED: i64 = MOST as i64 + 1;

#[async_trait]
impl UseCase for List {
    /// The cases of the person's organisation: on record, prosecuting, or heard at its court.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseList, Error> {
        let person = who.person()?;
        let own = &person.organisation;
        let lists = relation::passes(app, person, Action::ListCases, &Facts::default());
        let (mut more, mut found) = (false, Vec::new());
        let mut take = |of: Vec<CaseSummary>| {
            let (of, left) = first(of);
            more |= left;
            found.extend(of);
        };
        match (&own.court, own.kind) {
            _ if !lists => (),
            (Some(_), OrganisationKind::Court) if only_permitted(app, person) => {
                take(permitted(app, person).await?);
            }
            (Some(court), OrganisationKind::Court) => {
                let today = app.chance.now().day();
                take(app.index.cases_at(court.id, today, ASKED).await?);
            }
            _ => {
                let code = own
                    .ou_code
                    .as_deref()
                    .filter(|_| own.kind == OrganisationKind::Prosecutor);
                let mut of_own = app.index.cases_of(own.id, code, ASKED).await?;
                // Before what is closed is taken out: that there are more is of the organisation.
                let (kept, left) = first(of_own);
                of_own = kept;
                if own.kind == OrganisationKind::DefenceFirm {
                    without_barred(app, person, &mut of_own).await?;
                }
                take(of_own);
                if person.is_defence() {
                    take(own_access(app, person).await?);
                }
                more |= left;
                let mut known = HashSet::new();
                found.retain(|case| known.insert(case.case_id));
            }
        }
        let seen: HashMap<CaseId, u64> = app
            .work
            .seen_all(person.account.id)
            .await?
            .into_iter()
            .collect();
        let mut found = veiled(app, person, found).await?;
        own_defendants(app, person, &mut found).await?;
        let mut cases: Vec<CaseRow> = found
            .into_iter()
            .map(|case| {
                let unread = case
                    .version
                    .saturating_sub(seen.get(&case.case_id).copied().unwrap_or(0));
                row(case, unread)
            })
            .collect();
        // News first, but only for those who follow a case from the outside.
        if own.kind != OrganisationKind::Court {
            cases.sort_by_key(|case| std::cmp::Reverse(case.unread.min(1)));
        }
        let named = cases.iter().map(|case| case.case_id);
        person.circumstances.showed(named);
        Ok(CaseList {
            cases,
            may_find: lists,
            more,
        })
    }
}

/// As many as a list holds, and whether there are more.
fn first<T>(mut found: Vec<T>) -> (Vec<T>, bool) {
    let more = found.len() > MOST;
    found.truncate(MOST);
    (found, more)
}

/// What a firm has is its people's, but for cases that are closed to one of them.
async fn without_barred(
    app: &App,
    person: &SignedIn,
    found: &mut Vec<CaseSummary>,
) -> Result<(), Error> {
    let who = (person.account.id, person.organisation.id);
    let barred = app.index.cases_barred(who).await?;
    let mut closed = app.ledger.cases(&barred).await?;
    closed.retain(|case| case.bars(who));
    found.retain(|row| closed.iter().all(|case| case.id != row.case_id));
    Ok(())
}

/// Whether the policies open to the person only cases on which they have permission of
/// their own.
fn only_permitted(app: &App, person: &SignedIn) -> bool {
    let opens = |facts: &Facts| relation::may(app, person, Action::ViewCase, facts).allowed;
    let (at_court, permitted) = (
        Facts {
            sitting: true,
            ..Facts::default()
        },
        Facts {
            permitted: true,
            ..Facts::default()
        },
    );
    opens(&permitted) && !opens(&at_court)
}

/// The cases on which the person has permission that is in force.
async fn permitted(app: &App, person: &SignedIn) -> Result<Vec<CaseSummary>, Error> {
    let mut found = app.index.cases_permitted(person.account.id, ASKED).await?;
    let ids: Vec<CaseId> = found.iter().map(|case| case.case_id).collect();
    let cases = app.ledger.cases(&ids).await?;
    let open: Vec<CaseId> = cases
        .iter()
        .filter(|case| {
            let facts = relation::to_case(person, case);
            relation::may(app, person, Action::ViewCase, &facts).allowed
        })
        .map(|case| case.id)
        .collect();
    found.retain(|case| open.contains(&case.case_id));
    Ok(found)
}

/// Of a sensitive case that is closed to the person, the list says that it is there, if
/// they may know so much.
async fn veiled(
    app: &App,
    person: &SignedIn,
    mut found: Vec<CaseSummary>,
) -> Result<Vec<CaseSummary>, Error> {
    let sensitive = found.iter().filter(|case| case.sensitive);
    let veils = veil::over_all(app, person, sensitive.map(|case| case.case_id)).await?;
    let shown = |case: &CaseSummary| {
        let veil = veils.get(&case.case_id);
        veil.map_or(Shown::Whole, |(shown, _)| *shown)
    };
    found.retain(|case| shown(case) != Shown::Nothing);
    for case in &mut found {
        if shown(case) == Shown::Reference {
            case.defendants = vec![veil::SENSITIVE.to_owned()];
            case.offences.clear();
        }
    }
    Ok(found)
}

/// Of a case with several defendants the defence finds in the list whom it finds in the case:
/// not those for whom others act. And so does whoever sees nothing but by permission, which may
/// be on one of them.
async fn own_defendants(
    app: &App,
    person: &SignedIn,
    found: &mut [CaseSummary],
) -> Result<(), Error> {
    let at_court = person.organisation.kind == OrganisationKind::Court;
    let of_some = person.is_defence() || at_court && only_permitted(app, person);
    if !of_some {
        return Ok(());
    }
    let several = found.iter().filter(|case| case.defendants.len() > 1);
    let ids: Vec<CaseId> = several.map(|case| case.case_id).collect();
    for whole in app.ledger.cases(&ids).await? {
        let Some(row) = found.iter_mut().find(|row| row.case_id == whole.id) else {
            continue;
        };
        row.defendants.clear();
        row.offences.clear();
        for defendant in &whole.defendants {
            if !sees(app, person, &whole, Some(defendant.charged.id)) {
                continue;
            }
            row.defendants.push(defendant.charged.party.name());
            for offence in &defendant.offences {
                if !row.offences.contains(&offence.charged.title) {
                    row.offences.push(offence.charged.title.clone());
                }
            }
        }
    }
    Ok(())
}

/// Cases that are the person's own: given to them, or to the chambers they clerk for.
async fn own_access(app: &App, person: &SignedIn) -> Result<Vec<CaseSummary>, Error> {
    let (account, on) = (person.account.id, app.chance.now().day());
    let mut found = app.index.cases_granted(account, on, ASKED).await?;
    if person.in_any(&[Group::ChambersClerk, Group::ChambersAdmin]) {
        let chambers = person.organisation.id;
        found.extend(app.index.cases_instructed(chambers, ASKED).await?);
    }
    // What was given to somebody as one of an office does not go with them to another. What is
    // sensitive is for the veil.
    let ids: Vec<CaseId> = found.iter().map(|case| case.case_id).collect();
    let cases = app.ledger.cases(&ids).await?;
    let opens = |case: &Case| {
        let mut defendants = case.defendants.iter();
        defendants.any(|own| sees(app, person, case, Some(own.charged.id)))
    };
    let theirs: Vec<CaseId> = cases
        .iter()
        .filter(|case| case.is_sensitive() || opens(case))
        .map(|case| case.id)
        .collect();
    found.retain(|case| theirs.contains(&case.case_id));
    Ok(found)
}

fn row(case: CaseSummary, unread: u64) -> CaseRow {
    let first = case.offences.first().cloned().unwrap_or_default();
    let offences = match case.offences.len() {
        0 | 1 => first,
        n => format!("{first} and {} more", n - 1),
    };
    CaseRow {
        case_id: case.case_id,
        urn: case.urn,
        defendants: case.defendants,
        offences,
        prosecutor: case.prosecutor,
        next_hearing: case
            .next_hearing
            .map(|(at, court)| format!("{} at {}, {court}", at.day().in_words(), at.clock())),
        unread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_two_hundred_and_one_cases_is_told_that_the_list_is_not_all() {
        assert_eq!(first(vec![0; MOST]), (vec![0; MOST], false));
        assert_eq!(first(vec![0; MOST + 1]), (vec![0; MOST], true));
        assert_eq!(usize::try_from(ASKED), Ok(MOST + 1));
    }
}
