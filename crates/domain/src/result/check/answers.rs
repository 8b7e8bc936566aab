//! Prompts: mandatory ones answered, each answer readable and within its
//! bounds, exactly one or at least one where the catalogue says so
//! (HMCTS hearing UI, checks UI-SHARE-1 to 3).

use super::{Found, Sheet};
use crate::result::{Field, ResultDefinition, ResultLine, Rule, answered, over, problems};
use vocabulary::Severity;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    for node in sheet.tree.nodes.clone() {
        let line = node.line;
        let Some(definition) = node.definition else {
            sheet.on_line(
                line,
                Found {
                    severity: Severity::Blocks,
                    code: "UI-SHARE-1",
                    message: "This line is no result of the catalogue".to_owned(),
                    hint: "Type its code again and choose a result from the list.".to_owned(),
                    field: None,
                },
            );
            continue;
        };
        if !definition.valid_on(sheet.hearing.day)
            || !definition.made_by(sheet.hearing.jurisdiction)
        {
            sheet.on_line(
                line,
                Found {
                    severity: Severity::Blocks,
                    code: "UI-SHARE-1",
                    message: format!(
                        "{} ({}) cannot be ordered here today",
                        definition.label, definition.code
                    ),
                    hint:
                        "Remove the line and type the code again: the list holds today's results."
                            .to_owned(),
                    field: None,
                },
            );
        }
        let asked: Vec<&Field> = definition
            .fields
            .iter()
            .filter(|field| field.asked_in(sheet.hearing.jurisdiction))
            .collect();
        each(sheet, definition, line, &asked);
        one_of(sheet, definition, line, &asked);
    }
}

fn each(sheet: &mut Sheet<'_>, definition: &ResultDefinition, line: &ResultLine, asked: &[&Field]) {
    for field in asked {
        if field.rule == Rule::Mandatory && !answered(field, line) {
            sheet.on_line(
                line,
                Found {
                    severity: Severity::Blocks,
                    code: "UI-SHARE-2",
                    message: format!("{}: {} is missing", definition.label, field.label),
                    hint: format!("Answer \"{}\".", field.label),
                    field: field.references().next().map(str::to_owned),
                },
            );
        }
        let over = over(field, line, sheet.hearing.day).map(|problem| (field.key.clone(), problem));
        for (key, problem) in problems(field, line).into_iter().chain(over) {
            sheet.on_line(
                line,
                Found {
                    severity: Severity::Blocks,
                    code: "UI-SHARE-2",
                    message: format!("{}: {}", definition.label, problem.message),
                    hint: problem.hint,
                    field: Some(key),
                },
            );
        }
    }
}

fn one_of(
    sheet: &mut Sheet<'_>,
    definition: &ResultDefinition,
    line: &ResultLine,
    asked: &[&Field],
) {
    for rule in [Rule::OneOf, Rule::AtLeastOneOf] {
        let group: Vec<&&Field> = asked.iter().filter(|field| field.rule == rule).collect();
        if group.is_empty() {
            continue;
        }
        let given: Vec<&str> = group
            .iter()
            .filter(|field| answered(field, line))
            .map(|field| field.label.as_str())
            .collect();
        let names = group
            .iter()
            .map(|field| format!("\"{}\"", field.label))
            .collect::<Vec<_>>();
        let (message, hint) = match (given.len(), rule) {
            (0, Rule::OneOf) => (
                "one answer is missing".to_owned(),
                format!("Answer one of {}.", names.join(", ")),
            ),
            (0, _) => (
                "an answer is missing".to_owned(),
                format!("Answer at least one of {}.", names.join(", ")),
            ),
            (1, _) | (_, Rule::AtLeastOneOf) => continue,
            (many, _) => (
                format!("{many} answers exclude each other: {}", given.join(", ")),
                "Keep one of them and clear the others.".to_owned(),
            ),
        };
        sheet.on_line(
            line,
            Found {
                severity: Severity::Blocks,
                code: "UI-SHARE-3",
                message: format!("{}: {message}", definition.label),
                hint,
                field: group
                    .first()
                    .and_then(|field| field.references().next())
                    .map(str::to_owned),
            },
        );
    }
}
