//! What is typed for the wrong defendant: custody, bail and supervision for a company.

use super::{Found, Sheet};

/// Only a person can be held, let go or supervised.
pub(super) fn check(sheet: &mut Sheet<'_>) {
    const CODE: &str = "CP-BODY-001";
    let Some(rule) = sheet.rule(CODE) else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let defendant = sheet.defendant(node.line.defendant);
        if defendant.is_some_and(|own| own.organisation) {
            let found = Found {
                severity: rule.severity,
                code: CODE,
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
