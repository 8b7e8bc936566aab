//! A plea is entered: a fact of the case, on the version of the hearing that was seen.

use super::{
    Room,
    enter::{place, recorded},
    present::offered,
};
use crate::{App, Caller, Error, UseCase};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{EnterPlea, Recorded},
};
use domain::case::enter_plea;

#[async_trait]
impl UseCase for EnterPlea {
    /// Enters one plea to one offence.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EnterPlea, self.hearing_id).await?;
        room.at_version(self.version)?;
        let place = place(app, (&room, person), self.offence_id, "plea")?;
        let known = offered(app, &room.hearing).find(|plea| plea.value == self.plea);
        let plea = known.ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "There is no such plea.",
                "Choose one of the pleas offered.",
            )
        })?;
        let case = place
            .room
            .defendants()
            .find(|(_, d)| d.offences.iter().any(|o| o.charged.id == self.offence_id))
            .map(|(case, _)| case)
            .ok_or_else(Problem::not_found)?;

        let entered = (plea.value.as_str(), plea.description.as_str(), plea.guilty);
        let events = enter_plea(case, room.hearing.id, self.offence_id, entered, room.day())?;
        let of = (case, self.offence_id);
        recorded(app, (who, person), (&room, &place), of, events).await
    }
}
