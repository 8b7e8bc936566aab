//! A hearing on 23 November 2026, and drafts of its results.

use domain::{
    result::Category,
    validator::{Draft, DraftDefendant, DraftLine, DraftOffence, Issue, validate},
};
use reference::Catalogue;
use std::sync::LazyLock;
use vocabulary::Day;

pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A hearing on 23 November 2026: Rufus Tilbury, three thefts, no results yet.
pub(crate) fn draft() -> Draft {
    Draft {
        day: day("2026-11-23"),
        lines: Vec::new(),
        defendants: vec![defendant("d1", "Rufus Tilbury")],
        offences: ["o1", "o2", "o3"].map(offence).to_vec(),
    }
}

pub(crate) fn defendant(id: &str, name: &str) -> DraftDefendant {
    DraftDefendant {
        id: id.to_owned(),
        master: Some(format!("m-{id}")),
        name: name.to_owned(),
        born: None,
    }
}

pub(crate) fn offence(id: &str) -> DraftOffence {
    DraftOffence {
        id: id.to_owned(),
        code: "TH68010".to_owned(),
        title: "Theft from a shop".to_owned(),
        has_time_limit: false,
        convicted: true,
    }
}

pub(crate) fn line(code: &str, offence: &str) -> DraftLine {
    DraftLine {
        code: code.to_owned(),
        label: code.to_owned(),
        defendant: "d1".to_owned(),
        offence: Some(offence.to_owned()),
        category: None,
        concurrent: false,
        consecutive: false,
        answers: Vec::new(),
    }
}

pub(crate) fn finally(code: &str, offence: &str) -> DraftLine {
    DraftLine {
        category: Some(Category::Final),
        ..line(code, offence)
    }
}

pub(crate) fn with(code: &str, offence: &str, answers: &[(&str, &str)]) -> DraftLine {
    DraftLine {
        answers: answers
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect(),
        ..line(code, offence)
    }
}

pub(crate) fn concurrent(mut line: DraftLine) -> DraftLine {
    line.concurrent = true;
    line
}

pub(crate) fn consecutive(mut line: DraftLine) -> DraftLine {
    line.consecutive = true;
    line
}

pub(crate) fn of(mut line: DraftLine, defendant: &str) -> DraftLine {
    line.defendant = defendant.to_owned();
    line
}

pub(crate) fn issues(draft: &Draft) -> Vec<Issue> {
    validate(&CATALOGUE.results.law.validator, draft).issues
}

/// `DR-SENT-001/AC2 o1 o2` for each issue.
pub(crate) fn told(draft: &Draft) -> Vec<String> {
    issues(draft)
        .iter()
        .map(|issue| {
            let affected: Vec<&str> = issue.affected.iter().map(|own| own.id.as_str()).collect();
            format!("{} {}", issue.id, affected.join(" "))
        })
        .collect()
}

pub(crate) fn lines(lines: Vec<DraftLine>) -> Draft {
    Draft { lines, ..draft() }
}

pub(crate) const NOTHING: [&str; 0] = [];

pub(crate) fn order(code: &str, ends: &str, requirement: &str, answers: &[(&str, &str)]) -> Draft {
    lines(vec![
        with(code, "o1", &[("endDate", ends)]),
        with(requirement, "o1", answers),
    ])
}

/// A curfew from 31 January 2027 under an order that outlives it.
pub(crate) fn curfew(period: &str, ends: &str) -> Draft {
    order(
        "COEW",
        "2029-01-01",
        "CUR",
        &[
            ("startDate", "2027-01-31"),
            ("curfewPeriod", period),
            ("endDate", ends),
        ],
    )
}

pub(crate) fn young(born: &str) -> Draft {
    let mut draft = lines(vec![line("IMP", "o1")]);
    draft.defendants[0].born = Some(day(born));
    draft
}
