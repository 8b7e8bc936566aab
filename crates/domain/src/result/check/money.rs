//! Fines and compensation of a magistrates' court against their ceilings: the
//! standard scale by the day of the offence (Sentencing Act 2020 s.122), the caps for
//! those convicted under 18 (ss.123, 139) and compensation for older offences
//! (s.142). The sums are in limits.csv; the level of an offence is the offence data's.

use super::{Found, Sheet};
use crate::result::{FieldKind, Fine, Limit, Penalty, ResultDefinition, ResultLine};
use vocabulary::{Jurisdiction, Pence};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    if sheet.hearing.jurisdiction == Jurisdiction::Magistrates {
        level(sheet);
        young_offenders(sheet);
        compensation(sheet);
    }
}

/// The first sum that is answered, with its key.
pub(super) fn sum(definition: &ResultDefinition, line: &ResultLine) -> Option<(String, Pence)> {
    definition
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Money { .. }))
        .find_map(|field| {
            Some((
                field.key.clone(),
                line.answer(&field.key).and_then(Pence::parse)?,
            ))
        })
}

/// Says if a sum is over its ceiling.
fn up_to(
    sheet: &mut Sheet<'_>,
    line: &ResultLine,
    limit: Option<&Limit>,
    code: &str,
    (key, sum): &(String, Pence),
    what: &str,
) {
    let Some(limit) = limit else { return };
    let Some(most) = limit.most.filter(|most| sum.0 > most.0) else {
        return;
    };
    sheet.citing(
        line,
        Some(limit.source.clone()),
        Found {
            severity: limit.severity,
            code,
            message: format!("{what} is {sum}; the most is {most}"),
            hint: "Correct the amount.".to_owned(),
            field: Some(key.clone()),
        },
    );
}

fn level(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-122") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let Some(offence) = sheet.offence(node.line.offence) else {
            continue;
        };
        let penalty = Penalty::read(offence.max_penalty.as_deref().unwrap_or_default());
        let level = match penalty.fine {
            Some(Fine::Level(level)) => level,
            // What is unlimited now was level 5, or a sum of as much, for older offences.
            Some(Fine::Unlimited) => 5,
            None => continue,
        };
        let limit = sheet.limit(&format!("fine, level {level}"), node.line.offence);
        if let Some(fine) = sum(definition, node.line) {
            let what = format!("The fine for {}", offence.title);
            up_to(sheet, node.line, limit, "SA2020-122", &fine, &what);
        }
    }
}

fn young_offenders(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-123") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let born = sheet
            .defendant(node.line.defendant)
            .and_then(|own| own.date_of_birth);
        let Some(born) = born else { continue };
        let convicted = sheet.convicted_on(node.line.offence);
        if !born.is_under_18_on(convicted) {
            continue;
        }
        let age = born.years_until(convicted);
        let name = if age < 14 {
            "fine, under 14"
        } else {
            "fine, 14 to 17"
        };
        let limit = sheet.limit(name, node.line.offence);
        if let Some(fine) = sum(definition, node.line) {
            let what = format!("The fine of somebody who was {age} when convicted");
            up_to(sheet, node.line, limit, "SA2020-123", &fine, &what);
        }
    }
}

/// An order for an offence taken into consideration goes by the number of main
/// offences, and is left alone.
fn compensation(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-139") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let considered = "thisOrderRelatesToAnOffenceTakenIntoConsideration";
        if node
            .line
            .answer(considered)
            .is_some_and(|text| text != "no")
        {
            continue;
        }
        let born = sheet
            .defendant(node.line.defendant)
            .and_then(|own| own.date_of_birth);
        let convicted = sheet.convicted_on(node.line.offence);
        let young = born.is_some_and(|born| born.is_under_18_on(convicted));
        let name = if young {
            "compensation, under 18"
        } else {
            "compensation"
        };
        let limit = sheet.limit(name, node.line.offence);
        if let Some(amount) = sum(definition, node.line) {
            let what = "Compensation for one offence";
            up_to(sheet, node.line, limit, "SA2020-139", &amount, what);
        }
    }
}
