//! What is typed for the wrong defendant or the wrong offence: custody, bail and
//! supervision for a company, and an end without sentence where guilt is recorded.

use super::{Found, Sheet};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    for_a_person(sheet);
    guilt_recorded(sheet);
}

/// Only a person can be held, let go or supervised.
fn for_a_person(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-BODY-001") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let defendant = sheet.defendant(node.line.defendant);
        if defendant.is_some_and(|own| own.organisation) {
            let found = Found {
                severity: rule.severity,
                code: "CP-BODY-001",
                message: format!(
                    "{} is for a person, and this is a company",
                    definition.label
                ),
                hint: format!(
                    "Remove {}, or type it for the right defendant.",
                    definition.code
                ),
                field: None,
            };
            sheet.on_line(node.line, found);
        }
    }
}

/// An offence that was admitted or proved, and ends as if it had not been: it happens, where
/// a plea is vacated or a conviction set aside, and more often the line was meant for another.
fn guilt_recorded(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-PLEA-001") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let Some(offence) = sheet.offence(node.line.offence) else {
            continue;
        };
        if !sheet.guilty(offence) {
            continue;
        }
        let found = Found {
            severity: rule.severity,
            code: "CP-PLEA-001",
            message: format!(
                "{} ends {} without a sentence, and guilt is recorded for it",
                definition.label, offence.title
            ),
            hint: "If the plea was vacated or the conviction set aside, enter that first; \
                   otherwise look whether the line is meant for another offence."
                .to_owned(),
            field: None,
        };
        sheet.on_line(node.line, found);
    }
}
