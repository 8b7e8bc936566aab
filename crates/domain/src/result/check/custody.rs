//! Suspended sentences, and custody that should be suspended, against the limits of
//! the Acts (limits.csv). What magistrates may impose is in [`super::magistrates`].

use super::{
    Found, Sheet,
    sheet::{Known, names},
};
use crate::result::{FieldKind, Limit, Period, ResultDefinition, ResultLine};
use vocabulary::{DefendantId, OffenceId};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    suspended(sheet);
    suspended_together(sheet);
    beside_an_extended_sentence(sheet);
    short_custody(sheet);
    one_total(sheet);
}

/// Whoever is sentenced on one occasion has one total: one typed in each of two cases that are
/// heard together would stand on one warrant, and a prison could go by either.
fn one_total(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-TOTAL-001") else {
        return;
    };
    let mut totals: Vec<(DefendantId, String, Period)> = Vec::new();
    for (node, definition) in sheet.named(&rule.results) {
        let Some((key, total)) = period(definition, node.line, "total") else {
            continue;
        };
        let person = sheet.person(node.line.defendant);
        let of_theirs = |own: &&(DefendantId, String, Period)| {
            own.0 == person && own.1 == definition.code && own.2 != total
        };
        if let Some((_, _, first)) = totals.iter().find(of_theirs) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CP-TOTAL-001",
                    message: format!("Two totals are typed for one person: {first} and {total}"),
                    hint: "Keep one, of all terms of this hearing, in whichever case.".to_owned(),
                    field: Some(key),
                },
            );
        }
        totals.push((person, definition.code.clone(), total));
    }
}

/// The answer to the first period field whose label holds these words.
pub(super) fn period(
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
pub(super) fn within(
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
    sheet.citing(
        line,
        Some(limit.source.clone()),
        Found {
            severity: limit.severity,
            code: "LIMIT",
            message: format!("{what} is {period}; {bound}"),
            hint: "Correct the period.".to_owned(),
            field: Some(key.clone()),
        },
    );
}

/// The terms of one defendant that run one after the other, together: all but those
/// that are concurrent. None if nothing is typed.
pub(super) fn consecutive<'a>(
    lines: impl Iterator<Item = Known<'a>>,
    results: &[String],
) -> Option<Period> {
    lines
        .filter(|(node, own)| {
            names(results, own)
                && node
                    .line
                    .answer("concurrent")
                    .is_none_or(|text| text == "no")
        })
        .filter_map(|(node, own)| Some(period(own, node.line, "period")?.1))
        .reduce(Period::plus)
}

/// Of the offences on which these results are typed, the one convicted last: where
/// the law changed between two convictions, the later law is the wider one.
fn convicted_last(
    sheet: &Sheet<'_>,
    defendant: DefendantId,
    results: &[String],
) -> Option<OffenceId> {
    sheet
        .of_person(defendant)
        .filter(|(_, own)| names(results, own))
        .filter_map(|(node, _)| node.line.offence)
        .max_by_key(|id| sheet.convicted_on(Some(*id)))
}

/// Suspended sentences: Sentencing Act 2020 ss.264, 277, 288; Sentencing Act
/// 2026 s.2 for convictions from 22 March 2026.
fn suspended(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-277") else {
        return;
    };
    let total = sheet.rule("SA2020-277-TOTAL").map(|rule| rule.results);
    for (node, definition) in sheet.named(&rule.results) {
        // What is said of all terms together goes by the last conviction of them.
        let together = total.as_deref().is_some_and(|side| names(side, definition));
        let offence = node
            .line
            .offence
            .filter(|_| !together)
            .or_else(|| convicted_last(sheet, node.line.defendant, &rule.results));
        let Some(term) = period(definition, node.line, "period") else {
            continue;
        };
        if !together {
            let limit = sheet.limit("suspended term", offence);
            within(sheet, node.line, limit, &term, "The suspended term");
        }
        let held = period(definition, node.line, "suspended period");
        if let Some(held) = &held {
            // Only a term of more than two years allows the longer operational period.
            let long = sheet
                .limit("long suspended term", offence)
                .and_then(|limit| limit.min);
            let is_long = long.is_some_and(|min| term.1.longer_than(min, sheet.hearing.day));
            let name = if is_long {
                "operational period of a long term"
            } else {
                "operational period"
            };
            let limit = sheet.limit(name, offence);
            within(sheet, node.line, limit, held, "The operational period");
        }
        if let Some(watched) = period(definition, node.line, "supervision period") {
            let limit = sheet.limit("supervision period", offence);
            within(sheet, node.line, limit, &watched, "The supervision period");
            if let (Some(limit), Some((_, held))) = (limit, &held)
                && watched.1.longer_than(*held, sheet.hearing.day)
            {
                sheet.citing(
                    node.line,
                    Some(limit.source.clone()),
                    Found {
                        severity: limit.severity,
                        code: "LIMIT",
                        message: format!(
                            "The supervision period of {} is longer than the operational period \
                             of {held}",
                            watched.1
                        ),
                        hint: "Shorten the supervision period.".to_owned(),
                        field: Some(watched.0),
                    },
                );
            }
        }
    }
}

/// Suspended terms that run one after the other, together.
fn suspended_together(sheet: &mut Sheet<'_>) {
    let (Some(rule), Some(one)) = (sheet.rule("SA2020-277-TOTAL"), sheet.rule("SA2020-277")) else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let offence = convicted_last(sheet, node.line.defendant, &one.results);
        let limit = sheet.limit("total suspended term", offence);
        if let (Some(limit), Some(total)) = (limit, period(definition, node.line, "period")) {
            within(
                sheet,
                node.line,
                Some(limit),
                &total,
                "The total suspended term",
            );
        }
    }
}

/// No suspended sentence beside an extended or special custodial one: Sentencing Act
/// 2020 s.277(3A), for convictions from the day in limits.csv.
fn beside_an_extended_sentence(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-277-3A") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let barred = sheet.limit("extended sentence bars a suspended one", node.line.offence);
        let other = sheet
            .of_person(node.line.defendant)
            .find(|(_, own)| names(&rule.others, own));
        if let (Some(_), Some((_, other))) = (barred, other) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "SA2020-277-3A",
                    message: format!(
                        "{} cannot be suspended beside {}",
                        definition.label, other.label
                    ),
                    hint: format!("Pass another sentence, or remove {}.", other.code),
                    field: None,
                },
            );
        }
    }
}

/// A term of twelve months or less must be suspended unless there are exceptional
/// circumstances: Sentencing Act 2026 s.1 (ss.264A, 277A of the Code). Not where any
/// term, or terms one after the other, come to more.
fn short_custody(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2026-1") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let limit = sheet.limit("presumption to suspend", node.line.offence);
        let Some(max) = limit.and_then(|limit| limit.max) else {
            continue;
        };
        let Some((key, term)) = period(definition, node.line, "period") else {
            continue;
        };
        let day = sheet.hearing.day;
        let together = consecutive(sheet.of_person(node.line.defendant), &rule.results);
        let longer = sheet
            .of_person(node.line.defendant)
            .filter(|(_, own)| names(&rule.results, own))
            .filter_map(|(other, own)| Some(period(own, other.line, "period")?.1))
            .chain(together)
            .any(|own| own.longer_than(max, day));
        if !longer {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "SA2026-1",
                    message: format!(
                        "A term of {term} must be suspended unless there are exceptional \
                         circumstances"
                    ),
                    hint: "Use SUSPS, or announce the exception and write it among the reasons \
                           for the sentence."
                        .to_owned(),
                    field: Some(key),
                },
            );
        }
    }
}
