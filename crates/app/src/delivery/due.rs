//! Which days are to be reckoned now. A day is due when the time of day has come on the day after
//! it; days on which no server ran are made up for.

use crate::ports::Reckonings;
use vocabulary::{Day, Instant};

/// How many days that were missed are made up for at most.
const MADE_UP: i64 = 31;

/// The latest day that is to be reckoned, at `hour:minute` of the day after it.
#[must_use]
pub fn due_day(now: Instant, (hour, minute): (i8, i8)) -> Day {
    let today = now.day();
    let has_come = now >= today.at(hour, minute);
    today.plus_days(if has_come { -1 } else { -2 })
}

/// The days to be reckoned, the oldest first: what was begun and not kept, what came after the
/// last one, and the day that is due. Where there is none before, nothing is made up for.
#[must_use]
pub fn due_days(come: &Reckonings, due: Day) -> Vec<Day> {
    let mut days = come.open.clone();
    if let Some(last) = come.last {
        let missed = last.days_until(due).clamp(0, MADE_UP);
        days.extend((1 - missed..0).map(|back| due.plus_days(back)));
    }
    days.push(due);
    days.sort_unstable();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_due_when_the_time_has_come_on_the_day_after_it() {
        let today = day("2026-11-23");
        assert_eq!(due_day(today.at(2, 29), (2, 30)), day("2026-11-21"));
        assert_eq!(due_day(today.at(2, 30), (2, 30)), day("2026-11-22"));
        assert_eq!(due_day(today.at(23, 59), (2, 30)), day("2026-11-22"));
        // The clock of the court is that of the law: in summer it is another hour for the world.
        let summer = day("2026-07-01");
        assert_eq!(due_day(summer.at(0, 5), (0, 5)), day("2026-06-30"));
    }

    #[test]
    fn days_that_were_missed_are_made_up_for_and_none_before_the_first() {
        let due = day("2026-11-22");
        let come = |last: Option<&str>, open: &[&str]| Reckonings {
            last: last.map(day),
            open: open.iter().map(|own| day(own)).collect(),
            differing: Vec::new(),
        };
        assert_eq!(due_days(&come(None, &[]), due), [due]);
        assert_eq!(due_days(&come(Some("2026-11-22"), &[]), due), [due]);
        assert_eq!(due_days(&come(Some("2026-11-21"), &[]), due), [due]);
        assert_eq!(
            due_days(&come(Some("2026-11-19"), &["2026-11-18"]), due),
            [day("2026-11-18"), day("2026-11-20"), day("2026-11-21"), due]
        );
        // A clock that was set back asks for its own day, and for no other.
        assert_eq!(due_days(&come(Some("2026-12-24"), &[]), due), [due]);
        assert_eq!(due_days(&come(Some("2020-01-01"), &[]), due).len(), 31);
    }
}
