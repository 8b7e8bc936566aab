//! A verdict is entered: a fact of the case, on the version of the hearing that was seen.
//! It is given on a day on which the case was heard, and convicts from that day on.

use super::{
    Room,
    enter::{place, recorded},
    present::verdicts_of,
};
use crate::{App, Caller, Error, UseCase};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{EnterVerdict, Recorded},
};
use domain::case::{Allows, Case, CaseEvent, Majority, Verdict, enter_verdict, take_verdict_back};
use std::collections::HashMap;
use vocabulary::{Day, DefendantId, HearingId, HearingState};

#[async_trait]
impl UseCase for EnterVerdict {
    /// Enters one verdict on one offence, or takes it back.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EnterVerdict, self.hearing_id).await?;
        room.at_version(self.version)?;
        let place = place(app, (&room, person), self.offence_id, "verdict")?;
        let (case, defendant) = place
            .room
            .defendants()
            .find(|(_, d)| d.offences.iter().any(|o| o.charged.id == self.offence_id))
            .map(|(case, d)| (case, d.charged.id))
            .ok_or_else(Problem::not_found)?;
        let events = decided(app, &room, (case, defendant), &self).await?;
        let of = (case, self.offence_id);
        recorded(app, (who, person), (&room, &place), of, events).await
    }
}

/// What happens to the case.
async fn decided(
    app: &App,
    room: &Room,
    (case, defendant): (&Case, DefendantId),
    asked: &EnterVerdict,
) -> Result<Vec<CaseEvent>, Error> {
    let Some(code) = &asked.verdict else {
        return Ok(take_verdict_back(case, room.hearing.id, asked.offence_id)?);
    };
    let kind = verdicts_of(app, &room.hearing)
        .find(|own| own.code == *code)
        .ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "There is no such verdict.",
                "Choose one of the verdicts offered.",
            )
        })?;
    let day = asked.day.unwrap_or_else(|| room.day());
    if day > app.chance.now().day() {
        return Err(Problem::new(
            Code::Refused,
            "A verdict cannot be of a day to come.",
            "Enter it on the day on which it is given.",
        )
        .into());
    }
    let heard = days(app, room).await?;
    let heard = heard.get(&defendant).map_or(&[][..], Vec::as_slice);
    let majorities = if kind.by_majority {
        app.catalogue.jury_majorities.as_slice()
    } else {
        &[]
    };
    let verdict = Verdict {
        code: kind.code.clone(),
        label: kind.description.clone(),
        category_type: kind.category_type.clone(),
        outcome: kind.outcome,
        day,
        instead: asked.instead.clone(),
        majority: asked.majority.map(|own| Majority {
            agreed: own.agreed,
            dissented: own.dissented,
        }),
    };
    let allows = Allows {
        names_another: kind.names_another,
        majorities,
    };
    let of = (room.hearing.id, heard);
    Ok(enter_verdict(case, of, asked.offence_id, verdict, allows)?)
}

/// The days on which each defendant's case was heard so far, newest first: that of this
/// hearing and those of earlier ones that took place.
pub(super) async fn days(app: &App, room: &Room) -> Result<HashMap<DefendantId, Vec<Day>>, Error> {
    let mut ids: Vec<HearingId> = room
        .cases
        .iter()
        .flat_map(|case| case.hearings.iter().copied())
        .filter(|id| *id != room.hearing.id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let others = if ids.is_empty() {
        Vec::new()
    } else {
        app.ledger.hearings(&ids).await?
    };
    let today = app.chance.now().day();
    let days_of = |defendant: DefendantId| {
        let earlier = others.iter().filter(|own| {
            own.concerns(defendant)
                && own.starts_at < room.hearing.starts_at
                && !matches!(own.state, HearingState::Listed | HearingState::Vacated)
        });
        let mut days: Vec<Day> = earlier.map(|own| own.starts_at.day()).collect();
        days.push(room.day());
        days.retain(|day| *day <= today);
        days.sort_unstable();
        days.dedup();
        days.reverse();
        days
    };
    let defendants = room.defendants().map(|(_, own)| own.charged.id);
    Ok(defendants.map(|id| (id, days_of(id))).collect())
}
