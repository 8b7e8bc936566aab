//! Values as people type them in court: days that are counted from the hearing
//! (`+28d`, `monday`), days without a year (`4/12`), clocks, and stretches from
//! one clock to another. It knows the calendar and no question: whether a value
//! answers one is for [`super::fill`].

use crate::result::{Period, Unit, read_day, read_time};
use vocabulary::Day;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// On which side of the hearing a day lies that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// It is still to come, or may be.
    Coming,
    /// It is past, or is that of the hearing.
    Past,
}

/// Reads `2026-12-04`, `4/12`, `4/12/26`, `4 dec`, `4th december 2026`, `+28d`,
/// `+4w`, `monday`, `today` or `tomorrow`. Without a year it is the next time
/// that this day comes, or the last that it came; a weekday is the next one after the hearing, or
/// the last before it; and two figures are a year of this century, unless that is not past.
#[must_use]
pub fn day(typed: &str, today: Day, towards: Towards) -> Option<Day> {
    let past = towards == Towards::Past;
    let typed = typed.trim().to_lowercase();
    match typed.as_str() {
        "today" => return Some(today),
        "tomorrow" => return Some(today.plus_days(1)),
        _ => {}
    }
    if let Some(ahead) = typed.strip_prefix('+') {
        return after(Period::parse(ahead, Some(Unit::Days))?, today);
    }
    if let Some(weekday) = weekday(&typed) {
        let now = i64::from(today.0.weekday().to_monday_zero_offset());
        let ahead = (weekday - now).rem_euclid(7);
        let days = match ahead {
            _ if past => ahead - 7,
            0 => 7,
            ahead => ahead,
        };
        return Some(today.plus_days(days));
    }
    let read = read_day(&typed)
        .or_else(|| numbers(&typed, today, towards))
        .or_else(|| named(&typed, today, towards))?;
    // Four figures are what they say, wherever that lies.
    let mut figures = typed.split(|c: char| !c.is_ascii_digit());
    if past && read > today && figures.all(|part| part.len() < 4) {
        return century_before(read);
    }
    Some(read)
}

/// The same day a hundred years earlier.
fn century_before(day: Day) -> Option<Day> {
    let text = day.to_string();
    let year: i64 = text.get(..4)?.parse().ok()?;
    format!("{:04}{}", year - 100, &text[4..]).parse().ok()
}

/// The day so long after `today`; hours and minutes make no day.
#[must_use]
pub fn after(period: Period, today: Day) -> Option<Day> {
    if period.count(Unit::Hours) > 0 || period.count(Unit::Minutes) > 0 {
        return None;
    }
    // The last day of a period is the day before so long after.
    Some(period.last_day_from(today).plus_days(1))
}

fn weekday(typed: &str) -> Option<i64> {
    let short = typed.len() >= 3 && typed.is_ascii();
    let at = WEEKDAYS
        .iter()
        .position(|name| short && name.starts_with(typed))?;
    i64::try_from(at).ok()
}

/// `4/12` or `4.12`: the next time it comes, or the last.
fn numbers(typed: &str, today: Day, towards: Towards) -> Option<Day> {
    let (day, month) = typed.split_once(['/', '.'])?;
    let number = |text: &str| -> Option<u32> {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok())?
    };
    nearest((number(day)?, number(month)?), today, towards)
}

/// `4 dec`, `4th december 2026`, `4dec26`.
fn named(typed: &str, today: Day, towards: Towards) -> Option<Day> {
    let digits = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let day: u32 = typed.get(..digits)?.parse().ok().filter(|n| *n <= 31)?;
    let rest = typed[digits..].trim_start();
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| rest.strip_prefix(end));
    let rest = ordinal.unwrap_or(rest).trim_start();
    let letters = rest.len()
        - rest
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    if letters < 3 {
        return None;
    }
    let month = MONTHS
        .iter()
        .position(|name| name.starts_with(&rest[..letters]))?;
    let month = u32::try_from(month).ok()? + 1;
    let year = rest[letters..].trim_start_matches(['.', ',', ' ']);
    if year.is_empty() {
        return nearest((day, month), today, towards);
    }
    if ![2, 4].contains(&year.len()) || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    read_day(&format!("{day}/{month}/{year}"))
}

fn nearest((day, month): (u32, u32), today: Day, towards: Towards) -> Option<Day> {
    let this = i64::from(today.0.year());
    let of = |year: i64| format!("{year:04}-{month:02}-{day:02}").parse().ok();
    // The 29th of February comes within eight years.
    match towards {
        Towards::Coming => (this..=this + 8)
            .filter_map(of)
            .find(|found: &Day| *found >= today),
        Towards::Past => (this - 8..=this)
            .rev()
            .filter_map(of)
            .find(|found: &Day| *found <= today),
    }
}

/// A period in units that the question counts in: `30m` is minutes where there
/// are no months.
#[must_use]
pub fn period(typed: &str, units: &[Unit]) -> Option<Period> {
    let only = match units {
        [only] => Some(*only),
        _ => None,
    };
    let read = in_order(typed, only)?;
    let minutes = units.contains(&Unit::Minutes) && !units.contains(&Unit::Months);
    let mut read_as = read;
    if minutes && read.count(Unit::Months) > 0 && read.count(Unit::Minutes) == 0 {
        read_as = read.with_months_as_minutes();
    }
    read_as
        .units()
        .all(|unit| units.contains(&unit))
        .then_some(read_as)
}

/// One period: `2y 6m` is one, `16w 18m` are two, since nobody says the weeks
/// before the months.
#[must_use]
pub fn in_order(typed: &str, only: Option<Unit>) -> Option<Period> {
    let typed = typed.to_lowercase();
    let whole = Period::parse(&typed, only)?;
    let mut last = None;
    for (at, _) in typed.match_indices(|c: char| c.is_ascii_digit()) {
        let begins = !typed[..at].ends_with(|c: char| c.is_ascii_digit());
        let part = typed[at..].trim_start_matches(|c: char| c.is_ascii_digit());
        let letters: String = part
            .trim_start()
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        let unit = Unit::parse(&letters);
        if begins && unit.is_some() {
            if last >= unit {
                return None;
            }
            last = unit;
        }
    }
    Some(whole)
}

/// A clock that cannot be taken for a number: `10:00`, `7pm`, `10.30am`, `1900`.
#[must_use]
pub fn clock(typed: &str) -> Option<String> {
    read_time(typed)
}

/// From one clock to another: `1900-0700`, `19:00-07:00`, `7pm-7am`.
#[must_use]
pub fn stretch(typed: &str) -> Option<(String, String)> {
    let (from, to) = typed.split_once(['-', '–'])?;
    Some((clock(from)?, clock(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(typed: &str) -> Option<String> {
        // A Tuesday.
        let today = "2026-11-24".parse().unwrap();
        day(typed, today, Towards::Coming).map(|day| day.to_string())
    }

    fn before(typed: &str) -> Option<String> {
        let today = "2026-11-24".parse().unwrap();
        day(typed, today, Towards::Past).map(|day| day.to_string())
    }

    #[test]
    fn where_a_day_is_past_it_is_the_last_one() {
        assert_eq!(before("4/3").as_deref(), Some("2026-03-04"));
        assert_eq!(before("4/12").as_deref(), Some("2025-12-04"));
        assert_eq!(before("4 dec").as_deref(), Some("2025-12-04"));
        assert_eq!(before("24/11").as_deref(), Some("2026-11-24"));
        assert_eq!(before("29/2").as_deref(), Some("2024-02-29"));
        assert_eq!(before("4/3/85").as_deref(), Some("1985-03-04"));
        assert_eq!(before("4 mar 85").as_deref(), Some("1985-03-04"));
        assert_eq!(before("4/3/26").as_deref(), Some("2026-03-04"));
        assert_eq!(before("monday").as_deref(), Some("2026-11-23"));
        assert_eq!(before("tuesday").as_deref(), Some("2026-11-17"));
        // A year in full is kept, and told of elsewhere.
        assert_eq!(before("4/3/2027").as_deref(), Some("2027-03-04"));
        assert_eq!(before("2027-03-04").as_deref(), Some("2027-03-04"));
    }

    #[test]
    fn days_are_counted_from_the_hearing() {
        assert_eq!(on("today").as_deref(), Some("2026-11-24"));
        assert_eq!(on("+28d").as_deref(), Some("2026-12-22"));
        assert_eq!(on("+4w").as_deref(), Some("2026-12-22"));
        assert_eq!(on("+1m").as_deref(), Some("2026-12-24"));
        assert_eq!(on("+7").as_deref(), Some("2026-12-01"));
        assert_eq!(on("+3h"), None);
    }

    #[test]
    fn a_day_without_its_year_is_the_next_one() {
        assert_eq!(on("4/12").as_deref(), Some("2026-12-04"));
        assert_eq!(on("4/1").as_deref(), Some("2027-01-04"));
        assert_eq!(on("24/11").as_deref(), Some("2026-11-24"));
        assert_eq!(on("29/2").as_deref(), Some("2028-02-29"));
        assert_eq!(on("31/2"), None);
        assert_eq!(on("4/12/27").as_deref(), Some("2027-12-04"));
        assert_eq!(on("4 dec").as_deref(), Some("2026-12-04"));
        assert_eq!(on("4th December 2026").as_deref(), Some("2026-12-04"));
        assert_eq!(on("4dec26").as_deref(), Some("2026-12-04"));
        assert_eq!(on("4 de"), None);
    }

    #[test]
    fn a_weekday_is_the_next_one_after_the_hearing() {
        assert_eq!(on("monday").as_deref(), Some("2026-11-30"));
        assert_eq!(on("wed").as_deref(), Some("2026-11-25"));
        assert_eq!(on("tuesday").as_deref(), Some("2026-12-01"));
        assert_eq!(on("mo"), None);
    }

    #[test]
    fn an_m_is_minutes_where_no_months_are_counted() {
        let estimate = [Unit::Weeks, Unit::Days, Unit::Hours, Unit::Minutes];
        assert_eq!(period("30m", &estimate).unwrap().to_string(), "30 minutes");
        assert_eq!(period("2y", &estimate), None);
        let sentence = [Unit::Years, Unit::Months, Unit::Weeks];
        assert_eq!(period("16w 18m", &sentence), None);
        assert_eq!(
            period("2y 6m", &sentence).unwrap().to_string(),
            "2 years 6 months"
        );
        assert_eq!(
            period("12m", &[Unit::Years, Unit::Months])
                .unwrap()
                .to_string(),
            "12 months"
        );
    }

    #[test]
    fn a_stretch_is_two_clocks() {
        let night = Some(("19:00".to_owned(), "07:00".to_owned()));
        for typed in ["1900-0700", "19:00-07:00", "7pm-7am"] {
            assert_eq!(stretch(typed), night, "{typed}");
        }
        assert_eq!(stretch("1900"), None);
        assert_eq!(stretch("12-4"), None);
    }
}
