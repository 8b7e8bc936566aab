//! Periods as courts say them: years, months, weeks, days, hours, minutes side
//! by side. A month stays a month: nothing is converted unless two periods
//! must be compared.

use std::fmt;
use vocabulary::Day;

/// A unit of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Years.
    Years,
    /// Months.
    Months,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
}

impl Unit {
    /// Every unit, longest first.
    pub const ALL: [Self; 6] = [
        Self::Years,
        Self::Months,
        Self::Weeks,
        Self::Days,
        Self::Hours,
        Self::Minutes,
    ];

    /// `year`, for one.
    #[must_use]
    pub fn singular(self) -> &'static str {
        match self {
            Self::Years => "year",
            Self::Months => "month",
            Self::Weeks => "week",
            Self::Days => "day",
            Self::Hours => "hour",
            Self::Minutes => "minute",
        }
    }

    /// Reads `Years`, `Year(s)`, `y`, `months`, `mth`, `m`, `w`, `d`, `h`, `min`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace("(s)", "s");
        Some(match text.as_str() {
            "y" | "yr" | "yrs" | "year" | "years" => Self::Years,
            "m" | "mth" | "mths" | "mo" | "month" | "months" => Self::Months,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Weeks,
            "d" | "day" | "days" => Self::Days,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hours,
            "min" | "mins" | "minute" | "minutes" => Self::Minutes,
            _ => return None,
        })
    }
}

/// A period: how many of each unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Period {
    counts: [u32; 6],
}

/// The most of one unit: whatever is longer was mistyped.
const MOST: u32 = 99_999;

impl Period {
    /// So many of one unit.
    #[must_use]
    pub fn of(count: u32, unit: Unit) -> Self {
        let mut counts = [0; 6];
        counts[unit as usize] = count;
        Self { counts }
    }

    /// Reads `18 months`, `12m`, `1y6m`, `1 year and 6 months`; a bare number
    /// needs `only`, the single unit the question allows.
    #[must_use]
    pub fn parse(text: &str, only: Option<Unit>) -> Option<Self> {
        let mut counts = [0_u32; 6];
        let mut rest = text.trim();
        let mut seen = false;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits == 0 {
                return None;
            }
            let count: u32 = rest[..digits].parse().ok().filter(|n| *n <= MOST)?;
            rest = rest[digits..].trim_start();
            let letters = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_alphabetic() || c == '(' || c == ')')
                    .len();
            let unit = if letters == 0 {
                only?
            } else {
                Unit::parse(&rest[..letters])?
            };
            if counts[unit as usize] != 0 {
                return None;
            }
            counts[unit as usize] = count;
            seen = true;
            rest = rest[letters..].trim_start_matches([' ', ',', '&']);
            rest = rest.strip_prefix("and ").unwrap_or(rest).trim_start();
        }
        seen.then_some(Self { counts })
    }

    /// How many of this unit.
    #[must_use]
    pub fn count(self, unit: Unit) -> u32 {
        self.counts[unit as usize]
    }

    /// The units it uses.
    pub fn units(self) -> impl Iterator<Item = Unit> {
        Unit::ALL
            .into_iter()
            .filter(move |unit| self.count(*unit) > 0)
    }

    /// The months counted as minutes: what `30m` means where no months are counted.
    #[must_use]
    pub(super) fn with_months_as_minutes(mut self) -> Self {
        self.counts[Unit::Minutes as usize] = self.counts[Unit::Months as usize];
        self.counts[Unit::Months as usize] = 0;
        self
    }

    /// Nothing at all.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.counts.iter().all(|count| *count == 0)
    }

    /// The last day of a period that begins on `start` (a month from the 1st ends on the 31st).
    #[must_use]
    pub fn last_day_from(self, start: Day) -> Day {
        let months = i64::from(self.counts[0]) * 12 + i64::from(self.counts[1]);
        let days = i64::from(self.counts[2]) * 7 + i64::from(self.counts[3]);
        start.plus_months(months).plus_days(days - 1)
    }

    /// Its length in minutes from a fixed day, so that two periods can be compared.
    fn minutes_from(self, start: Day) -> i64 {
        let end = self.last_day_from(start).plus_days(1);
        let days = start.0.until(end.0).map_or(0, |span| span.get_days());
        i64::from(days) * 24 * 60
            + i64::from(self.count(Unit::Hours)) * 60
            + i64::from(self.count(Unit::Minutes))
    }

    /// The two one after the other, unit by unit.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        for (own, more) in self.counts.iter_mut().zip(other.counts) {
            *own = own.saturating_add(more);
        }
        self
    }

    /// Is it longer than `other`, both counted from `start`?
    #[must_use]
    pub fn longer_than(self, other: Self, start: Day) -> bool {
        self.minutes_from(start) > other.minutes_from(start)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for unit in self.units() {
            let count = self.count(unit);
            let plural = if count == 1 { "" } else { "s" };
            let space = if first { "" } else { " " };
            write!(f, "{space}{count} {}{plural}", unit.singular())?;
            first = false;
        }
        if first { f.write_str("none") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_as_it_is_typed_and_printed_as_it_is_said() {
        for (typed, said) in [
            ("18 months", "18 months"),
            ("12m", "12 months"),
            ("1y6m", "1 year 6 months"),
            ("1 year and 6 months", "1 year 6 months"),
            ("2w 3d", "2 weeks 3 days"),
            ("100h", "100 hours"),
            ("30 min", "30 minutes"),
        ] {
            assert_eq!(
                Period::parse(typed, None).unwrap().to_string(),
                said,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_bare_number_needs_the_one_unit_that_the_question_allows() {
        assert_eq!(
            Period::parse("80", Some(Unit::Hours)).unwrap().to_string(),
            "80 hours"
        );
        assert_eq!(Period::parse("80", None), None);
        assert_eq!(Period::parse("six months", None), None);
        assert_eq!(Period::parse("2m3m", None), None);
    }

    #[test]
    fn a_period_ends_on_the_day_before_the_same_day_of_a_later_month() {
        let start: Day = "2026-11-21".parse().unwrap();
        let end = Period::of(6, Unit::Months).last_day_from(start);
        assert_eq!(end.to_string(), "2027-05-20");
        assert!(Period::of(25, Unit::Months).longer_than(Period::of(2, Unit::Years), start));
        assert!(!Period::of(24, Unit::Months).longer_than(Period::of(2, Unit::Years), start));
    }
}
