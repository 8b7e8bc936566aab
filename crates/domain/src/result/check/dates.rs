//! Days in the right order: nothing ends before it begins, nothing that is still to
//! come lies in the past, nor what is past ahead, and a hearing is listed on a day on which courts sit. That an order outlives its requirements is the
//! published validator's ([`super::published`]).

use super::{Found, Sheet};
use crate::result::{Field, FieldKind, ResultDefinition, ResultLine, read_day};
use vocabulary::Day;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        ends_before_start(sheet, definition, node.line);
        next_hearing_in_the_past(sheet, definition, node.line);
        next_hearing_on_a_day_off(sheet, definition, node.line);
        past_that_lies_ahead(sheet, definition, node.line);
    }
    community_order_too_long(sheet);
}

pub(super) fn day_of(line: &ResultLine, field: &Field) -> Option<Day> {
    line.answer(&field.key).and_then(read_day)
}

/// The first date field whose label begins so (`Start date`, `End date of tagging`).
pub(super) fn dated(definition: &ResultDefinition, begins: &str) -> Option<Field> {
    definition
        .fields
        .iter()
        .find(|field| {
            field.kind == FieldKind::Date && field.label.to_lowercase().starts_with(begins)
        })
        .cloned()
}

fn ends_before_start(sheet: &mut Sheet<'_>, definition: &ResultDefinition, line: &ResultLine) {
    let (Some(start), Some(end)) = (
        dated(definition, "start date"),
        dated(definition, "end date"),
    ) else {
        return;
    };
    let (Some(first), Some(last)) = (day_of(line, &start), day_of(line, &end)) else {
        return;
    };
    let Some(rule) = sheet.rule("CP-DATE-001") else {
        return;
    };
    if last < first {
        sheet.on_line(
            line,
            Found {
                severity: rule.severity,
                code: "CP-DATE-001",
                message: format!(
                    "{} ends on {}, before it begins on {}",
                    definition.label,
                    last.in_words(),
                    first.in_words()
                ),
                hint: format!("Correct \"{}\" or \"{}\".", start.label, end.label),
                field: Some(end.key),
            },
        );
    }
}

fn next_hearing_in_the_past(
    sheet: &mut Sheet<'_>,
    definition: &ResultDefinition,
    line: &ResultLine,
) {
    let Some(rule) = sheet.rule("CP-DATE-002") else {
        return;
    };
    if !definition.in_group("Next hearing") {
        return;
    }
    for key in ["HDATE", "fixedDate", "weekCommencing"] {
        let Some(day) = line.answer(key).and_then(read_day) else {
            continue;
        };
        if day < sheet.hearing.day {
            sheet.on_line(
                line,
                Found {
                    severity: rule.severity,
                    code: "CP-DATE-002",
                    message: format!("The next hearing on {} lies in the past", day.in_words()),
                    hint: "Give a day on or after the day of this hearing.".to_owned(),
                    field: Some(key.to_owned()),
                },
            );
        }
    }
}

/// When an order was made that is varied now, or when a witness was born.
fn past_that_lies_ahead(sheet: &mut Sheet<'_>, definition: &ResultDefinition, line: &ResultLine) {
    let Some(rule) = sheet.rule("CP-DATE-004") else {
        return;
    };
    for field in definition.fields.iter().filter(|field| field.past) {
        let Some(day) = day_of(line, field).filter(|day| *day > sheet.hearing.day) else {
            continue;
        };
        sheet.on_line(
            line,
            Found {
                severity: rule.severity,
                code: "CP-DATE-004",
                message: format!(
                    "\u{201c}{}\u{201d}: {} is still to come",
                    field.label,
                    day.in_words()
                ),
                hint: "Give the day with its year, if it is past.".to_owned(),
                field: Some(field.key.clone()),
            },
        );
    }
}

/// Twenty-eight days from today may be Christmas Day. Some courts do sit on Saturdays and
/// holidays, for people in custody: it warns.
fn next_hearing_on_a_day_off(
    sheet: &mut Sheet<'_>,
    definition: &ResultDefinition,
    line: &ResultLine,
) {
    let Some(rule) = sheet.rule("CP-DATE-003") else {
        return;
    };
    if !definition.in_group("Next hearing") {
        return;
    }
    for key in ["HDATE", "fixedDate"] {
        let Some(day) = line.answer(key).and_then(read_day) else {
            continue;
        };
        let off = if sheet.catalogue.law.holidays.contains(&day) {
            "a bank holiday"
        } else if day.is_weekend() {
            "at a weekend"
        } else {
            continue;
        };
        let before = sheet.catalogue.law.working_day_until(day);
        sheet.on_line(
            line,
            Found {
                severity: rule.severity,
                code: "CP-DATE-003",
                message: format!("The next hearing on {} is {off}", day.in_words()),
                hint: format!(
                    "Leave it if the court sits then; the last working day before is {}.",
                    before.in_words()
                ),
                field: Some(key.to_owned()),
            },
        );
    }
}

/// A community order ends at most three years after it is made: Sentencing Act
/// 2020 s.209 (the number is in limits.csv). The last day is the day before the anniversary
/// or the anniversary itself: the Act says "not more than three years after".
fn community_order_too_long(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-209") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let Some(limit) = sheet.limit("community order", node.line.offence) else {
            continue;
        };
        let Some(end) = dated(definition, "end date") else {
            continue;
        };
        let Some(last) = day_of(node.line, &end) else {
            continue;
        };
        let made = sheet.hearing.day;
        let Some(most) = limit.max else { continue };
        if last > most.last_day_from(made).plus_days(1) {
            sheet.on_line(
                node.line,
                Found {
                    severity: limit.severity,
                    code: "SA2020-209",
                    message: format!(
                        "{} ends on {}, more than {most} after it is made",
                        definition.label,
                        last.in_words()
                    ),
                    hint: format!(
                        "Set the end date to {} at the latest.",
                        most.last_day_from(made).plus_days(1).in_words(),
                    ),
                    field: Some(end.key),
                },
            );
        } else if let Some(rule) = sheet.rule("CP-DATE-001").filter(|_| last < made) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CP-DATE-001",
                    message: format!(
                        "{} ends on {}, before it is made",
                        definition.label,
                        last.in_words()
                    ),
                    hint: "Give a later end date.".to_owned(),
                    field: Some(end.key),
                },
            );
        }
    }
}
