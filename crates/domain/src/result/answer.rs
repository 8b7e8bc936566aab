//! Reads an answer as it is typed and gives it its one written form, or says
//! what is wrong with it. The same function serves the keyboard and the check
//! before sharing, so that they cannot disagree.

use super::{Field, FieldKind, Period, ResultLine, Rule};
use vocabulary::{Day, Pence};

/// What is wrong with an answer: a sentence and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerProblem {
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub hint: String,
}

fn wrong<T>(message: String, hint: impl Into<String>) -> Result<T, AnswerProblem> {
    Err(AnswerProblem {
        message,
        hint: hint.into(),
    })
}

/// The written form of a typed answer. An empty text stays empty.
///
/// # Errors
/// If the text cannot be an answer to this field.
pub fn read(field: &Field, typed: &str) -> Result<String, AnswerProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let label = &field.label;
    match &field.kind {
        FieldKind::Text { min, max } => {
            let length = typed.chars().count();
            let max = max.filter(|max| *max > 0).unwrap_or(LONGEST_TEXT);
            if length > max {
                return wrong(
                    format!("{label} has {length} characters; {max} fit"),
                    format!("Shorten it to {max} characters."),
                );
            }
            if min.is_some_and(|min| length < min) {
                let min = min.unwrap_or_default();
                return wrong(
                    format!("{label} needs at least {min} characters"),
                    "Write it out in full.",
                );
            }
            Ok(typed.to_owned())
        }
        FieldKind::Number { min, max } => {
            let Ok(number) = typed.replace(',', "").parse::<i64>() else {
                return wrong(
                    format!("{label} is a whole number"),
                    "Type digits, for example 2.",
                );
            };
            bounds(label, number, *min, *max, |n| n.to_string())?;
            Ok(number.to_string())
        }
        FieldKind::Money { min, max } => {
            let Some(Pence(pence)) = Pence::parse(typed) else {
                return wrong(
                    format!("{label} is an amount in pounds"),
                    "Type 250 or 250.00.",
                );
            };
            bounds(label, pence, *min, *max, |n| Pence(n).to_string())?;
            Ok(format!("{}.{:02}", pence / 100, pence % 100))
        }
        FieldKind::Date => match read_day(typed) {
            Some(day) => Ok(day.to_string()),
            None => wrong(
                format!("{label} is not a day of the calendar"),
                "Type it as 19/12/2026.",
            ),
        },
        FieldKind::Time => match read_time(typed) {
            Some(time) => Ok(time),
            None => wrong(format!("{label} is not a time of day"), "Type it as 10:00."),
        },
        FieldKind::YesNo => match typed.to_lowercase().as_str() {
            "yes" | "y" | "true" => Ok("yes".to_owned()),
            "no" | "n" | "false" => Ok("no".to_owned()),
            _ => wrong(
                format!("{label} is answered with yes or no"),
                "Type y or n.",
            ),
        },
        FieldKind::Duration { units, min, max } => {
            let names: Vec<_> = units
                .iter()
                .map(|unit| format!("{}s", unit.singular()))
                .collect();
            let only = if let [only] = units.as_slice() {
                Some(*only)
            } else {
                None
            };
            let Some(period) = Period::parse(typed, only) else {
                return wrong(
                    format!("{label} is not a period of time"),
                    format!(
                        "Give it in {}, for example 2 {}.",
                        names.join(", "),
                        names.join(" 1 ")
                    ),
                );
            };
            if let Some(unit) = period.units().find(|unit| !units.contains(unit)) {
                return wrong(
                    format!("{label} is not counted in {}s", unit.singular()),
                    format!("Give it in {}.", names.join(", ")),
                );
            }
            if period.is_zero() && min.is_none_or(|min| min > 0) {
                return wrong(format!("{label} is nothing at all"), "Give a period.");
            }
            for unit in period.units() {
                let count = i64::from(period.count(unit));
                bounds(label, count, min.map(i64::from), max.map(i64::from), |n| {
                    format!("{n} {}s", unit.singular())
                })?;
            }
            Ok(period.to_string())
        }
        FieldKind::List {
            list,
            multiple,
            other,
        } => {
            let Some(list) = list else {
                return Ok(typed.to_owned());
            };
            let chosen: Vec<&str> = if *multiple {
                typed
                    .split("; ")
                    .map(str::trim)
                    .filter(|item| !item.is_empty())
                    .collect()
            } else {
                vec![typed]
            };
            let mut values = Vec::new();
            for item in chosen {
                match list.item(item) {
                    Some(known) => values.push(known.value.clone()),
                    None if *other => values.push(item.to_owned()),
                    None => {
                        let some: Vec<_> = list
                            .items
                            .iter()
                            .take(6)
                            .map(|item| item.code.as_str())
                            .collect();
                        return wrong(
                            format!("\"{item}\" is not one of the words for {label}"),
                            format!("Choose from the list: {} …", some.join(", ")),
                        );
                    }
                }
            }
            Ok(values.join("; "))
        }
        FieldKind::NameAddress { .. } => Ok(typed.to_owned()),
    }
}

fn bounds(
    label: &str,
    number: i64,
    min: Option<i64>,
    max: Option<i64>,
    say: impl Fn(i64) -> String,
) -> Result<(), AnswerProblem> {
    if let Some(min) = min.filter(|min| number < *min) {
        return wrong(
            format!("{label} is {}, the least is {}", say(number), say(min)),
            format!("Give {} or more.", say(min)),
        );
    }
    // A maximum of nought in the source means that none was set.
    if let Some(max) = max.filter(|max| *max > 0 && number > *max) {
        return wrong(
            format!("{label} is {}, the most is {}", say(number), say(max)),
            format!("Give {} or less.", say(max)),
        );
    }
    Ok(())
}

/// Reads `2026-12-19`, `19/12/2026`, `19.12.2026` or `19 12 2026`.
#[must_use]
pub fn read_day(typed: &str) -> Option<Day> {
    let typed = typed.trim();
    if let Ok(day) = typed.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = typed.split(['/', '.', ' ', '-']).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    let year: u32 = year.parse().ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

/// Reads `10:00`, `10.00`, `10am`, `2:15pm` or `1400` as `HH:MM`.
#[must_use]
pub fn read_time(typed: &str) -> Option<String> {
    let lower = typed.trim().to_lowercase().replace(' ', "");
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(0)),
        (_, Some(clock)) => (clock, Some(12)),
        _ => (lower.as_str(), None),
    };
    let (hours, minutes) = match clock.split_once([':', '.']) {
        Some(both) => both,
        None if clock.len() == 4 && clock.is_ascii() => clock.split_at(2),
        None => (clock, "0"),
    };
    let (mut hour, minute): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if let Some(half) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    } else if clock.len() < 3 {
        // "10" alone could be anything; a clock needs its minutes.
        return None;
    }
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// Has anything of this field been answered?
#[must_use]
pub fn answered(field: &Field, line: &ResultLine) -> bool {
    match &field.kind {
        FieldKind::YesNo if field.rule != Rule::Mandatory => line
            .answer(&field.key)
            .is_some_and(|text| !text.eq_ignore_ascii_case("no")),
        _ => field
            .references()
            .any(|reference| line.answer(reference).is_some()),
    }
}

/// The longest name or line of an address: longer ones fit on no envelope.
const LONGEST_PART: usize = 200;
/// The longest text where the source sets no maximum: a direction of thirty pages.
const LONGEST_TEXT: usize = 50_000;

/// What is wrong with the answers to this field, with the key of the part.
/// A field without any answer has no problem here: whether it is needed is
/// for the check of the whole line.
#[must_use]
pub fn problems(field: &Field, line: &ResultLine) -> Vec<(String, AnswerProblem)> {
    if !answered(field, line) {
        return Vec::new();
    }
    let FieldKind::NameAddress { parts } = &field.kind else {
        let text = line.answer(&field.key).unwrap_or_default();
        return read(field, text)
            .err()
            .map(|p| (field.key.clone(), p))
            .into_iter()
            .collect();
    };
    let mut found = Vec::new();
    for part in parts {
        let length = line
            .answer(&part.reference)
            .map_or(0, |text| text.chars().count());
        if length > LONGEST_PART {
            found.push((
                part.reference.clone(),
                AnswerProblem {
                    message: format!("{} has {length} characters; {LONGEST_PART} fit", part.label),
                    hint: format!("Shorten it to {LONGEST_PART} characters."),
                },
            ));
        }
    }
    let given = |part: &str| {
        parts
            .iter()
            .any(|own| own.part == part && line.answer(&own.reference).is_some())
    };
    let takes_name = parts.iter().any(super::Part::is_name);
    let named = given("OrganisationName") || given("LastName") || given("FirstName");
    if takes_name && !named {
        let key = parts
            .iter()
            .find(|part| part.is_name())
            .map(|part| part.reference.clone());
        found.push((
            key.unwrap_or_else(|| field.key.clone()),
            AnswerProblem {
                message: format!("{} has no name", field.label),
                hint: "Give the name of the person or organisation.".to_owned(),
            },
        ));
    }
    for part in parts
        .iter()
        .filter(|part| !part.is_name() && line.answer(&part.reference).is_none())
    {
        let needed = part.required || (part.part == "AddressLine1" && field.rule != Rule::Optional);
        if needed && !part.hidden {
            found.push((
                part.reference.clone(),
                AnswerProblem {
                    message: format!("{} is missing", part.label),
                    hint: "Give it, or choose the organisation from the list.".to_owned(),
                },
            ));
        }
    }
    found
}

/// A chosen word that may not be chosen on the day of the hearing: it was taken off its list, or
/// is not on it yet. Where any words are taken there is none.
#[must_use]
pub fn over(field: &Field, line: &ResultLine, day: Day) -> Option<AnswerProblem> {
    let FieldKind::List {
        list: Some(list),
        other: false,
        ..
    } = &field.kind
    else {
        return None;
    };
    let mut chosen = line.answer(&field.key)?.split("; ");
    let word = chosen.find(|word| {
        let known = list.item(word).is_some();
        known && list.item_on(word, day).is_none()
    })?;
    Some(AnswerProblem {
        message: format!(
            "\u{201c}{word}\u{201d} could not be chosen for {} on the day of this hearing",
            field.label
        ),
        hint: "Choose a word that the list has on that day.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_people_type_them() {
        assert_eq!(read_day("19/12/2026").unwrap().to_string(), "2026-12-19");
        assert_eq!(read_day("19.12.26").unwrap().to_string(), "2026-12-19");
        assert_eq!(read_day("31/02/2026"), None);
        assert_eq!(read_time("10am").as_deref(), Some("10:00"));
        assert_eq!(read_time("2:15pm").as_deref(), Some("14:15"));
        assert_eq!(read_time("12am").as_deref(), Some("00:00"));
        assert_eq!(read_time("0930").as_deref(), Some("09:30"));
        assert_eq!(read_time("25:00"), None);
        assert_eq!(read_time("10"), None);
    }
}
