//! Court rooms, and the list of one room on one day.

use crate::{
    App, Caller, Error, UseCase,
    case::{
        present,
        veil::{self, Shown},
    },
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    hearing::{CourtView, CourtroomList, Courtrooms, DayList, DayListView, HearingRow, RoomView},
};
use domain::hearing::waits;
use std::collections::HashSet;

#[async_trait]
impl UseCase for Courtrooms {
    /// Courts with their rooms; the person's own court first.
    async fn answer(self, app: &App, who: &Caller) -> Result<CourtroomList, Error> {
        let person = who.person()?;
        let own = Facts {
            sitting: true,
            ..Facts::default()
        };
        relation::must(app, person, Action::ViewLists, &own)?;
        let mut organisations = app.index.organisations().await?;
        organisations.sort_by_key(|o| (o.id != person.organisation.id, o.name.clone()));
        let courts = organisations
            .into_iter()
            .filter_map(|organisation| {
                let court = organisation.court?;
                let facts = relation::to_court(person, court.id);
                if !relation::may(app, person, Action::ViewLists, &facts).allowed {
                    return None;
                }
                Some(CourtView {
                    court_id: court.id,
                    name: organisation.name,
                    jurisdiction: court.jurisdiction,
                    rooms: court
                        .rooms
                        .into_iter()
                        .map(|(courtroom_id, name)| RoomView { courtroom_id, name })
                        .collect(),
                })
            })
            .collect();
        Ok(CourtroomList {
            courts,
            today: app.chance.now().day(),
        })
    }
}

#[async_trait]
impl UseCase for DayList {
    /// Hearings in the order of the list.
    async fn answer(self, app: &App, who: &Caller) -> Result<DayListView, Error> {
        let person = who.person()?;
        let (court_id, court) = app
            .index
            .organisations()
            .await?
            .into_iter()
            .find_map(|organisation| {
                let court = organisation.court?;
                let (_, room) = court
                    .rooms
                    .into_iter()
                    .find(|(id, _)| *id == self.courtroom_id)?;
                Some((court.id, format!("{}, {room}", organisation.name)))
            })
            .ok_or_else(Problem::not_found)?;
        relation::must(
            app,
            person,
            Action::ViewLists,
            &relation::to_court(person, court_id),
        )?;
        let found = app.index.hearings_on(self.courtroom_id, self.day).await?;
        let ids: Vec<_> = found.iter().map(|h| h.hearing_id).collect();
        let hearings = app.ledger.hearings(&ids).await?;
        let wanted: HashSet<_> = hearings
            .iter()
            .flat_map(|h| &h.parties)
            .map(|p| p.case_id)
            .collect();
        let cases = app
            .ledger
            .cases(&wanted.into_iter().collect::<Vec<_>>())
            .await?;

        let mut rows = Vec::new();
        for hearing in hearings {
            let mut row = HearingRow {
                hearing_id: hearing.id,
                time: hearing.starts_at.clock(),
                kind: hearing.kind.clone(),
                cases: Vec::new(),
                defendants: Vec::new(),
                offences: String::new(),
                state: hearing.state,
                shared: hearing.shared.is_some(),
                part: cases.iter().any(|case| waits(&hearing, case)),
                results_state: hearing.results_state(),
                custody: false,
            };
            let mut titles = Vec::new();
            for party in &hearing.parties {
                let Some(case) = cases.iter().find(|case| case.id == party.case_id) else {
                    continue;
                };
                let shown = veil::over(app, person, case);
                if shown == Shown::Nothing {
                    continue;
                }
                person.circumstances.showed([case.id]);
                let first = !row.cases.contains(&case.urn);
                if first {
                    row.cases.push(case.urn.clone());
                }
                if shown == Shown::Reference {
                    // Once: how many are charged is not said either.
                    if first {
                        row.defendants.push(veil::SENSITIVE.to_owned());
                    }
                    continue;
                }
                if let Some(defendant) = case.defendant(party.defendant_id) {
                    row.defendants.push(defendant.charged.party.name());
                    row.custody |= present::held(app, defendant);
                    titles.extend(defendant.offences.iter().map(|o| o.charged.title.clone()));
                }
            }
            row.offences = match titles.as_slice() {
                [] => String::new(),
                [only] => only.clone(),
                [first, rest @ ..] => format!("{first} and {} more", rest.len()),
            };
            // Nothing is left of a hearing whose cases are not theirs to know of.
            if !row.cases.is_empty() || hearing.parties.is_empty() {
                rows.push(row);
            }
        }
        Ok(DayListView {
            court,
            day: self.day,
            hearings: rows,
        })
    }
}
