//! Orders for those under 18: what a referral order stands beside, how long a
//! detention and training order and a youth rehabilitation order may be. How old
//! somebody must be is in [`super::ages`].

use super::{
    Found, Sheet,
    custody::{period, within},
    dates::{dated, day_of},
    sheet::names,
};
use crate::result::Period;

pub(super) fn check(sheet: &mut Sheet<'_>) {
    beside_a_referral_order(sheet);
    lengths_before_2022(sheet);
    detention_together(sheet);
    rehabilitation_order(sheet);
}

/// A referral order for an offence bars most other sentences for it and for those
/// connected with it (dealt with on the same occasion): Sentencing Act 2020 ss.84, 89.
fn beside_a_referral_order(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-89") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let others: Vec<_> = sheet
            .of_person(node.line.defendant)
            .filter(|(_, own)| names(&rule.others, own))
            .collect();
        for (other, own) in others {
            sheet.on_line(
                other.line,
                Found {
                    severity: rule.severity,
                    code: "SA2020-89",
                    message: format!("{} does not stand beside {}", own.label, definition.label),
                    hint: format!(
                        "Connected offences get {} or an absolute discharge (AD): remove {}.",
                        definition.code, own.code
                    ),
                    field: None,
                },
            );
        }
    }
}

/// Before the day in limits.csv a detention and training order had one of seven
/// lengths: Sentencing Act 2020 s.236 as it was.
fn lengths_before_2022(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-236") else {
        return;
    };
    let lengths: Vec<Period> = rule
        .others
        .iter()
        .filter_map(|text| Period::parse(text, None))
        .collect();
    for (node, definition) in sheet.named(&rule.results) {
        let any = sheet.limit("any length of detention and training", node.line.offence);
        let Some((key, term)) = period(definition, node.line, "period").filter(|_| any.is_none())
        else {
            continue;
        };
        let day = sheet.hearing.day;
        let same = |own: &Period| !own.longer_than(term, day) && !term.longer_than(*own, day);
        if !lengths.iter().any(same) {
            sheet.on_line(
                node.line,
                Found {
                    severity: rule.severity,
                    code: "SA2020-236",
                    message: format!(
                        "{} is {term}; for this day of conviction it is {}",
                        definition.label,
                        rule.others.join(", ")
                    ),
                    hint: "Choose one of these lengths, or correct the day of conviction."
                        .to_owned(),
                    field: Some(key),
                },
            );
        }
    }
}

fn detention_together(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-238") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let limit = sheet.limit("total of detention and training orders", node.line.offence);
        if let Some(total) = period(definition, node.line, "period") {
            within(sheet, node.line, limit, &total, &definition.label);
        }
    }
}

/// It ends at most three years after it takes effect, and with intensive supervision
/// not before six months: s.187.
fn rehabilitation_order(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-187") else {
        return;
    };
    let both: Vec<String> = rule.results.iter().chain(&rule.others).cloned().collect();
    for (node, definition) in sheet.named(&both) {
        let name = if names(&rule.others, definition) {
            "youth rehabilitation order with intensive supervision"
        } else {
            "youth rehabilitation order"
        };
        let Some(limit) = sheet.limit(name, node.line.offence) else {
            continue;
        };
        let Some(end) = dated(definition, "end date") else {
            continue;
        };
        let Some(last) = day_of(node.line, &end) else {
            continue;
        };
        let start = dated(definition, "start date")
            .and_then(|field| day_of(node.line, &field))
            .unwrap_or(sheet.hearing.day);
        let bound = match (limit.min, limit.max) {
            (Some(min), _) if last < min.last_day_from(start) => {
                format!("less than {min} after it takes effect")
            }
            (_, Some(max)) if last > max.last_day_from(start).plus_days(1) => {
                format!("more than {max} after it takes effect")
            }
            _ => continue,
        };
        sheet.citing(
            node.line,
            Some(limit.source.clone()),
            Found {
                severity: limit.severity,
                code: "SA2020-187",
                message: format!("{} ends on {}, {bound}", definition.label, last.in_words()),
                hint: "Correct the end date.".to_owned(),
                field: Some(end.key),
            },
        );
    }
}
