//! An interim order against somebody who is not in court: it has no effect unless they are
//! handed a document of it within five business days (Criminal Procedure Rules r.31.2). Nobody
//! here sees it handed over: this says until when, to whoever must see to it.

use super::{Found, Sheet};
use vocabulary::Attendance;

/// Business days after the day on which the order is made: Criminal Procedure Rules r.31.2.
const DAYS: u32 = 5;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CRIMPR-31.2") else {
        return;
    };
    let last = sheet
        .catalogue
        .law
        .working_days_after(sheet.hearing.day, DAYS)
        .in_words();
    for (node, definition) in sheet.named(&rule.results) {
        let Some(defendant) = sheet.defendant(node.line.defendant) else {
            continue;
        };
        let was = match defendant.attendance {
            Some(Attendance::InPerson | Attendance::ByVideo) => continue,
            Some(Attendance::NotPresent) => "is not in court",
            None => "is not recorded as being in court",
        };
        sheet.on_line(
            node.line,
            Found {
                severity: rule.severity,
                code: "CRIMPR-31.2",
                message: format!(
                    "{} {was}: {} has no effect unless a document of it is handed to them by {last}",
                    defendant.name, definition.label
                ),
                hint: "Have it handed over in person by that day, since a letter is not enough; \
                       or record that they attend."
                    .to_owned(),
                field: None,
            },
        );
    }
}
