//! Custody time limits: how long somebody may be held before trial for one offence,
//! by SI 1987/299 and Prosecution of Offences Act 1985 s.22. The days of each stage
//! are rows of `custody_time_limits.csv`; the counting is here: the first day in
//! custody is not counted (reg.2(4)), a limit that would expire on a day of rest
//! expires on the working day before it (reg.2(5)), broken periods in one court are
//! added together (s.22(12)), and of the Crown Court's days those that the
//! magistrates' court held are taken off (reg.5(6B)). Whether a limit was extended is
//! the court's to say, and not worked out.

use super::LawTables;
use serde::{Deserialize, Serialize};
use vocabulary::Day;

/// A row of `custody_time_limits.csv` that says days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimitRow {
    /// `MC_SUMMARY_ONLY`, `CC_SENT` …
    pub stage: String,
    /// So many days.
    pub days: i64,
    /// For those first in custody from this day.
    pub from: Option<Day>,
    /// For those first in custody to this day.
    pub to: Option<Day>,
    /// The provision.
    pub provision: String,
    /// Somebody read it.
    pub verified: bool,
}

/// A time in custody, from the day on which a court ordered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The first day.
    pub from: Day,
    /// The day of release; none while it lasts.
    pub to: Option<Day>,
}

/// What of an offence that waits for trial decides its limit.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// `Summary`, `Either Way`, `Indictable`.
    pub mode_of_trial: &'a str,
    /// The defendant is under 18.
    pub under_18: bool,
    /// When a plea of not guilty was taken: a trial in the magistrates' court was decided on by then.
    pub plea_on: Option<Day>,
    /// When it was sent to the Crown Court.
    pub sent_on: Option<Day>,
    /// The times in custody, in order; the last one lasts.
    pub held: &'a [Held],
}

/// A limit as a hearing set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetLimit {
    /// The day of that hearing.
    pub on: Day,
    /// The last day that it gave.
    pub expires: Day,
}

impl SetLimit {
    /// Whether it is of the stage that the offence is at: a sending ends the limit of
    /// the magistrates' court, and that of the Crown Court runs from it (reg.5(6B)).
    /// One that is set at the sending itself is the Crown Court's.
    #[must_use]
    pub fn holds(self, sent_on: Option<Day>) -> bool {
        sent_on.is_none_or(|sent| self.on >= sent)
    }
}

/// A limit, worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLimit {
    /// The last day on which they may be held.
    pub expires: Day,
    /// The days of the stage.
    pub days: i64,
    /// The day on which this time in custody began to count.
    pub began: Day,
    /// Days held before that which count.
    pub spent_before: i64,
    /// The provision.
    pub provision: String,
    /// Whether somebody read the row.
    pub verified: bool,
}

impl TimeLimit {
    /// `182 days from 2 November 2026, less 12 days held before`.
    #[must_use]
    pub fn reckoning(&self) -> String {
        let less = match self.spent_before {
            0 => String::new(),
            1 => ", less 1 day held before".to_owned(),
            days => format!(", less {days} days held before"),
        };
        format!("{} days from {}{less}", self.days, self.began.in_words())
    }
}

/// The limit of an offence whose defendant is held; none where no row speaks of it.
#[must_use]
pub fn time_limit(law: &LawTables, waiting: &Waiting<'_>) -> Option<TimeLimit> {
    let first = waiting.held.first()?.from;
    let now = waiting.held.last().filter(|held| held.to.is_none())?;
    let row = stage(law, waiting, first)?;
    let begins = waiting.sent_on.unwrap_or(first);
    // Whatever ended before counts: the days in this court, and before a sending
    // those of the magistrates' court.
    let mut spent = 0;
    for held in waiting.held {
        match held.to {
            Some(to) => spent += held.from.days_until(to),
            None if held.from < begins => spent += held.from.days_until(begins),
            None => {}
        }
    }
    let began = now.from.max(begins);
    Some(TimeLimit {
        expires: law.working_day_until(began.plus_days(row.days - spent)),
        days: row.days,
        began,
        spent_before: spent,
        provision: row.provision.clone(),
        verified: row.verified,
    })
}

fn stage<'a>(law: &'a LawTables, waiting: &Waiting<'_>, first: Day) -> Option<&'a TimeLimitRow> {
    let row = |stage: &str| law.time_limits.iter().find(|row| row.stage == stage);
    if waiting.sent_on.is_some() {
        let longer = row("CC_SENT_COVID").filter(|row| {
            !waiting.under_18
                && row.from.is_some_and(|from| from <= first)
                && row.to.is_some_and(|to| first <= to)
        });
        return longer.or_else(|| row("CC_SENT"));
    }
    match waiting.mode_of_trial {
        "Summary" => row("MC_SUMMARY_ONLY"),
        "Either Way" => {
            // Only a decision for summary trial within the shorter time shortens it.
            let chosen = row("MC_EITHER_WAY_SUMMARY_CHOSEN").filter(|row| {
                waiting
                    .plea_on
                    .is_some_and(|day| day <= first.plus_days(row.days))
            });
            chosen.or_else(|| row("MC_EITHER_WAY_UNDECIDED"))
        }
        _ if waiting.under_18 => row("MC_YOUTH_INDICTABLE_SUMMARY"),
        _ => None,
    }
}
