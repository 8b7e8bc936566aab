//! What a magistrates' court may impose: for one offence (Sentencing Act 2020 s.224),
//! at least (Magistrates' Courts Act 1980 s.132), one term after the other (s.133),
//! and never more than the offence itself allows. Committing somebody to the Crown
//! Court is no sentence and is not limited here.

use super::{
    Found, Sheet,
    custody::{consecutive, period, within},
    sheet::names,
};
use crate::result::{Limit, Penalty, Period};
use std::collections::BTreeSet;
use vocabulary::{Jurisdiction, OffenceId};

const SUMMARY: &str = "magistrates' custody, summary offence";
const EITHER_WAY: &str = "magistrates' custody, either way offence";

pub(super) fn check(sheet: &mut Sheet<'_>) {
    least_detention(sheet);
    if sheet.hearing.jurisdiction == Jurisdiction::Magistrates {
        one_offence(sheet);
        least_imprisonment(sheet);
        the_offence_itself(sheet);
        one_after_the_other(sheet);
    }
}

fn power<'a>(sheet: &Sheet<'a>, offence: Option<OffenceId>) -> Option<&'a Limit> {
    let summary = sheet.offence(offence)?.mode_of_trial == "Summary";
    sheet.limit(if summary { SUMMARY } else { EITHER_WAY }, offence)
}

fn one_offence(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-224") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let limit = power(sheet, node.line.offence);
        if let Some(term) = period(definition, node.line, "period") {
            within(sheet, node.line, limit, &term, "The term for one offence");
        }
    }
}

fn least_imprisonment(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("MCA1980-132") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let limit = sheet.limit("magistrates' least imprisonment", node.line.offence);
        if let Some(term) = period(definition, node.line, "period") {
            within(sheet, node.line, limit, &term, "The term");
        }
    }
}

/// In either court.
fn least_detention(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-263") else {
        return;
    };
    let name = "least detention in a young offender institution";
    for (node, definition) in sheet.named(&rule.results) {
        let limit = sheet.limit(name, node.line.offence);
        if let Some(term) = period(definition, node.line, "period") {
            within(sheet, node.line, limit, &term, "The term");
        }
    }
}

/// A summary offence has its own maximum, and some are not punished with custody at
/// all. What the offence data says of either way offences follows the general limit,
/// and is not asked.
fn the_offence_itself(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("OFFENCE-MAX") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let offence = sheet.offence(node.line.offence);
        let Some(offence) = offence.filter(|own| own.mode_of_trial == "Summary") else {
            continue;
        };
        let penalty = Penalty::read(offence.max_penalty.as_deref().unwrap_or_default());
        let term = period(definition, node.line, "period");
        let message = match (penalty.imprisonment, penalty.fine, &term) {
            (Some(most), _, Some((_, term))) if term.longer_than(most, sheet.hearing.day) => {
                format!(
                    "The term is {term}; the most for {} is {most}",
                    offence.title
                )
            }
            (None, Some(_), _) => format!("{} is not punished with custody", offence.title),
            _ => continue,
        };
        sheet.on_line(
            node.line,
            Found {
                severity: rule.severity,
                code: "OFFENCE-MAX",
                message,
                hint: "Check the Act that makes the offence.".to_owned(),
                field: term.map(|(key, _)| key),
            },
        );
    }
}

/// Terms one after the other: not more than the longest that one of the offences
/// allows, or twelve months for several either way offences.
fn one_after_the_other(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("MCA1980-133") else {
        return;
    };
    let day = sheet.hearing.day;
    for defendant in sheet.people() {
        let terms: Vec<_> = sheet
            .of_person(defendant.id)
            .filter(|(_, own)| names(&rule.results, own))
            .collect();
        let Some((last, _)) = terms.last().filter(|_| terms.len() > 1) else {
            continue;
        };
        let Some(total) = consecutive(terms.iter().copied(), &rule.results) else {
            continue;
        };
        let offences: BTreeSet<OffenceId> = terms
            .iter()
            .filter_map(|(node, _)| node.line.offence)
            .collect();
        let either_way = offences
            .iter()
            .filter_map(|id| sheet.offence(Some(*id)))
            .filter(|own| own.mode_of_trial != "Summary")
            .count();
        let several = (either_way > 1)
            .then(|| {
                let name = "magistrates' consecutive terms, several either way offences";
                sheet.limit(name, None)?.max
            })
            .flatten();
        let most = offences
            .iter()
            .filter_map(|id| power(sheet, Some(*id))?.max)
            .chain(several)
            .reduce(|one, other| longer(one, other, day));
        if let Some(most) = most.filter(|most| total.longer_than(*most, day)) {
            sheet.on_line(
                last.line,
                Found {
                    severity: rule.severity,
                    code: "MCA1980-133",
                    message: format!(
                        "{}: the terms one after the other come to {total}; the most is {most}",
                        defendant.name
                    ),
                    hint: "Shorten a term, let terms run concurrently, or commit for sentence."
                        .to_owned(),
                    field: None,
                },
            );
        }
    }
}

fn longer(one: Period, other: Period, day: vocabulary::Day) -> Period {
    if other.longer_than(one, day) {
        other
    } else {
        one
    }
}
