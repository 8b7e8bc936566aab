//! Days in default of payment against the tables of the longest terms: Magistrates'
//! Courts Act 1980 Sch.4, and Sentencing Act 2020 s.129 in the Crown Court. The terms
//! are rows of `default_days.csv`. The tables speak of each sum and payment terms of a
//! defendant's whole account, so that a longer number may be right as several terms:
//! this warns and never blocks, and proposes nothing, since the court fixes the term.

use super::{Found, Sheet, money::sum};
use crate::result::{Period, Unit};
use vocabulary::{DefendantId, Jurisdiction, Pence, Severity};

/// The answer that is the number of days.
const DAYS: &str = "DID";

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let (code, scale) = match sheet.hearing.jurisdiction {
        Jurisdiction::Magistrates => ("MCA1980-SCH4", "magistrates_schedule_4"),
        Jurisdiction::Crown => ("SA2020-129", "crown_term_in_default"),
    };
    let Some(rule) = sheet.rule(code) else { return };
    for (node, definition) in sheet.named(&rule.results) {
        let days = node
            .line
            .answer(DAYS)
            .and_then(|text| text.trim().parse().ok());
        let ordered = ordered(sheet, node.line.defendant, &rule.others);
        let (Some(days), true) = (days, ordered.0 > 0) else {
            continue;
        };
        let Some(row) = sheet.catalogue.law.default_term(scale, ordered) else {
            continue;
        };
        // A term of months is longer or shorter by the day on which it begins.
        if !Period::of(days, Unit::Days).longer_than(row.term, sheet.hearing.day) {
            continue;
        }
        let unconfirmed = if row.verified { "" } else { " (not confirmed)" };
        sheet.citing(
            node.line,
            Some(row.source.clone()),
            Found {
                severity: Severity::Warns,
                code,
                message: format!(
                    "{}: {days} days in default of {ordered}; the longest term for one sum of \
                     that much is {}{unconfirmed}",
                    definition.label, row.term
                ),
                hint: "Correct the number of days, or be sure that they are several terms, one \
                       after another."
                    .to_owned(),
                field: Some(DAYS.to_owned()),
            },
        );
    }
}

/// What this defendant is ordered to pay today, all together.
fn ordered(sheet: &Sheet<'_>, defendant: DefendantId, results: &[String]) -> Pence {
    let person = sheet.person(defendant);
    let pays = sheet
        .named(results)
        .into_iter()
        .filter(|(node, _)| sheet.person(node.line.defendant) == person)
        .filter_map(|(node, definition)| sum(definition, node.line))
        .map(|(_, sum)| sum.0);
    Pence(pays.fold(0, i64::saturating_add))
}
