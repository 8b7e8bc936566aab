//! Days in the right order: nothing ends before it begins, nothing that is
//! still to come lies in the past, and an order outlives its requirements.

use super::{Found, Sheet, same_target};
use crate::result::{Field, FieldKind, Period, ResultDefinition, ResultLine, read_day};
use vocabulary::{Day, Severity};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        ends_before_start(sheet, definition, node.line);
        next_hearing_in_the_past(sheet, definition, node.line);
    }
    period_and_end_agree(sheet);
    order_outlives_requirement(sheet, "DR-COEW-005/AC2");
    order_outlives_requirement(sheet, "DR-YRO-004");
    community_order_too_long(sheet);
}

fn day_of(line: &ResultLine, field: &Field) -> Option<Day> {
    line.answer(&field.key).and_then(read_day)
}

/// The first date field whose label begins so (`Start date`, `End date of tagging`).
fn dated(definition: &ResultDefinition, begins: &str) -> Option<Field> {
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
    if last < first {
        sheet.on_line(
            line,
            Found {
                severity: Severity::Blocks,
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
                    severity: Severity::Blocks,
                    code: "CP-DATE-002",
                    message: format!("The next hearing on {} lies in the past", day.in_words()),
                    hint: "Give a day on or after the day of this hearing.".to_owned(),
                    field: Some(key.to_owned()),
                },
            );
        }
    }
}

/// DR-COEW-005/DUR: the end date is the start date plus the period less a day.
fn period_and_end_agree(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("DR-COEW-005/DUR") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let period = definition.fields.iter().find_map(|field| {
            matches!(field.kind, FieldKind::Duration { .. }).then(|| {
                node.line
                    .answer(&field.key)
                    .and_then(|text| Period::parse(text, None))
            })?
        });
        let Some(end) = dated(definition, "end date") else {
            continue;
        };
        // Without a start date a requirement starts on the day it is made.
        let start = dated(definition, "start date")
            .and_then(|field| day_of(node.line, &field))
            .unwrap_or(sheet.hearing.day);
        let (Some(period), Some(last)) = (period, day_of(node.line, &end)) else {
            continue;
        };
        let should = period.last_day_from(start);
        if should != last {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "DR-COEW-005/DUR",
                    message: format!(
                        "{}: {period} from {} end on {}, not on {}",
                        definition.label,
                        start.in_words(),
                        should.in_words(),
                        last.in_words()
                    ),
                    hint: format!(
                        "Correct the period or set the end date to {}.",
                        should.in_words()
                    ),
                    field: Some(end.key),
                },
            );
        }
    }
}

/// DR-COEW-005/AC2 and DR-YRO-004: an order may not end before a requirement of it.
fn order_outlives_requirement(sheet: &mut Sheet<'_>, id: &str) {
    let Some(rule) = sheet.rule(id) else { return };
    let requirements = sheet.named(&rule.others);
    for (order, definition) in sheet.named(&rule.results) {
        let Some(end) = dated(definition, "end date") else {
            continue;
        };
        let Some(last) = day_of(order.line, &end) else {
            continue;
        };
        for (node, requirement) in &requirements {
            let ends = dated(requirement, "end date").and_then(|field| day_of(node.line, &field));
            let Some(ends) = ends.filter(|day| same_target(node.line, order.line) && *day > last)
            else {
                continue;
            };
            sheet.on_line(
                order.line,
                Found {
                    severity: rule.severity,
                    code: id,
                    message: format!(
                        "{} ends on {}, before its requirement {} ends on {}",
                        definition.label,
                        last.in_words(),
                        requirement.label,
                        ends.in_words()
                    ),
                    hint: format!(
                        "Let the order end on {} or later, or shorten the requirement.",
                        ends.in_words()
                    ),
                    field: Some(end.key.clone()),
                },
            );
        }
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
        let convicted = sheet.convicted_on(node.line.offence);
        let Some(limit) = sheet.catalogue.law.limit("community order", convicted) else {
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
                        "Set the end date to {} at the latest ({}).",
                        most.last_day_from(made).plus_days(1).in_words(),
                        limit.source
                    ),
                    field: Some(end.key),
                },
            );
        } else if last < made {
            sheet.on_line(
                node.line,
                Found {
                    severity: Severity::Blocks,
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
