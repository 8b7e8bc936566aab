//! What may stand alone: every offence has a result, a result that only adds detail has
//! something to add it to (UI-SHARE-6), and whoever is held or committed comes back some day.

use super::{Finding, Found, Sheet};
use crate::result::{Category, CheckRule, Level, ResultDefinition};
use std::collections::HashSet;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    offences_without_result(sheet);
    ancillaries_alone(sheet);
    without_next_hearing(sheet);
}

fn offences_without_result(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("NO-RESULT") else {
        return;
    };
    // A direction may stand alone, but decides nothing of the offence; what may not stand alone is
    // said of its line.
    let alone = sheet.rule("UI-SHARE-6");
    let alone = alone.map(|rule| rule.others).unwrap_or_default();
    let decides = |own: &ResultDefinition| {
        let stands =
            own.category == Category::Ancillary && CheckRule::names(&alone, &own.code, &own.groups);
        !stands && !own.is_heading()
    };
    let known = sheet.known();
    let decided = known.iter().filter(|(_, own)| decides(own));
    let with: HashSet<_> = decided.filter_map(|(node, _)| node.line.offence).collect();
    for offence in sheet
        .hearing
        .offences
        .iter()
        .filter(|offence| !offence.already_disposed)
    {
        if with.contains(&offence.id) {
            continue;
        }
        sheet.push(Finding {
            line: None,
            defendant: offence.defendant,
            offence: Some(offence.id),
            severity: rule.severity,
            code: "NO-RESULT".to_owned(),
            message: format!("{} has no result", offence.title),
            hint: "Type a result for this offence, or adjourn it.".to_owned(),
            field: None,
            source: Some(rule.source.clone()),
        });
    }
}

fn ancillaries_alone(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("UI-SHARE-6") else {
        return;
    };
    let known = sheet.known();
    for (node, definition) in &known {
        if definition.category != Category::Ancillary
            || CheckRule::names(&rule.others, &definition.code, &definition.groups)
        {
            continue;
        }
        let stands = sheet.of(node.line.defendant).any(|(other, own)| {
            own.category != Category::Ancillary
                && (other.line.offence == node.line.offence
                    || definition.level != Level::Offence
                    || node.line.offence.is_none())
        });
        if !stands {
            sheet.on_line(node.line, Found {
                severity: rule.severity,
                code: "UI-SHARE-6",
                message: format!("{} only adds to another result, and there is none", definition.label),
                hint: "Add the final or intermediary result it belongs to, for example an adjournment (A).".to_owned(),
                field: None,
            });
        }
    }
}

/// Whoever is remanded or committed is before a court again: while none is named, nobody lists
/// the case and nobody brings the defendant.
fn without_next_hearing(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("CP-NEXT-001") else {
        return;
    };
    // Each defendant is asked about once, however many lines there are.
    let mut asked = HashSet::new();
    for (node, definition) in sheet.named(&rule.results) {
        let defendant = node.line.defendant;
        if !asked.insert(defendant) {
            continue;
        }
        let named = sheet
            .of(defendant)
            .any(|(_, own)| own.in_group("Next hearing") && !own.is_heading());
        if !named {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "CP-NEXT-001",
                    message: format!("{} stands without a next hearing", definition.label),
                    hint: "Add the next hearing (NHMC or NHCCS), with its day or to be fixed."
                        .to_owned(),
                    field: None,
                },
            );
        }
    }
}
