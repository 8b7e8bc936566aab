//! A civil day and an instant are different types: a custody time limit
//! counts days, a delivery counts seconds, and neither may pass for the other.

use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A civil day, written `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Day(pub civil::Date);

/// A point in time, written in UTC as `2026-11-21T09:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Instant(pub Timestamp);

/// The courts of England and Wales keep one clock.
fn london() -> TimeZone {
    // The time zone database is bundled on Windows and read from the system
    // elsewhere; without any, UTC is the honest answer.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

impl Day {
    /// The day `days` later (or earlier, if negative); saturates at the calendar's ends.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus(jiff::Span::new().try_days(days), days)
    }

    /// The same day of the month, `months` later, or the month's last day if it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        self.plus(jiff::Span::new().try_months(months), months)
    }

    /// A span too long to be one ends at the calendar's end, whatever was typed.
    fn plus(self, span: Result<jiff::Span, jiff::Error>, sign: i64) -> Self {
        Self(match span {
            Ok(span) => self.0.saturating_add(span),
            Err(_) if sign < 0 => civil::Date::MIN,
            Err(_) => civil::Date::MAX,
        })
    }

    /// Whole years from this day to `later`: somebody's age, if this is a date of birth.
    #[must_use]
    pub fn years_until(self, later: Self) -> i64 {
        let mut years = i64::from(later.0.year()) - i64::from(self.0.year());
        if (later.0.month(), later.0.day()) < (self.0.month(), self.0.day()) {
            years -= 1;
        }
        years
    }

    /// Whether somebody born on this day is under 18 on `day`: the one place that says
    /// who is a child or young person. Which day counts is for the Act in question.
    #[must_use]
    pub fn is_under_18_on(self, day: Self) -> bool {
        self.years_until(day) < 18
    }

    /// How many days from this day to `later`; negative if it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        self.0
            .until(later.0)
            .map_or(0, |span| i64::from(span.get_days()))
    }

    /// Saturday or Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        // 1 is Monday.
        self.0.weekday().to_monday_one_offset() > 5
    }

    /// The instant at which a clock in court shows `hour:minute` on this day.
    #[must_use]
    pub fn at(self, hour: i8, minute: i8) -> Instant {
        let clock = self.0.at(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0);
        Instant(
            clock
                .to_zoned(london())
                .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp()),
        )
    }

    /// As printed on orders: `21 November 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.0.strftime("%-d %B %Y").to_string()
    }

    /// The same in Welsh: `21 Tachwedd 2026`.
    #[must_use]
    pub fn in_welsh(self) -> String {
        const MONTHS: [&str; 12] = [
            "Ionawr",
            "Chwefror",
            "Mawrth",
            "Ebrill",
            "Mai",
            "Mehefin",
            "Gorffennaf",
            "Awst",
            "Medi",
            "Hydref",
            "Tachwedd",
            "Rhagfyr",
        ];
        // A civil month is from 1 to 12.
        let month = MONTHS[usize::from(self.0.month().unsigned_abs() - 1)];
        format!("{} {month} {}", self.0.day(), self.0.year())
    }
}

impl Instant {
    /// Microseconds since 1970: the form kept in both databases.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The instant of a stored number; out of range is 1970.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// The civil day in court at this instant.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.0.to_zoned(london()).date())
    }

    /// The clock in court at this instant, `09:30`.
    #[must_use]
    pub fn clock(self) -> String {
        self.0.to_zoned(london()).strftime("%H:%M").to_string()
    }

    /// The same to the second, for whoever must tell what came first: `10:03:07`.
    #[must_use]
    pub fn clock_with_seconds(self) -> String {
        self.0.to_zoned(london()).strftime("%H:%M:%S").to_string()
    }

    /// When its minute began.
    #[must_use]
    pub fn start_of_minute(self) -> Self {
        Self::from_micros(self.micros() - self.micros().rem_euclid(60_000_000))
    }

    /// `seconds` later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_micros(
            self.micros()
                .saturating_add(seconds.saturating_mul(1_000_000)),
        )
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl FromStr for Instant {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_counts_only_birthdays_that_have_passed() {
        let born: Day = "2008-11-22".parse().unwrap();
        assert_eq!(born.years_until("2026-11-21".parse().unwrap()), 17);
        assert_eq!(born.years_until("2026-11-22".parse().unwrap()), 18);
        assert!(born.is_under_18_on("2026-11-21".parse().unwrap()));
        assert!(!born.is_under_18_on("2026-11-22".parse().unwrap()));
    }

    #[test]
    fn a_month_after_the_thirty_first_is_the_last_day_of_a_shorter_month() {
        let day: Day = "2026-01-31".parse().unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2026-02-28");
    }

    #[test]
    fn a_span_longer_than_the_calendar_ends_with_it() {
        let day: Day = "2026-01-31".parse().unwrap();
        for far in [240_000, i64::from(u32::MAX), i64::MAX] {
            assert_eq!(day.plus_months(far).0, civil::Date::MAX);
            assert_eq!(day.plus_months(-far).0, civil::Date::MIN);
        }
        assert_eq!(day.plus_days(i64::MAX).0, civil::Date::MAX);
        assert_eq!(day.plus_days(i64::MIN).0, civil::Date::MIN);
    }

    #[test]
    fn a_court_clock_follows_summer_time() {
        let summer: Day = "2026-07-01".parse().unwrap();
        assert_eq!(summer.at(10, 0).to_string(), "2026-07-01T09:00:00Z");
        assert_eq!(summer.at(10, 0).clock(), "10:00");
        let winter: Day = "2026-12-01".parse().unwrap();
        assert_eq!(winter.at(10, 0).to_string(), "2026-12-01T10:00:00Z");
    }
}
