//! The published answer: errors block the sharing of results, warnings do not.

use domain::validator::{Affected, Issue, Reach, Verdict};
use serde::Serialize;
use std::time::Duration;
use uuid::Uuid;
use vocabulary::{Instant, Severity};

/// What is answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    validation_id: String,
    timestamp: Instant,
    mode: &'static str,
    is_valid: bool,
    rules_evaluated: &'a [String],
    errors: Errors<'a>,
    warnings: Vec<Told<'a>>,
    processing_time_ms: u64,
}

/// What blocks: in sentences for a person, and each issue for a program.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Errors<'a> {
    error_messages: Vec<String>,
    validation_issues: Vec<Told<'a>>,
}

/// One issue. The published interface has neither its condition nor a sentence and a
/// hint of its own: they are added for whoever reads them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition_id: Option<&'a str>,
    severity: &'static str,
    validation_level: &'static str,
    message: String,
    hint: &'a str,
    affected_result_codes: &'a [String],
    affected_offences: Vec<OnOffence<'a>>,
    affected_defendants: Vec<OnDefendant<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OnOffence<'a> {
    offence_id: &'a str,
    offence_title: Option<&'a str>,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OnDefendant<'a> {
    defendant_id: &'a str,
    message: &'a str,
}

impl<'a> Answer<'a> {
    pub(super) fn of(verdict: &'a Verdict, id: Uuid, now: Instant, took: Duration) -> Self {
        let of = |severity| {
            verdict
                .issues
                .iter()
                .filter(move |issue| issue.severity == severity)
        };
        let errors: Vec<Told<'_>> = of(Severity::Blocks).map(Told::of).collect();
        Self {
            validation_id: format!("val-{id}"),
            timestamp: now,
            mode: "advisory",
            is_valid: errors.is_empty(),
            rules_evaluated: &verdict.evaluated,
            errors: Errors {
                error_messages: together(of(Severity::Blocks)),
                validation_issues: errors,
            },
            warnings: of(Severity::Warns).map(Told::of).collect(),
            processing_time_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// Each sentence once, with the names of everybody whom it affects.
fn together<'a>(issues: impl Iterator<Item = &'a Issue>) -> Vec<String> {
    let mut said: Vec<(&Issue, Vec<&str>)> = Vec::new();
    for issue in issues {
        let name = issue.name.as_deref();
        let same = |(own, _): &&mut (&Issue, _)| own.id == issue.id && own.summary == issue.summary;
        match said.iter_mut().find(same) {
            Some((_, names)) => names.extend(name),
            None => said.push((issue, name.into_iter().collect())),
        }
    }
    said.iter()
        .map(|(issue, names)| issue.summed_up(names))
        .collect()
}

impl<'a> Told<'a> {
    fn of(issue: &'a Issue) -> Self {
        let affected = &issue.affected;
        let on = |reach| {
            if issue.reach == reach {
                affected.as_slice()
            } else {
                &[]
            }
        };
        Self {
            rule_id: &issue.rule,
            condition_id: issue.id.split_once('/').map(|(_, condition)| condition),
            severity: match issue.severity {
                Severity::Blocks => "ERROR",
                Severity::Warns => "WARNING",
            },
            validation_level: match issue.reach {
                Reach::Offence => "OFFENCE",
                Reach::Defendant => "DEFENDANT",
            },
            message: issue.message(),
            hint: affected.first().map_or("", |own| &own.hint),
            affected_result_codes: &issue.codes,
            affected_offences: on(Reach::Offence).iter().map(OnOffence::of).collect(),
            affected_defendants: on(Reach::Defendant).iter().map(OnDefendant::of).collect(),
        }
    }
}

impl<'a> OnOffence<'a> {
    fn of(own: &'a Affected) -> Self {
        Self {
            offence_id: &own.id,
            offence_title: own.title.as_deref(),
            message: &own.message,
        }
    }
}

impl<'a> OnDefendant<'a> {
    fn of(own: &'a Affected) -> Self {
        Self {
            defendant_id: &own.id,
            message: &own.message,
        }
    }
}
