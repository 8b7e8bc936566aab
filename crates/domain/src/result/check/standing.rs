//! What may stand alone: every offence has a result, and a result that only
//! adds detail has something to add it to (UI-SHARE-6).

use super::{Finding, Found, Sheet};
use crate::result::{Category, CheckRule, Level};
use std::collections::HashSet;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    offences_without_result(sheet);
    ancillaries_alone(sheet);
}

fn offences_without_result(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("NO-RESULT") else {
        return;
    };
    let with: HashSet<_> = sheet
        .tree
        .nodes
        .iter()
        .filter_map(|node| node.line.offence)
        .collect();
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
