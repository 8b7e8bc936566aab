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
            Some(clock) => last_at(clock, now).ok_or_else(unreadable)?,
        };
        let told = (self.told.as_str(), told_at);
        let by = person.account.name.as_str();
        let events = settle_alarm(&document, self.delivery_id, told, by, now)?;

        record(app, who, &document, events).await
    }
}

/// The longest time after midnight, in seconds, in which a clock means the evening before.
const NIGHT: i64 = 12 * 60 * 60;

/// The last time at which a clock showed that: after midnight, `23:50` was yesterday. A
/// time that is still to come is given back as it is, and refused.
fn last_at(clock: &str, now: Instant) -> Option<Instant> {
    let today = on_clock(clock, now.day())?;
    let before = on_clock(clock, now.day().plus_days(-1))?;
    let yesterday = today > now && before >= now.plus_seconds(-NIGHT);
    Some(if yesterday { before } else { today })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_midnight_somebody_was_told_yesterday() {
        let day: Day = "2026-11-23".parse().unwrap();
        let at = |clock, now| last_at(clock, now).unwrap();
        assert_eq!(at("23:50", day.at(0, 10)), day.plus_days(-1).at(23, 50));
        assert_eq!(at("00:05", day.at(0, 10)), day.at(0, 5));
        assert_eq!(at("14:05", day.at(14, 5)), day.at(14, 5));
        // Ahead of the clock by a slip: still to come, whatever was yesterday.
        assert_eq!(at("15:05", day.at(14, 5)), day.at(15, 5));
        assert_eq!(last_at("24:00", day.at(14, 5)), None);
    }
}
