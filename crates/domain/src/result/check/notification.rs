//! How long somebody must notify the police: Sexual Offences Act 2003 s.82. The periods are rows
//! of `notification_periods.csv`. They follow from the sentence by law, and the court only tells
//! them: this warns, and asks whether the line says what the Act says. Which offences are in
//! Schedule 3 the offence data does not say, so that a notice is never asked for. Nothing is said
//! where the Act counts in a way that nobody has confirmed: several terms, suspended ones,
//! detention and training.

use super::{DefendantInHearing, Found, Sheet, custody::period, surcharge::term_of};
use crate::result::{Node, NotificationRow, Period, ResultDefinition, Unit};
use vocabulary::Day;

/// Sentenced to this long and more, they notify for life.
const INDEFINITE_FROM: u32 = 30;
/// The longest term of the shortest row for imprisonment.
const SHORT: u32 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Indefinite,
    For(Period),
}

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SOA2003-82") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let Some(defendant) = sheet
            .hearing
            .defendants
            .iter()
            .find(|own| own.id == node.line.defendant)
        else {
            continue;
        };
        let Some((expected, why)) = expected(sheet, node, defendant) else {
            continue;
        };
        let asked = period(definition, node.line, "notification period");
        let typed = match &asked {
            Some((_, typed)) => Length::For(*typed),
            None if asks_how_long(definition) => continue,
            None => Length::Indefinite,
        };
        if alike(typed, expected, sheet.hearing.day) {
            continue;
        }
        sheet.on_line(
            node.line,
            Found {
                severity: rule.severity,
                code: "SOA2003-82",
                message: format!(
                    "{}: the Act says {} for {why}, not {}",
                    definition.label,
                    in_words(expected),
                    in_words(typed)
                ),
                hint:
                    "Correct it: the period follows from the sentence and the court only tells it."
                        .to_owned(),
                field: asked.map(|(key, _)| key),
            },
        );
    }
}

fn asks_how_long(definition: &ResultDefinition) -> bool {
    let mut fields = definition.fields.iter();
    fields.any(|field| field.label.to_lowercase().contains("notification period"))
}

/// What the Act says for the sentence on this offence, and the sentence in words.
fn expected(
    sheet: &Sheet<'_>,
    notice: Node<'_>,
    defendant: &DefendantInHearing,
) -> Option<(Length, String)> {
    let law = &sheet.catalogue.law;
    let offence = sheet.offence(notice.line.offence)?;
    let disposal = |code: &str| law.disposals.get(code).map(String::as_str);
    let held = |code: &str| matches!(disposal(code), Some("custody" | "life"));
    let mut sentences = sheet
        .at(notice.line.defendant, Some(offence.id))
        .filter(|(_, own)| disposal(&own.code).is_some());
    let (node, definition) = sentences.next()?;
    if sentences.next().is_some() {
        return None;
    }
    let several = || {
        let all = sheet.of_person(notice.line.defendant);
        all.filter(|(_, own)| held(&own.code)).count() > 1
    };
    let day = offence.convicted_on.unwrap_or(sheet.hearing.day);
    let young = defendant.date_of_birth?.is_under_18_on(day);
    let row = |code: &str| law.notification.iter().find(|row| row.code == code);
    let (row, why) = match disposal(&definition.code)? {
        "suspended_sentence" | "none" => return None,
        "custody" if definition.code == "DTO" || several() => return None,
        "life" => (row("LIFE_IPP_OR_30M_PLUS")?, "life".to_owned()),
        "custody" => {
            let term = term_of(definition, node.line)?;
            let months = |count| Period::of(count, Unit::Months);
            let code = if !months(INDEFINITE_FROM).longer_than(term, day) {
                "LIFE_IPP_OR_30M_PLUS"
            } else if term.longer_than(months(SHORT), day) {
                "OVER_6M_UNDER_30M"
            } else {
                "UP_TO_6M"
            };
            (row(code)?, format!("custody of {term}"))
        }
        "conditional_discharge" => {
            let (_, term) = period(definition, node.line, "period")?;
            let why = "a conditional discharge of that length".to_owned();
            return Some((Length::For(term), why));
        }
        _ => (row("ANY_OTHER")?, definition.label.to_lowercase()),
    };
    let halved = young && row.halved_if_under_18;
    let why = if halved {
        format!("{why} of somebody under 18")
    } else {
        why
    };
    Some((length(row, halved), why))
}

fn length(row: &NotificationRow, halved: bool) -> Length {
    let Some(months) = row.months else {
        return Length::Indefinite;
    };
    let months = if halved { months / 2 } else { months };
    Length::For(if months.is_multiple_of(12) {
        Period::of(months / 12, Unit::Years)
    } else {
        Period::of(months, Unit::Months)
    })
}

fn alike(one: Length, other: Length, from: Day) -> bool {
    match (one, other) {
        (Length::Indefinite, Length::Indefinite) => true,
        (Length::For(one), Length::For(other)) => {
            !one.longer_than(other, from) && !other.longer_than(one, from)
        }
        _ => false,
    }
}

fn in_words(length: Length) -> String {
    match length {
        Length::Indefinite => "without end".to_owned(),
        Length::For(period) => period.to_string(),
    }
}
