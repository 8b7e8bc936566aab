//! Ending an alarm: the recipient was told otherwise. Who was told, when and by whom
//! is a fact of the document from then on; a later acknowledgement still counts.

use super::{of_own_court, record};
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    alarm::{Alarms, Settle},
};
use domain::document::settle_alarm;
use vocabulary::{Day, Instant};

#[async_trait]
impl UseCase for Settle {
    /// Records who was told and when.
    async fn answer(self, app: &App, who: &Caller) -> Result<Alarms, Error> {
        let person = who.person()?;
        let document = of_own_court(app, person, self.delivery_id).await?;

        let now = app.chance.now();
        let told_at = match self.at.as_deref().map(str::trim) {
            None | Some("") => now,
            Some(clock) => on_clock(clock, now.day()).ok_or_else(unreadable)?,
        };
        let told = (self.told.as_str(), told_at);
        let by = person.account.name.as_str();
        let events = settle_alarm(&document, self.delivery_id, told, by, now)?;

        record(app, who, &document, events).await
    }
}

/// `14:05` of a day.
fn on_clock(clock: &str, day: Day) -> Option<Instant> {
    let (hour, minute) = clock.split_once([':', '.'])?;
    let (hour, minute): (i8, i8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| day.at(hour, minute))
}

fn unreadable() -> Problem {
    Problem::new(
        Code::BadRequest,
        "That is no time of day.",
        "Write when they were told as 14:05, or leave it empty for now.",
    )
}
