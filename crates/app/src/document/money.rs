//! What is to be paid: every sum of the printed results, added up, with the terms.

use super::Source;
use contract::document::{MoneyLine, MoneyTable};
use domain::result::JudicialResult;
use vocabulary::Pence;

/// The table, if any printed result has a sum.
pub(super) fn table(source: &Source<'_>) -> Option<MoneyTable> {
    let lines: Vec<MoneyLine> = source
        .printed()
        .filter(|result| result.financial)
        .filter_map(|result| {
            Some(MoneyLine {
                label: result.label.clone(),
                detail: detail(source, result),
                amount: amount(result)?,
            })
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    Some(MoneyTable {
        total: lines.iter().map(|line| line.amount).sum(),
        balance: None,
        terms: terms(source),
        lines,
    })
}

/// The sum of a financial result: its one answer that is money (`AOF`, `AOC` …).
fn amount(result: &JudicialResult) -> Option<Pence> {
    result
        .prompts
        .iter()
        .filter(|prompt| prompt.value.starts_with('£'))
        .find_map(|prompt| Pence::parse(&prompt.value))
}

/// The offence a sum is for.
fn detail(source: &Source<'_>, result: &JudicialResult) -> Option<String> {
    let id = result.offence?;
    let offence = source
        .defendant
        .offences
        .iter()
        .find(|o| o.charged.id == id)?;
    Some(format!(
        "Offence {}: {}",
        offence.charged.number, offence.charged.title
    ))
}

/// A sentence for each printed result that sets terms of payment.
fn terms(source: &Source<'_>) -> Vec<String> {
    let mut terms: Vec<String> = source
        .printed()
        .filter(|result| result.groups.iter().any(|group| group == "Payment terms"))
        .map(|result| {
            let answers: Vec<String> = result
                .prompts
                .iter()
                .map(|prompt| {
                    if prompt.value.is_empty() {
                        prompt.label.clone()
                    } else {
                        format!("{}: {}", prompt.label, prompt.value)
                    }
                })
                .collect();
            format!("{}. {}.", result.label, answers.join("; "))
        })
        .collect();
    terms.dedup();
    terms
}
