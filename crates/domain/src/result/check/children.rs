//! Results that belong under others: mandatory ones present, exactly one or at
//! least one where the catalogue says so (UI-SHARE-3 and 4). A heading, which
//! has nothing to answer, is present as soon as anything under it is; what is
//! ordered once for the defendant serves every offence. Unpublished results are
//! never asked for.

use super::{Found, Sheet};
use crate::result::{ChildRule, ResultDefinition, ResultLine, Rule, Unanswered};
use std::collections::BTreeSet;
use vocabulary::Severity;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    for (node, definition) in sheet.known() {
        under(sheet, definition, definition, node.line, 0);
    }
}

/// Checks what belongs under `heading`, which stands (really or in effect)
/// under the result `of` typed in `line`.
fn under(
    sheet: &mut Sheet<'_>,
    of: &ResultDefinition,
    heading: &ResultDefinition,
    line: &ResultLine,
    depth: u8,
) {
    if depth > 4 {
        return;
    }
    let catalogue = sheet.catalogue;
    let children: Vec<(&ChildRule, Option<&ResultDefinition>)> =
        catalogue.children(heading, sheet.hearing.day).collect();
    for (rule, child) in &children {
        let Some(child) = child else { continue };
        let there = present(sheet, child, line, 0);
        if rule.rule == Rule::Mandatory && !there {
            missing(sheet, of, &[child], line, Rule::Mandatory, false);
        }
        // A heading that was not typed itself still says what it needs.
        if there && child.is_heading() {
            under(sheet, of, child, line, depth + 1);
        }
    }
    for rule in [Rule::OneOf, Rule::AtLeastOneOf] {
        let group: Vec<_> = children
            .iter()
            .filter(|(own, _)| own.rule == rule)
            .collect();
        let unpublished = group.iter().any(|(_, child)| child.is_none());
        let known: Vec<&ResultDefinition> = group.iter().filter_map(|(_, child)| *child).collect();
        let given: BTreeSet<&str> = known
            .iter()
            .filter(|child| present(sheet, child, line, 0))
            .map(|child| child.code.as_str())
            .collect();
        match (known.len(), given.len(), rule) {
            (0, ..) | (_, 1, _) => {}
            (_, 0, _) => missing(sheet, of, &known, line, rule, unpublished),
            (_, _, Rule::OneOf) => {
                let codes = given.into_iter().collect::<Vec<_>>().join(" and ");
                sheet.on_line(
                    line,
                    Found {
                        severity: Severity::Blocks,
                        code: "UI-SHARE-3",
                        message: format!("{}: {codes} exclude each other", of.label),
                        hint: "Keep one of them and remove the others.".to_owned(),
                        field: None,
                    },
                );
            }
            _ => {}
        }
    }
}

/// Is the result, or something under it if it is a heading, typed for this
/// defendant and offence?
fn present(sheet: &Sheet<'_>, wanted: &ResultDefinition, line: &ResultLine, depth: u8) -> bool {
    sheet.serves(&wanted.code, line)
        || wanted.is_heading()
            && depth < 5
            && sheet
                .catalogue
                .children(wanted, sheet.hearing.day)
                .filter_map(|(_, child)| child)
                .any(|child| present(sheet, child, line, depth + 1))
}

fn missing(
    sheet: &mut Sheet<'_>,
    of: &ResultDefinition,
    wanted: &[&ResultDefinition],
    line: &ResultLine,
    rule: Rule,
    unpublished: bool,
) {
    if wanted
        .iter()
        .any(|own| own.unanswered == Unanswered::MeansNo)
    {
        return;
    }
    let soft = unpublished || wanted.iter().any(|own| own.unanswered == Unanswered::Warns);
    let names = choices(sheet, wanted);
    let (message, hint) = match rule {
        Rule::Mandatory if wanted.len() == 1 => {
            let label = wanted[0].label.trim_end_matches('?');
            (
                format!("{} needs {label}", of.label),
                format!("Add {names}."),
            )
        }
        Rule::OneOf => (
            format!("{} needs exactly one of {names}", of.label),
            format!("Add one of {names}."),
        ),
        _ => (
            format!("{} needs at least one of {names}", of.label),
            format!("Add one or more of {names}."),
        ),
    };
    sheet.on_line(
        line,
        Found {
            severity: if soft {
                Severity::Warns
            } else {
                Severity::Blocks
            },
            code: if rule == Rule::Mandatory {
                "UI-SHARE-4"
            } else {
                "UI-SHARE-3"
            },
            message,
            hint,
            field: None,
        },
    );
}

/// What can be typed: codes of results, headings opened.
fn choices(sheet: &Sheet<'_>, wanted: &[&ResultDefinition]) -> String {
    let mut codes: Vec<String> = Vec::new();
    let mut open: Vec<(&ResultDefinition, u8)> = wanted.iter().map(|own| (*own, 0)).collect();
    open.reverse();
    while let Some((own, depth)) = open.pop() {
        if own.is_heading() && depth < 4 {
            let mut below: Vec<_> = sheet
                .catalogue
                .children(own, sheet.hearing.day)
                .filter_map(|(_, child)| Some((child?, depth + 1)))
                .collect();
            below.reverse();
            open.extend(below);
        } else if !codes.contains(&own.code) {
            codes.push(own.code.clone());
        }
    }
    let more = codes.len().saturating_sub(8);
    codes.truncate(8);
    let list = codes.join(", ");
    if more > 0 {
        format!("{list} … ({more} more)")
    } else {
        list
    }
}
