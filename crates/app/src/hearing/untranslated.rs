//! Before sharing: which documents lack Welsh, what of it, who waits for it and who does not. It
//! warns and never blocks: results are shared when the court has given them.

use super::{
    Room,
    documents::{Issued, Making, Wanted},
    known::Known,
};
use crate::{App, Error};
use domain::result::{Finding, JudicialResult};
use uuid::Uuid;
use vocabulary::{Channel, DocumentId, Severity};

/// How many of the missing values a finding names.
const NAMED: usize = 4;

/// A finding for each document that would lack Welsh.
pub(super) fn untranslated(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
    known: &Known,
) -> Vec<Finding> {
    if !known.in_welsh || results.is_empty() {
        return Vec::new();
    }
    all(app, room, results, known).unwrap_or_else(|error| {
        // Sharing says what is wrong with a document; this only looks ahead.
        tracing::warn!(%error, "what lacks Welsh was not worked out");
        Vec::new()
    })
}

fn all(
    app: &App,
    room: &Room,
    results: &[JudicialResult],
    known: &Known,
) -> Result<Vec<Finding>, Error> {
    let making = Making { app, room, known };
    let issued = Issued {
        id: DocumentId(Uuid::nil()),
        by: "",
        at: room.hearing.starts_at,
        amends: None,
    };
    let mut findings = Vec::new();
    for called in making.called_for(results) {
        let wanted = making.wanted(called, results, &issued)?;
        findings.extend(finding(&wanted));
    }
    Ok(findings)
}

fn finding(wanted: &Wanted) -> Option<Finding> {
    let owed = wanted.owed.as_ref()?;
    let name = &wanted.called.name;
    let mut named: Vec<String> = owed
        .missing
        .iter()
        .take(NAMED)
        .map(|own| {
            format!(
                "{} \u{201c}{}\u{201d}",
                own.word.kind.in_words(),
                start(&own.word.english)
            )
        })
        .collect();
    let more = owed.missing.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    Some(Finding {
        line: None,
        defendant: wanted.called.defendant,
        offence: None,
        severity: Severity::Warns,
        code: "welsh_missing".to_owned(),
        message: format!(
            "{name} is owed in Welsh too and lacks: {}.",
            named.join("; ")
        ),
        hint: hint(wanted),
        field: None,
        source: Some("Welsh Language Act 1993 s.22; who waits: welsh_holds.csv".to_owned()),
    })
}

fn hint(wanted: &Wanted) -> String {
    let going = wanted.deliveries.iter();
    let going = going.filter(|own| own.channel != Channel::FileOnly);
    let (held, sent): (Vec<_>, Vec<_>) = going.partition(|own| own.held.is_some());
    let names = |all: Vec<&domain::document::DeliveryRequest>| {
        let mut names: Vec<&str> = all.iter().map(|own| own.name.as_str()).collect();
        names.dedup();
        names.join(", ")
    };
    let mut hint = String::from("Share as usual: it is then listed under To translate.");
    if !held.is_empty() {
        hint.push_str(&format!(" Waits for the Welsh: {}.", names(held)));
    }
    if !sent.is_empty() {
        hint.push_str(&format!(" Gets it at once in English: {}.", names(sent)));
    }
    hint
}

fn start(text: &str) -> String {
    let mut start: String = text.chars().take(50).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
