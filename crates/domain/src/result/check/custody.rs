//! Custodial terms, suspended sentences and requirements against the limits of
//! the Acts, chosen by the day of conviction (limits.csv).

use super::{Found, Sheet};
use crate::result::{FieldKind, Limit, Period, ResultDefinition, ResultLine};
use vocabulary::Jurisdiction;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    suspended(sheet);
    short_custody(sheet);
    magistrates_power(sheet);
    requirements(sheet);
    punishment(sheet);
}

/// The answer to the first period field whose label holds these words.
fn period(
    definition: &ResultDefinition,
    line: &ResultLine,
    words: &str,
) -> Option<(String, Period)> {
    definition.fields.iter().find_map(|field| {
        let fits = matches!(field.kind, FieldKind::Duration { .. })
            && field.label.to_lowercase().contains(words);
        let text = fits.then(|| line.answer(&field.key))??;
        Some((field.key.clone(), Period::parse(text, None)?))
    })
}

/// Says if a period is outside its limit.
fn within(
    sheet: &mut Sheet<'_>,
    line: &ResultLine,
    limit: Option<&Limit>,
    (key, period): &(String, Period),
    what: &str,
) {
    let Some(limit) = limit else { return };
    let from = sheet.hearing.day;
    let bound = match (limit.min, limit.max) {
        (Some(min), _) if min.longer_than(*period, from) => format!("the least is {min}"),
        (_, Some(max)) if period.longer_than(max, from) => format!("the most is {max}"),
        _ => return,
    };
    sheet.on_line(
        line,
        Found {
            severity: limit.severity,
            code: "LIMIT",
            message: format!("{what} is {period}; {bound}"),
            hint: format!("Correct the period ({}).", limit.source),
            field: Some(key.clone()),
        },
    );
}

/// Suspended sentences: Sentencing Act 2020 ss.264, 277, 288; Sentencing Act
/// 2026 s.2 for convictions from 22 March 2026.
fn suspended(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-277") else {
        return;
    };
    let law = &sheet.catalogue.law;
    for (node, definition) in sheet.named(&rule.results) {
        let convicted = sheet.convicted_on(node.line.offence);
        let Some(term) = period(definition, node.line, "period") else {
            continue;
        };
        within(
            sheet,
            node.line,
            law.limit("suspended term", convicted),
            &term,
            "The suspended term",
        );
        if let Some(held) = period(definition, node.line, "suspended period") {
            // Only a term of more than two years allows the longer operational period.
            let long = law
                .limit("long suspended term", convicted)
                .and_then(|limit| limit.min);
            let is_long = long.is_some_and(|min| term.1.longer_than(min, sheet.hearing.day));
            let name = if is_long {
                "operational period of a long term"
            } else {
                "operational period"
            };
            within(
                sheet,
                node.line,
                law.limit(name, convicted),
                &held,
                "The operational period",
            );
        }
    }
}

/// A term of twelve months or less must be suspended unless there are
/// exceptional circumstances: Sentencing Act 2026 s.1 (ss.264A, 277A of the Code).
fn short_custody(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2026-1") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let convicted = sheet.convicted_on(node.line.offence);
        let Some(limit) = sheet
            .catalogue
            .law
            .limit("presumption to suspend", convicted)
        else {
            continue;
        };
        let Some((key, term)) = period(definition, node.line, "period") else {
            continue;
        };
        if limit
            .max
            .is_some_and(|max| !term.longer_than(max, sheet.hearing.day))
        {
            sheet.on_line(node.line, Found {
                severity: rule.severity,
                code: "SA2026-1",
                message: format!("A term of {term} must be suspended unless there are exceptional circumstances"),
                hint: "Use SUSPS, or be sure that the exception is announced and recorded (Sentencing Act 2026 s.1).".to_owned(),
                field: Some(key),
            });
        }
    }
}

/// What magistrates may impose for one offence: Sentencing Act 2020 s.224.
fn magistrates_power(sheet: &mut Sheet<'_>) {
    if sheet.hearing.jurisdiction != Jurisdiction::Magistrates {
        return;
    }
    let Some(rule) = sheet.rule("SA2020-224") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let Some(offence) = sheet.offence(node.line.offence) else {
            continue;
        };
        let name = if offence.mode_of_trial == "Summary" {
            "magistrates' custody, summary offence"
        } else {
            "magistrates' custody, either way offence"
        };
        let convicted = sheet.convicted_on(node.line.offence);
        let Some(term) = period(definition, node.line, "imprisonment period") else {
            continue;
        };
        within(
            sheet,
            node.line,
            sheet.catalogue.law.limit(name, convicted),
            &term,
            "The term for one offence",
        );
    }
}

/// Requirements within Sch.9 to the Sentencing Act 2020, and other periods: a
/// limit named after a result's code bounds its period.
fn requirements(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        let convicted = sheet.convicted_on(node.line.offence);
        let name = format!("period of {}", definition.code);
        let Some(limit) = sheet.catalogue.law.limit(&name, convicted) else {
            continue;
        };
        if let Some(given) = period(definition, node.line, "") {
            within(sheet, node.line, Some(limit), &given, &definition.label);
        }
    }
}

/// A community order holds at least one requirement (s.200), and one for
/// punishment unless a fine is added or it would be unjust (s.208(10), (11)).
fn punishment(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-208") else {
        return;
    };
    let requirements = sheet.named(&rule.others);
    for (order, definition) in sheet.named(&rule.results) {
        if !requirements
            .iter()
            .any(|(node, _)| super::same_target(node.line, order.line))
        {
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
