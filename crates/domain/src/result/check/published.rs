//! The rules of the published validator, asked of what was typed here: the lines
//! become a draft as the validator knows it, and its issues become findings at
//! their lines. The rules themselves are in [`crate::validator`].

use super::{Found, OffenceInHearing, Sheet, dates::dated};
use crate::{
    result::{Level, Node, ResultDefinition, ResultLine},
    validator::{DatesOf, Draft, DraftDefendant, DraftLine, DraftOffence, Kind, validate},
};
use vocabulary::Day;

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
            let definition = known[own.line].1;
            sheet.on_line(
                known[own.line].0.line,
                Found {
                    severity: issue.severity,
                    code: &issue.id,
                    message: own.message,
                    hint: own.hint,
                    field: own.field.map(|field| asked_here(definition, field)),
                },
            );
        }
    }
}

fn defendant(own: &super::DefendantInHearing) -> DraftDefendant {
    DraftDefendant {
        id: own.id.to_string(),
        master: Some(own.person.to_string()),
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
        // As DR-CTL-003 reads it: one that is set and still runs.
        has_time_limit: own.time_limit.is_some_and(|set| set.holds(own.sent_on)),
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
    for dates in dates_of(sheet, definition) {
        answers.extend(as_published(definition, typed, dates, sheet.hearing.day));
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

/// Where the published rules look for the days of this result.
fn dates_of<'a>(
    sheet: &Sheet<'a>,
    definition: &ResultDefinition,
) -> impl Iterator<Item = &'a DatesOf> {
    let rules = sheet.catalogue.law.validator.iter();
    rules.filter_map(|rule| rule.dates_of(&definition.code))
}

/// Days that this catalogue keeps under another reference than the published format:
/// the first and the last one, by the words of the question. Without a first day a
/// requirement starts on the day it is made.
fn as_published(
    definition: &ResultDefinition,
    typed: &ResultLine,
    dates: &DatesOf,
    today: Day,
) -> Vec<(String, String)> {
    let other = |reference: &str, begins: &str| {
        let field = dated(definition, begins).filter(|_| typed.answer(reference).is_none());
        let text = field.and_then(|field| typed.answer(&field.key).map(str::to_owned));
        text.map(|text| (reference.to_owned(), text))
    };
    let mut all: Vec<(String, String)> = other(&dates.end, "end date").into_iter().collect();
    if let Some(start) = dates
        .start
        .as_deref()
        .filter(|own| typed.answer(own).is_none())
    {
        let found = other(start, "start date");
        all.push(found.unwrap_or_else(|| (start.to_owned(), today.to_string())));
    }
    all
}

/// The question of this catalogue that a published reference means.
fn asked_here(definition: &ResultDefinition, published: String) -> String {
    let asked = definition.fields.iter().any(|field| field.key == published);
    let ends = published
        .starts_with("end")
        .then(|| dated(definition, "end date"));
    match ends.flatten().filter(|_| !asked) {
        Some(field) => field.key,
        None => published,
    }
}
