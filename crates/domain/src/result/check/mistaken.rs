//! What is typed for the wrong defendant: custody, bail and supervision for a company.

use super::{Found, Sheet};

/// Only a person can be held, let go or supervised.
pub(super) fn check(sheet: &mut Sheet<'_>) {
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
