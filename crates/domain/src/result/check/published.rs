//! The rules of the published validator, asked of what was typed here: the lines
//! become a draft as the validator knows it, and its issues become findings at
//! their lines. The rules themselves are in [`crate::validator`].

use super::{Found, OffenceInHearing, Sheet};
use crate::{
    result::{Level, Node, ResultDefinition},
    validator::{Draft, DraftDefendant, DraftLine, DraftOffence, Kind, START, validate},
};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let known = sheet.known();
    let draft = Draft {
        day: sheet.hearing.day,
        lines: known
            .iter()
            .map(|(node, definition)| line(sheet, *node, definition))
            .collect(),
        defendants: sheet.hearing.defendants.iter().map(defendant).collect(),
        offences: sheet
            .hearing
            .offences
            .iter()
            .map(|own| offence(sheet, own))
            .collect(),
    };
    let mut rules = sheet.catalogue.law.validator.clone();
    for rule in &mut rules {
        // A suspended sentence has requirements too: here a period is checked
        // wherever the requirement stands.
        if rule.kind == Kind::EndMissesPeriod {
            rule.others.clear();
        }
    }
    for issue in validate(&rules, &draft).issues {
        for own in issue.affected {
            sheet.on_line(
                known[own.line].0.line,
                Found {
                    severity: issue.severity,
                    code: &issue.id,
                    message: own.message,
                    hint: own.hint,
                    field: own.field.map(str::to_owned),
                },
            );
        }
    }
}

fn defendant(own: &super::DefendantInHearing) -> DraftDefendant {
    DraftDefendant {
        id: own.id.to_string(),
        // Nobody is before one hearing under two ids.
        master: Some(own.id.to_string()),
        name: own.name.clone(),
        born: own.date_of_birth,
    }
}

fn offence(sheet: &Sheet<'_>, own: &OffenceInHearing) -> DraftOffence {
    let law = &sheet.catalogue.law;
    let admitted = own
        .plea
        .as_ref()
        .is_some_and(|plea| law.guilty_pleas.contains(plea));
    let found = own
        .verdict
        .as_ref()
        .is_some_and(|verdict| verdict.starts_with("GUILTY"));
    DraftOffence {
        id: own.id.to_string(),
        code: own.code.clone(),
        title: own.title.clone(),
        has_time_limit: false,
        convicted: admitted || found || own.convicted_on.is_some(),
    }
}

fn line(sheet: &Sheet<'_>, node: Node<'_>, definition: &ResultDefinition) -> DraftLine {
    let typed = node.line;
    let mut answers: Vec<(String, String)> = typed
        .answers
        .iter()
        .map(|(key, text)| (key.clone(), text.clone()))
        .collect();
    // Without a start date a requirement starts on the day it is made.
    if !START.iter().any(|key| typed.answer(key).is_some()) {
        answers.push((START[1].to_owned(), sheet.hearing.day.to_string()));
    }
    DraftLine {
        code: definition.code.clone(),
        label: definition.label.clone(),
        defendant: typed.defendant.to_string(),
        offence: typed
            .offence
            .filter(|_| definition.level == Level::Offence)
            .map(|own| own.to_string()),
        category: Some(definition.category),
        concurrent: typed.answer("concurrent").is_some_and(|text| text != "no"),
        consecutive: typed.answer("consecutiveToOffenceNumber").is_some(),
        answers,
    }
}
