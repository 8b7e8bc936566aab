//! Fines and compensation of a magistrates' court against their ceilings: the
//! standard scale by the day of the offence (Sentencing Act 2020 s.122), the caps for
//! those convicted under 18 (ss.123, 139) and compensation for older offences
//! (s.142). The sums are in limits.csv; the level of an offence is the offence data's.
//! What that data calls unlimited was level 5 or a larger maximum before 12 March 2015
//! (LASPO Act 2012 s.85), and it does not say which: there the scale only warns.

use super::{Found, Sheet};
use crate::result::{FieldKind, Fine, Limit, Penalty, ResultDefinition, ResultLine};
use vocabulary::{Jurisdiction, Pence, Severity};

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

/// The limit that a sum is over, and its ceiling.
fn exceeded(limit: Option<&Limit>, sum: Pence) -> Option<(&Limit, Pence)> {
    let limit = limit?;
    let most = limit.most.filter(|most| sum.0 > most.0)?;
    Some((limit, most))
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
    let Some((limit, most)) = exceeded(limit, *sum) else {
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
        let Some(fine) = sum(definition, node.line) else {
            continue;
        };
        let what = format!("The fine for {}", offence.title);
        match penalty.fine {
            Some(Fine::Level(level)) => {
                let limit = sheet.limit(&format!("fine, level {level}"), node.line.offence);
                up_to(sheet, node.line, limit, "SA2020-122", &fine, &what);
            }
            Some(Fine::Unlimited) => unlimited_now(sheet, node.line, &fine, &what),
            None => {}
        }
    }
}

/// The fine of an offence that is unlimited now, above what level 5 was on its day. It
/// is lawful if the Act gave a larger maximum then, so it warns.
fn unlimited_now(sheet: &mut Sheet<'_>, line: &ResultLine, fine: &(String, Pence), what: &str) {
    let (key, sum) = fine;
    let limit = sheet.limit("fine, level 5", line.offence);
    let Some((limit, most)) = exceeded(limit, *sum) else {
        return;
    };
    sheet.citing(
        line,
        Some(limit.source.clone()),
        Found {
            severity: Severity::Warns,
            code: "SA2020-122",
            message: format!(
                "{what} is {sum}; the most was {most} on the day of the offence, if it was at \
                 level 5"
            ),
            hint: "Correct the amount, or be sure that the Act gave a larger maximum then."
                .to_owned(),
            field: Some(key.clone()),
        },
    );
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
