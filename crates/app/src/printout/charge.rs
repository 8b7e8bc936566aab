//! Offences and results as extracts, registers and memoranda print them.

use crate::document::printed;
use contract::document::{ChargeRow, Fact, PrintedResult};
use domain::{
    case::OffenceState,
    result::{Field, FieldKind, JudicialResult, ResultCatalogue},
};
use vocabulary::Day;

/// An offence with these results, as it stood at the end of a day.
pub(super) fn row(offence: &OffenceState, results: Vec<PrintedResult>, on: Day) -> ChargeRow {
    let charged = &offence.charged;
    let mut further = vec![
        Fact::new("Offence code", charged.code.clone()),
        Fact::new("Committed", charged.committed()),
    ];
    if let Some(day) = offence.convicted_on.filter(|day| *day <= on) {
        further.push(Fact::new("Convicted on", day.in_words()));
    }
    if let Some(code) = &charged.dvla_code {
        further.push(Fact::new("Endorsement code", code.clone()));
    }
    if let Some(mark) = &charged.vehicle_registration {
        further.push(Fact::new("Vehicle", mark.clone()));
    }
    ChargeRow {
        number: charged.number,
        case_reference: None,
        code: Some(charged.code.clone()),
        title: charged.title.clone(),
        wording: charged.wording.clone(),
        legislation: Some(charged.legislation.clone()).filter(|text| !text.is_empty()),
        plea: offence.plea_on(on).map(domain::case::Plea::dated),
        verdict: offence.verdict_on(on).map(domain::case::Verdict::dated),
        further,
        results,
    }
}

/// The same on what leaves the court: with the answers that the catalogue lets stand on an
/// extract. Of a result for which it names none, sums, lengths and days are the sentence; who
/// and why stay in the record (decision 51).
pub(super) fn extracted(
    catalogue: &ResultCatalogue,
    result: &JudicialResult,
    marks: Vec<Fact>,
) -> PrintedResult {
    let definition = catalogue.definition(result.definition);
    let fields = || definition.into_iter().flat_map(|own| &own.fields);
    let named = fields().any(|field| field.court_extract);
    let stands = |field: &Field| {
        if named {
            return field.court_extract;
        }
        matches!(
            field.kind,
            FieldKind::Money { .. }
                | FieldKind::Duration { .. }
                | FieldKind::Date
                | FieldKind::Number { .. }
        )
    };
    let mut own = result.clone();
    own.prompts.retain(|prompt| {
        fields().any(|field| field.references().any(|r| r == prompt.reference) && stands(field))
    });
    marked(&own, marks)
}

/// A result with its answers, and something to be known of it.
pub(super) fn marked(result: &JudicialResult, marks: Vec<Fact>) -> PrintedResult {
    let mut printed = printed(result);
    printed.prompts.extend(marks);
    printed
}
