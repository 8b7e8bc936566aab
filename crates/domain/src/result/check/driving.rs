//! Disqualification from driving: a driver number or a stated absence, for it is told
//! to DVLA; the obligatory one (Road Traffic Offenders Act 1988 s.34); the extension
//! when custody is imposed for the same offence (s.35A). The shortest periods are in
//! limits.csv, by result.

use super::{Found, Sheet, custody::period, sheet::names};
use crate::result::{Category, Penalty, Period, Unit};
use vocabulary::Severity;

/// Where a result asks for the driver number.
pub(super) const DRIVER_NUMBER: &str = "defendantDrivingLicenceNumber";
const EXTENSION: &str = "extensionPeriodSection35AImmediateCustodialSentence";

pub(super) fn check(sheet: &mut Sheet<'_>) {
    driver_number(sheet);
    obligatory(sheet);
    extension(sheet);
}

fn driver_number(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("DVLA-DRIVER") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        if definition.field(DRIVER_NUMBER).is_none() {
            continue;
        }
        let (severity, message) = match node.line.answer(DRIVER_NUMBER) {
            None => (
                rule.severity,
                format!("{} names no driver number", definition.label),
            ),
            Some(text) if is_driver_number(text) || says_there_is_none(text, &rule.others) => {
                continue;
            }
            Some(text) => (
                Severity::Warns,
                format!("{text} is not the form of a driver number"),
            ),
        };
        sheet.on_line(
            node.line,
            Found {
                severity,
                code: "DVLA-DRIVER",
                message,
                hint:
                    "Enter the driver number from the licence, or write \u{201c}none held\u{201d} \
                       or \u{201c}not known\u{201d}."
                        .to_owned(),
                field: Some(DRIVER_NUMBER.to_owned()),
            },
        );
    }
}

fn says_there_is_none(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Five places of the surname (filled with 9), six figures of the date of birth, two
/// of the initials, three more; or the eight figures of Northern Ireland.
fn is_driver_number(text: &str) -> bool {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let figures = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_uppercase() || c == '9');
    if !text.is_ascii() {
        return false;
    }
    match text.len() {
        8 => figures(&text),
        // With the two figures of the issue, or without.
        16 | 18 => letters(&text[..5]) && figures(&text[5..11]) && letters(&text[11..13]),
        _ => false,
    }
}

/// Some offences disqualify unless there are special reasons.
fn obligatory(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("RTOA1988-34") else {
        return;
    };
    let disposals = &sheet.catalogue.law.disposals;
    for offence in &sheet.hearing.offences {
        let penalty = Penalty::read(offence.max_penalty.as_deref().unwrap_or_default());
        if !penalty.disqualifies {
            continue;
        }
        let mut own = sheet.at(offence.defendant, Some(offence.id));
        let sentence = own
            .find(|(_, own)| own.category == Category::Final && disposals.contains_key(&own.code));
        drop(own);
        let Some((node, _)) = sentence else { continue };
        if !sheet.has_at(node.line, &rule.results) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "RTOA1988-34",
                    message: format!("{} carries an obligatory disqualification", offence.title),
                    hint: "Add DDO, or NDSR with the special reasons.".to_owned(),
                    field: None,
                },
            );
        }
    }
}

/// A disqualification with immediate custody for the same offence is extended.
fn extension(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("RTOA1988-35A") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let asked = definition.field(EXTENSION).is_some();
        let applies = sheet
            .limit("extension for custody", node.line.offence)
            .is_some();
        if !asked || !applies || node.line.answer(EXTENSION).is_some() {
            continue;
        }
        let custody = sheet
            .at(node.line.defendant, node.line.offence)
            .find(|(_, own)| names(&rule.others, own));
        let Some((held, sentence)) = custody else {
            continue;
        };
        let half = period(sentence, held.line, "period").and_then(|(_, term)| half_of(term));
        let usual = half.map_or_else(String::new, |half| {
            format!(": {half} where release is at half the term, more where it is later")
        });
        sheet.on_line(
            node.line,
            Found {
                severity: rule.severity,
                code: "RTOA1988-35A",
                message: format!(
                    "{} comes with {} and names no extension period",
                    definition.label, sentence.label
                ),
                hint: format!("Add the extension period of s.35A{usual}."),
                field: Some(EXTENSION.to_owned()),
            },
        );
    }
}

/// Half a term of months or years; of anything else nobody is told what half is.
fn half_of(term: Period) -> Option<Period> {
    let months = term.count(Unit::Years) * 12 + term.count(Unit::Months);
    let whole = term
        .units()
        .all(|unit| matches!(unit, Unit::Years | Unit::Months));
    (whole && months > 0 && months.is_multiple_of(2)).then(|| Period::of(months / 2, Unit::Months))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_number_has_its_form() {
        for right in ["TILBU903122R99AB", "TILBU 903122 R99AB 12", "12345678"] {
            assert!(is_driver_number(right), "{right}");
        }
        for wrong in [
            "",
            "TILBURY",
            "TILBUX03122R99AB",
            "1234567",
            "ÄILBU903122R99A",
        ] {
            assert!(!is_driver_number(wrong), "{wrong}");
        }
    }
}
