//! Disqualification from driving: a driver number or a stated absence, for it is told
//! to DVLA; the obligatory one (Road Traffic Offenders Act 1988 s.34); the extension
//! when custody is imposed for the same offence (s.35A). The shortest periods are in
//! limits.csv, by result.

use super::{Found, Sheet, custody::period, sheet::names};
use crate::result::{Category, Penalty, Period, ResultLine, Unit};
use vocabulary::Severity;

/// Where a result asks for the driver number.
pub(super) const DRIVER_NUMBER: &str = "defendantDrivingLicenceNumber";
const EXTENSION: &str = "extensionPeriodSection35AImmediateCustodialSentence";

pub(super) fn check(sheet: &mut Sheet<'_>) {
    driver_number(sheet);
    number_of_another(sheet);
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

/// A number in its form that is not the one on record, or that stands for somebody else as well:
/// copied with a co-defendant's result, or mistyped. DVLA enters the ban under what is typed.
fn number_of_another(sheet: &mut Sheet<'_>) {
    let (Some(rule), Some(asked)) = (sheet.rule("CP-DRIVER-001"), sheet.rule("DVLA-DRIVER")) else {
        return;
    };
    let typed: Vec<(&ResultLine, String)> = sheet
        .named(&asked.results)
        .into_iter()
        .filter_map(|(node, _)| {
            let text = node.line.answer(DRIVER_NUMBER)?;
            is_driver_number(text).then(|| (node.line, plain(text)))
        })
        .collect();
    for (line, number) in &typed {
        let own = sheet.defendant(line.defendant);
        let person = own.map_or(line.defendant, |own| own.person);
        let recorded = own.and_then(|own| own.driver_number.as_deref());
        let others = sheet.hearing.defendants.iter();
        let of_another = others.filter(|other| other.person != person).find(|other| {
            let on_record = other.driver_number.as_deref().map(plain);
            on_record.as_ref() == Some(number)
                || (recorded.map(plain).as_ref() != Some(number)
                    && typed
                        .iter()
                        .any(|(one, same)| one.defendant == other.id && same == number))
        });
        let message = match (of_another, recorded) {
            (Some(other), _) => format!("{number} is the driver number of {} as well", other.name),
            (None, Some(recorded)) if plain(recorded) != *number => {
                format!("{number} is not the driver number on record, {recorded}")
            }
            _ => continue,
        };
        sheet.on_line(
            line,
            Found {
                severity: rule.severity,
                code: "CP-DRIVER-001",
                message,
                hint: "Compare it with the licence, or with what DVLA answered.".to_owned(),
                field: Some(DRIVER_NUMBER.to_owned()),
            },
        );
    }
}

/// A number without its blanks, in capitals.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

fn says_there_is_none(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Five places of the surname (filled with 9), six figures of the date of birth, two
/// of the initials, three more; or the eight figures of Northern Ireland.
fn is_driver_number(text: &str) -> bool {
    let text = plain(text);
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
