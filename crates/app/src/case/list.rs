//! A person's cases.

use crate::{App, Caller, Error, UseCase, ports::CaseSummary, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::case::{CaseList, CaseRow, List};
use std::collections::HashMap;
use vocabulary::{CaseId, OrganisationKind};

/// The most cases in one list.
const MOST: i64 = 200;

#[async_trait]
impl UseCase for List {
    /// The cases of the person's organisation: on record, prosecuting, or heard at its court.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseList, Error> {
        let person = who.person()?;
        let own = &person.organisation;
        let lists = relation::may(app, person, Action::ListCases, &Facts::default()).allowed;
        let found = match (&own.court, own.kind) {
            _ if !lists => Vec::new(),
            (Some(court), OrganisationKind::Court) => {
                app.index
                    .cases_at(court.id, app.chance.now().day(), MOST)
                    .await?
            }
            _ => {
                app.index
                    .cases_of(own.id, own.ou_code.as_deref(), MOST)
                    .await?
            }
        };
        let seen: HashMap<CaseId, u64> = app
            .work
            .seen_all(person.account.id)
            .await?
            .into_iter()
            .collect();
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
        Ok(CaseList {
            cases,
            may_find: lists,
        })
    }
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
