//! The surcharge against its table: Sentencing Act 2020 s.42. The amount turns
//! on the day of the offence, the age then, and the heaviest disposal; it is
//! ordered once. The court may cut it for want of means, so this only warns.

use super::{Found, Sheet};
use crate::result::{FieldKind, Period};
use vocabulary::{Pence, Severity};

pub(super) fn check(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rule("SA2020-42") else {
        return;
    };
    for defendant in &sheet.hearing.defendants {
        let Some(due) = due(sheet, defendant) else {
            continue;
        };
        let ordered = sheet
            .named(&rule.results)
            .into_iter()
            .find(|(node, _)| node.line.defendant == defendant.id);
        let waived = sheet
            .named(&rule.others)
            .iter()
            .any(|(n, _)| n.line.defendant == defendant.id);
        let Some((node, _)) = ordered else {
            let heaviest = sheet.known().into_iter().find(|(node, own)| {
                node.line.defendant == defendant.id
                    && sheet.catalogue.law.disposals.contains_key(&own.code)
            });
            if let (Some((node, _)), false) = (heaviest, waived) {
                sheet.on_line(
                    node.line,
                    Found {
                        severity: Severity::Warns,
                        code: "SA2020-42",
                        message: format!("No surcharge is ordered; {} would be due", Pence(due)),
                        hint: "Add FVS, or NOVS with the reason (Sentencing Act 2020 s.42)."
                            .to_owned(),
                        field: None,
                    },
                );
            }
            continue;
        };
        let typed = node.line.answer("AOS").and_then(Pence::parse);
        if let Some(typed) = typed.filter(|typed| typed.0 != due) {
            sheet.on_line(node.line, Found {
                severity: Severity::Warns,
                code: "SA2020-42",
                message: format!("The surcharge is {typed}; the table says {}", Pence(due)),
                hint: "Correct it, or leave it if it is cut for want of means (Sentencing Act 2020 s.42(3)).".to_owned(),
                field: Some("AOS".to_owned()),
            });
        }
    }
}

/// The highest amount of any disposal; `None` if nothing that carries a
/// surcharge is ordered or a needed date is unknown.
fn due(sheet: &Sheet<'_>, defendant: &super::DefendantInHearing) -> Option<i64> {
    let law = &sheet.catalogue.law;
    let mut most = None;
    for (node, definition) in sheet.known() {
        if node.line.defendant != defendant.id {
            continue;
        }
        let Some(disposal) = law.disposals.get(&definition.code) else {
            continue;
        };
        let offence_day = sheet.offence(node.line.offence)?.committed_on?;
        let offender = if defendant.organisation {
            "organisation"
        } else if defendant.date_of_birth?.years_until(offence_day) < 18 {
            "under_18"
        } else {
            "adult"
        };
        let money = definition
            .fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Money { .. }))
            .find_map(|field| node.line.answer(&field.key).and_then(Pence::parse));
        let term = definition
            .fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::Duration { .. }))
            .find_map(|field| {
                node.line
                    .answer(&field.key)
                    .and_then(|t| Period::parse(t, None))
            });
        let fine = money.map_or(0, |pence| pence.0);
        most = most.max(law.surcharge(offence_day, offender, disposal, fine, term));
    }
    most
}
