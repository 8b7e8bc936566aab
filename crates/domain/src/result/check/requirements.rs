//! Requirements of community orders and suspended sentences, and other periods, within
//! Sch.9 to the Sentencing Act 2020: how long, from which conviction, which not
//! together. The numbers and days are in limits.csv; a limit named after a result's
//! code bounds its period.

use super::{
    Found, Sheet,
    custody::{period, within},
    dates::{dated, day_of},
    sheet::names,
};
use crate::result::{Limit, Period, ResultDefinition, ResultLine};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    periods(sheet);
    availability(sheet);
    punishment(sheet);
    alcohol(sheet);
    exclusion(sheet);
    monitoring(sheet);
    contractor(sheet);
    contractor_of_an_amended_order(sheet);
    unpaid_work_together(sheet);
}

fn periods(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        let name = format!("period of {}", definition.code);
        let limit = sheet.limit(&name, node.line.offence);
        let Some(limit) = limit else { continue };
        match period(definition, node.line, "") {
            Some(given) => within(sheet, node.line, Some(limit), &given, &definition.label),
            None => between_days(sheet, node.line, limit, definition),
        }
    }
}

/// The same of what has no period, but a first and a last day. It may last to the day of the same
/// date, as a community order may (`dates.rs`).
fn between_days(
    sheet: &mut Sheet<'_>,
    line: &ResultLine,
    limit: &Limit,
    definition: &ResultDefinition,
) {
    let dated = |names: [&str; 2]| names.into_iter().find_map(|name| dated(definition, name));
    let ends = (
        dated(["start date", "from date"]),
        dated(["end date", "until date"]),
    );
    let (Some(first), Some(last)) = ends else {
        return;
    };
    let days = (day_of(line, &first), day_of(line, &last));
    let (Some(most), (Some(from), Some(until))) = (limit.max, days) else {
        return;
    };
    let latest = most.last_day_from(from).plus_days(1);
    if until > latest {
        sheet.citing(
            line,
            Some(limit.source.clone()),
            Found {
                severity: limit.severity,
                code: "LIMIT",
                message: format!(
                    "{} lasts until {}; the most is {most}",
                    definition.label,
                    until.in_words()
                ),
                hint: format!("Set the last day to {} at the latest.", latest.in_words()),
                field: Some(last.key),
            },
        );
    }
}

/// Some requirements belong to convictions of a certain time.
fn availability(sheet: &mut Sheet<'_>) {
    let law = &sheet.catalogue.law;
    for (node, definition) in sheet.known() {
        let name = format!("availability of {}", definition.code);
        let Some(row) = law.limits.iter().find(|limit| limit.name == name) else {
            continue;
        };
        if sheet.limit(&name, node.line.offence).is_none() {
            let convicted = sheet.convicted_on(node.line.offence);
            sheet.citing(
                node.line,
                Some(row.source.clone()),
                Found {
                    severity: row.severity,
                    code: "LIMIT",
                    message: format!(
                        "{} is not for a conviction on {}",
                        definition.label,
                        convicted.in_words()
                    ),
                    hint: "Choose another requirement.".to_owned(),
                    field: None,
                },
            );
        }
    }
}

/// A community order holds at least one requirement (s.200), and one for
/// punishment unless a fine is added or it would be unjust (s.208(10), (11)).
fn punishment(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-208") else {
        return;
    };
    for (order, definition) in sheet.named(&rule.results) {
        let held = sheet.of(order.line.defendant).any(|(node, own)| {
            names(&rule.others, own) && super::same_target(node.line, order.line)
        });
        if !held {
            sheet.on_line(order.line, Found {
                severity: rule.severity,
                code: "SA2020-208",
                message: format!("{} has no requirement", definition.label),
                hint: "Add at least one requirement, for example unpaid work (UPWR) or rehabilitation activity (RAR).".to_owned(),
                field: None,
            });
        }
    }
}

/// Alcohol abstinence is not imposed together with alcohol treatment: para 26(1).
fn alcohol(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-SCH9-26") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let other = sheet
            .at(node.line.defendant, node.line.offence)
            .find(|(_, own)| names(&rule.others, own));
        if let Some((_, other)) = other {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "SA2020-SCH9-26",
                    message: format!(
                        "{} is not imposed together with {}",
                        definition.label, other.label
                    ),
                    hint: format!("Remove {} or {}.", definition.code, other.code),
                    field: None,
                },
            );
        }
    }
}

/// Exclusion has a longest period in a community order, and none in a suspended
/// sentence: para 11.
fn exclusion(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-SCH9-11") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        if !sheet.has_at(node.line, &rule.others) {
            continue;
        }
        let name = format!("exclusion by {} in a community order", definition.code);
        let limit = sheet.limit(&name, node.line.offence);
        match period(definition, node.line, "") {
            Some(given) => within(sheet, node.line, limit, &given, &definition.label),
            None => {
                if let Some(limit) = limit {
                    between_days(sheet, node.line, limit, definition);
                }
            }
        }
    }
}

/// Whether one of these results, beside another, names who fits the tag.
fn contractor_is_named(sheet: &Sheet<'_>, line: &ResultLine, naming: &[String]) -> bool {
    let mut of_theirs = sheet.of(line.defendant);
    of_theirs.any(|(own, other)| names(naming, other) && super::same_target(own.line, line))
}

/// Where a tag is ordered by a result that names no contractor, another must name one.
fn contractor(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-EM-001") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        if !contractor_is_named(sheet, node.line, &rule.others) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CP-EM-001",
                    message: format!("{}: nobody is told to fit the tag", definition.label),
                    hint: "Add the notification of the contractor (NORDRC).".to_owned(),
                    field: None,
                },
            );
        }
    }
}

/// Whoever amends an order says whether its monitoring is new or other than before: then the
/// answer, or a result beside it, names the contractor.
fn contractor_of_an_amended_order(sheet: &mut Sheet<'_>) {
    const MONITORED: &str = "theCourtMadeANewOrVariedAnElectronicMonitoringRequirement";
    const CONTRACTOR: &str = "electronicMonitoringContractor";
    let Some(rule) = sheet.rule("CP-EM-002") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let monitored = node.line.answer(MONITORED) == Some("yes");
        if !monitored || node.line.answer(CONTRACTOR).is_some() {
            continue;
        }
        if !contractor_is_named(sheet, node.line, &rule.others) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CP-EM-002",
                    message: format!(
                        "{}: monitoring is ordered or varied, and no contractor is told",
                        definition.label
                    ),
                    hint: "Name the electronic monitoring contractor.".to_owned(),
                    field: Some(CONTRACTOR.to_owned()),
                },
            );
        }
    }
}

/// Curfew and exclusion are monitored electronically unless that is prevented or
/// inappropriate: paras 10 and 12.
fn monitoring(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-SCH9-10") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        if !sheet.has_at(node.line, &rule.others) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "SA2020-SCH9-10",
                    message: format!("{} has no electronic monitoring", definition.label),
                    hint: "Use the result with monitoring (for a curfew CURE), or be sure that it \
                           is prevented or inappropriate."
                        .to_owned(),
                    field: None,
                },
            );
        }
    }
}

/// Unpaid work imposed on one occasion, added together: para 2.
fn unpaid_work_together(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-SCH9-2") else {
        return;
    };
    for defendant in sheet.people() {
        let added: Vec<_> = sheet
            .of_person(defendant.id)
            .filter(|(node, own)| {
                let how = node.line.answer("additionalConcurrentToWhat");
                names(&rule.results, own)
                    && how.is_none_or(|text| !text.to_lowercase().contains("concurrent"))
            })
            .filter_map(|(node, own)| Some((node, period(own, node.line, "")?)))
            .collect();
        let Some((last, (key, _))) = added.last().filter(|_| added.len() > 1) else {
            continue;
        };
        let limit = sheet.limit("total unpaid work", last.line.offence);
        let hours = added.iter().map(|(_, (_, hours))| *hours);
        if let Some(total) = hours.reduce(Period::plus) {
            let total = (key.clone(), total);
            within(
                sheet,
                last.line,
                limit,
                &total,
                "Unpaid work of several orders together",
            );
        }
    }
}
