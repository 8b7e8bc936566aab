//! Answers that the record already gives: the surcharge, the day on which a custody
//! time limit expires, the driver number. They are offered and never filled in: the
//! court orders, and a proposal that nobody takes changes nothing.

use super::{HearingFacts, Sheet, driving::DRIVER_NUMBER, remand, surcharge};
use crate::result::{ResultCatalogue, ResultLine, read_day};
use vocabulary::{Pence, ResultLineId};

/// An answer that is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// For which line.
    pub line: ResultLineId,
    /// For which question of it.
    pub field: String,
    /// The answer in its written form.
    pub answer: String,
    /// The same as people read it.
    pub shown: String,
    /// What it is and why, in one sentence.
    pub message: String,
    /// What it rests on.
    pub source: String,
    /// What of it nobody has confirmed.
    pub unconfirmed: Option<String>,
}

/// What can be worked out for the lines as they stand, and is not answered so already.
#[must_use]
pub fn proposals(
    catalogue: &ResultCatalogue,
    lines: &[ResultLine],
    hearing: &HearingFacts,
) -> Vec<Proposal> {
    let sheet = Sheet::new(catalogue, lines, hearing);
    let mut proposals = Vec::new();
    surcharges(&sheet, &mut proposals);
    time_limits(&sheet, &mut proposals);
    driver_numbers(&sheet, &mut proposals);
    proposals
}

fn surcharges(sheet: &Sheet<'_>, proposals: &mut Vec<Proposal>) {
    let Some(rule) = sheet.rule("SA2020-42") else {
        return;
    };
    for defendant in sheet.people() {
        let mut own = sheet.of_person(defendant.id);
        let line = own.find(|(_, own)| super::sheet::names(&rule.results, own));
        let Some((node, _)) = line else { continue };
        let Some(due) = surcharge::due(sheet, defendant) else {
            continue;
        };
        if node.line.answer(surcharge::AMOUNT).and_then(Pence::parse) == Some(due.amount) {
            continue;
        }
        proposals.push(Proposal {
            line: node.line.id,
            field: surcharge::AMOUNT.to_owned(),
            answer: format!("{}.{:02}", due.amount.0 / 100, due.amount.0 % 100),
            shown: due.amount.to_string(),
            message: format!("The surcharge is {}: {}.", due.amount, due.why),
            source: format!("{}; {}", rule.source, due.source),
            unconfirmed: due.unconfirmed,
        });
    }
}

fn time_limits(sheet: &Sheet<'_>, proposals: &mut Vec<Proposal>) {
    let Some(rule) = sheet.rule("POA1985-22-LIMIT") else {
        return;
    };
    for offence in &sheet.hearing.offences {
        let mut own = sheet.at(offence.defendant, Some(offence.id));
        let line = own.find(|(_, own)| super::sheet::names(&rule.results, own));
        let Some((node, _)) = line else { continue };
        let Some(limit) = remand::limit_of(sheet, offence) else {
            continue;
        };
        if node.line.answer(remand::LIMIT).and_then(read_day) == Some(limit.expires) {
            continue;
        }
        proposals.push(Proposal {
            line: node.line.id,
            field: remand::LIMIT.to_owned(),
            answer: limit.expires.to_string(),
            shown: limit.expires.in_words(),
            message: format!(
                "The custody time limit for {} expires on {}: {}, the first day not counted.",
                offence.title,
                limit.expires.in_words(),
                limit.reckoning()
            ),
            source: format!("{}; {}", rule.source, limit.provision),
            unconfirmed: (!limit.verified)
                .then(|| "how long the limit of this stage is".to_owned()),
        });
    }
}

fn driver_numbers(sheet: &Sheet<'_>, proposals: &mut Vec<Proposal>) {
    let Some(rule) = sheet.rule("DVLA-DRIVER") else {
        return;
    };
    for (node, definition) in sheet.named(&rule.results) {
        let number = sheet
            .defendant(node.line.defendant)
            .and_then(|own| own.driver_number.as_ref());
        let Some(number) = number.filter(|_| {
            definition.field(DRIVER_NUMBER).is_some() && node.line.answer(DRIVER_NUMBER).is_none()
        }) else {
            continue;
        };
        proposals.push(Proposal {
            line: node.line.id,
            field: DRIVER_NUMBER.to_owned(),
            answer: number.clone(),
            shown: number.clone(),
            message: format!("The driver number on record is {number}."),
            source: "as the prosecutor submitted it".to_owned(),
            unconfirmed: None,
        });
    }
}
