//! How old somebody is for a result (age_rules.csv): on the day of conviction, of the
//! offence or of the hearing, as the Act says. Whose date of birth is not known is
//! not judged. That nobody under 21 is imprisoned is the published validator's.

use super::{Found, Sheet};
use crate::result::DecidedBy;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let catalogue = sheet.catalogue;
    let day = sheet.hearing.day;
    for rule in catalogue.law.ages.iter().filter(|own| own.asked.on(day)) {
        for (node, definition) in sheet.named(&rule.results) {
            let Some(defendant) = sheet.defendant(node.line.defendant) else {
                continue;
            };
            let day = sheet.decides(rule.on, node.line.offence);
            let (Some(born), Some(day)) = (defendant.date_of_birth, day) else {
                continue;
            };
            let age = born.years_until(day);
            let ages = match (rule.min, rule.max) {
                (Some(min), _) if age < min => format!("from {min}"),
                (_, Some(max)) if age > max => format!("up to {max}"),
                _ => continue,
            };
            let (when, was) = match rule.on {
                DecidedBy::Offence => ("on the day of the offence", "was"),
                DecidedBy::Conviction => ("when convicted", "was"),
                DecidedBy::Order => ("on the day of the hearing", "is"),
            };
            sheet.citing(
                node.line,
                Some(rule.source.clone()),
                Found {
                    severity: rule.severity,
                    code: &rule.id,
                    message: format!(
                        "{} is for those aged {ages} {when}; {} {was} {age}",
                        definition.label, defendant.name
                    ),
                    hint: rule.hint.clone(),
                    field: None,
                },
            );
        }
    }
}
