//! Requirements of community orders and suspended sentences, and other periods, within
//! Sch.9 to the Sentencing Act 2020: how long, from which conviction, which not
//! together. The numbers and days are in limits.csv; a limit named after a result's
//! code bounds its period.

use super::{
    Found, Sheet,
    custody::{period, within},
    sheet::names,
};
use crate::result::Period;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    periods(sheet);
    availability(sheet);
    punishment(sheet);
    alcohol(sheet);
    exclusion(sheet);
    monitoring(sheet);
    contractor(sheet);
    unpaid_work_together(sheet);
}

fn periods(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        let name = format!("period of {}", definition.code);
        let limit = sheet.limit(&name, node.line.offence);
        if let (Some(limit), Some(given)) = (limit, period(definition, node.line, "")) {
            within(sheet, node.line, Some(limit), &given, &definition.label);
        }
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
        if let Some(given) = period(definition, node.line, "") {
            within(sheet, node.line, limit, &given, &definition.label);
        }
    }
}

/// Where a tag is ordered by a result that names no contractor, another must name one.
fn contractor(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-EM-001") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let mut of_theirs = sheet.of(node.line.defendant);
        let told = of_theirs.any(|(own, other)| {
            names(&rule.others, other) && super::same_target(own.line, node.line)
        });
        drop(of_theirs);
        if !told {
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
