//! What is to be paid: every sum of the printed results, added up, with the terms.

use super::Source;
use contract::document::{MoneyLine, MoneyTable, Tongue};
use domain::result::{JudicialPrompt, JudicialResult};
use vocabulary::Pence;

/// The table, if any printed result has a sum.
pub(super) fn table(source: &Source<'_>) -> Option<MoneyTable> {
    // What is paid for an offence comes before what is paid for all of them.
    let (of_offences, others): (Vec<_>, Vec<_>) = source
        .printed()
        .filter(|result| result.financial)
        .partition(|result| result.offence.is_some());
    let lines: Vec<MoneyLine> = of_offences
        .into_iter()
        .chain(others)
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

/// The published ways to pay, a line each.
pub(super) fn ways_to_pay(source: &Source<'_>, tongue: Tongue) -> String {
    let ways = source.app.catalogue.ways_to_pay.iter();
    let open = ways.filter(|way| way.is_open_on(source.at.day()));
    let said = open.map(|way| match tongue {
        Tongue::English => way.said.as_str(),
        Tongue::Welsh => way.said_welsh.as_str(),
    });
    said.collect::<Vec<_>>().join("\n")
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
    let (case, offence) = source.offences().find(|(_, o)| o.charged.id == id)?;
    let (number, title) = (offence.charged.number, &offence.charged.title);
    Some(if source.beside.is_empty() {
        format!("Offence {number}: {title}")
    } else {
        format!("{}, offence {number}: {title}", case.urn)
    })
}

/// A sentence for each printed result that sets terms of payment. They hold whether or not a
/// sum is printed: a parent's notice may print only by when to pay.
pub(super) fn terms(source: &Source<'_>) -> Vec<String> {
    let mut terms: Vec<String> = source
        .printed()
        .filter(|result| result.groups.iter().any(|group| group == "Payment terms"))
        .map(|result| term(&result.label, &result.prompts))
        .collect();
    terms.dedup();
    terms
}

/// In plain words what is paid when, where the answers are those of the usual terms; other
/// answers with their labels.
fn term(label: &str, prompts: &[JudicialPrompt]) -> String {
    const USUAL: [&str; 5] = ["LSA", "IAMT", "PF", "instalmentStartDate", "PBD"];
    let of = |reference: &str| {
        let found = prompts.iter().find(|own| own.reference == reference);
        found.map(|own| own.value.as_str())
    };
    let usual = match (of("PBD"), of("IAMT"), of("PF"), of("instalmentStartDate")) {
        (Some(by), None, ..) => Some(format!("The whole sum by {by}.")),
        (None, Some(amount), Some(often), Some(first)) => {
            let often = match often.to_lowercase().as_str() {
                "weekly" => "a week",
                "fortnightly" => "every two weeks",
                "monthly" => "a month",
                _ => often,
            };
            let before = of("LSA").map_or_else(String::new, |sum| format!("{sum} at once, then "));
            Some(format!(
                "{before}{amount} {often}, the first instalment on {first}."
            ))
        }
        _ => None,
    };
    let others: Vec<String> = prompts
        .iter()
        .filter(|own| usual.is_none() || !USUAL.contains(&own.reference.as_str()))
        .map(|own| match own.value.as_str() {
            "" | "Yes" => own.label.clone(),
            value => format!("{}: {value}", own.label),
        })
        .collect();
    let others = others.join("; ");
    match usual {
        Some(usual) if others.is_empty() => usual,
        Some(usual) => format!("{usual} {others}."),
        None if others.is_empty() => format!("{label}."),
        None => format!("{label}. {others}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(given: &[(&str, &str, &str)]) -> Vec<JudicialPrompt> {
        given
            .iter()
            .map(|(reference, label, value)| JudicialPrompt {
                reference: (*reference).to_owned(),
                label: (*label).to_owned(),
                value: (*value).to_owned(),
                only_for: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn the_usual_terms_of_payment_are_a_sentence_and_others_keep_their_labels() {
        let instalments = [
            ("IAMT", "Instalment amount", "£50.00"),
            ("PF", "Payment frequency", "monthly"),
            (
                "instalmentStartDate",
                "Instalment start date",
                "21 December 2026",
            ),
        ];
        let plain = "£50.00 a month, the first instalment on 21 December 2026.";
        assert_eq!(term("Instalments", &answers(&instalments)), plain);
        let mut lump = vec![("LSA", "Lump sum amount", "£100.00")];
        lump.extend(instalments);
        lump.push(("DID", "Number of days in default", "14"));
        assert_eq!(
            term("Lump sum", &answers(&lump)),
            format!("£100.00 at once, then {plain} Number of days in default: 14.")
        );
        let by = [("PBD", "Date to pay in full by", "21 December 2026")];
        assert_eq!(
            term("By a date", &answers(&by)),
            "The whole sum by 21 December 2026."
        );
        let other = [("reason", "Reason", "In work")];
        assert_eq!(
            term("Attachment", &answers(&other)),
            "Attachment. Reason: In work."
        );
    }
}
