//! A day at a court house: its hearings in the order of the list, with their cases.

use crate::{App, Error};
use contract::Problem;
use domain::{
    account::{Court, Organisation},
    case::{Case, DefendantState},
    hearing::Hearing,
};
use std::collections::BTreeSet;
use vocabulary::{CaseId, CourtId, CourtroomId, Day, HearingState};

/// A court house, or one room of it, on a day.
pub(super) struct Sitting {
    pub(super) organisation: Organisation,
    pub(super) court: Court,
    pub(super) day: Day,
    /// The room, if it is one only.
    pub(super) room: Option<String>,
    /// By room, then by time; none that was vacated.
    pub(super) hearings: Vec<Hearing>,
    pub(super) cases: Vec<Case>,
}

impl Sitting {
    /// Loads it.
    pub(super) async fn load(
        app: &App,
        court_id: CourtId,
        day: Day,
        room: Option<CourtroomId>,
    ) -> Result<Self, Error> {
        let organisations = app.index.organisations().await?;
        let (organisation, court) = organisations
            .into_iter()
            .find_map(|organisation| {
                let court = organisation.court.clone()?;
                (court.id == court_id).then_some((organisation, court))
            })
            .ok_or_else(Problem::not_found)?;
        let rooms: Vec<(CourtroomId, String)> = court
            .rooms
            .iter()
            .filter(|(id, _)| room.is_none_or(|wanted| wanted == *id))
            .cloned()
            .collect();
        if rooms.is_empty() && room.is_some() {
            return Err(Problem::not_found().into());
        }
        let ids: Vec<CourtroomId> = rooms.iter().map(|(id, _)| *id).collect();
        let (hearings, cases) = of_rooms(app, &ids, day).await?;
        Ok(Self {
            room: room.and(rooms.into_iter().next()).map(|(_, name)| name),
            organisation,
            court,
            day,
            hearings,
            cases,
        })
    }

    /// Whose case is before the court in a hearing.
    pub(super) fn parties(
        &self,
        hearing: &Hearing,
    ) -> impl Iterator<Item = (&Case, &DefendantState)> {
        parties(&self.cases, hearing)
    }

    /// Rooms in order, each with its hearings.
    pub(super) fn rooms(&self) -> impl Iterator<Item = (&str, Vec<&Hearing>)> {
        self.court.rooms.iter().filter_map(|(id, name)| {
            let own: Vec<&Hearing> = self
                .hearings
                .iter()
                .filter(|hearing| hearing.courtroom_id == *id)
                .collect();
            (!own.is_empty()).then_some((name.as_str(), own))
        })
    }

    /// Its file's name after that of the printout.
    pub(super) fn file(&self, name: &str) -> String {
        let room = self.room.iter().map(|room| format!(", {room}"));
        let room: String = room.collect();
        format!("{name}, {}{room}, {}", self.organisation.name, self.day)
    }
}

/// Whose case is before the court in a hearing.
pub(super) fn parties<'a>(
    cases: &'a [Case],
    hearing: &Hearing,
) -> impl Iterator<Item = (&'a Case, &'a DefendantState)> {
    hearing.parties.iter().filter_map(|party| {
        let case = cases.iter().find(|case| case.id == party.case_id)?;
        Some((case, case.defendant(party.defendant_id)?))
    })
}

/// The hearings of rooms on a day with their cases.
pub(super) async fn of_rooms(
    app: &App,
    rooms: &[CourtroomId],
    day: Day,
) -> Result<(Vec<Hearing>, Vec<Case>), Error> {
    let mut ids = Vec::new();
    for room in rooms {
        let found = app.index.hearings_on(*room, day).await?;
        ids.extend(found.into_iter().map(|hearing| hearing.hearing_id));
    }
    let mut hearings = app.ledger.hearings(&ids).await?;
    hearings.retain(|hearing| hearing.state != HearingState::Vacated);
    let wanted: BTreeSet<CaseId> = hearings
        .iter()
        .flat_map(|hearing| &hearing.parties)
        .map(|party| party.case_id)
        .collect();
    let wanted: Vec<CaseId> = wanted.into_iter().collect();
    let cases = app.ledger.cases(&wanted).await?;
    Ok((hearings, cases))
}
