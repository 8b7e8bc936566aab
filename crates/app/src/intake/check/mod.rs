//! What a submission says, checked against what the court knows: one file a
//! subject, each a list of questions that ends in published problem codes.
//! Pure: the day and everything known come in through [`Knowledge`].

mod defendant;
mod hearing;
mod offence;
mod person;
mod shape;

pub(super) use person::usable_email;

use super::{
    format::Prosecution,
    knowledge::Knowledge,
    problem::{Found, ProblemCode},
};
use vocabulary::{Day, InitiationCode};

/// A submission as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// Charge, requisition or summons.
    pub kind: InitiationCode,
    /// OU code of whoever sends.
    pub sender: &'a str,
    /// What it says.
    pub prosecution: &'a Prosecution,
    /// The day in court.
    pub today: Day,
    /// What the court knows.
    pub known: &'a Knowledge,
}

/// Everything that is wrong with it, or deserves a look.
#[must_use]
pub fn check(looked: Looked<'_>) -> Found {
    let mut found = Found::default();
    prosecutor(looked, &mut found);
    case(looked, &mut found);
    hearing::check(looked, &mut found);
    for defendant in &looked.prosecution.defendants {
        defendant::check(looked, defendant, &mut found);
        for offence in &defendant.offences {
            offence::check(looked, defendant, offence, &mut found);
        }
    }
    found
}

/// Whether the case is the sender's own to send.
pub(super) fn sends_its_own(prosecution: &Prosecution, sender: &str) -> bool {
    prosecution
        .prosecution_submission_details
        .prosecuting_authority
        .eq_ignore_ascii_case(sender)
}

/// Whoever sends is known, and sends its own cases only.
fn prosecutor(looked: Looked<'_>, found: &mut Found) {
    let named = looked
        .prosecution
        .prosecution_submission_details
        .prosecuting_authority
        .as_str();
    if looked.known.prosecutor(looked.sender).is_none() {
        found.note(
            ProblemCode::SenderNotRecognised,
            &[("ouCode", looked.sender)],
            None,
        );
    }
    if !sends_its_own(looked.prosecution, looked.sender) || looked.known.prosecutor(named).is_none()
    {
        found.note(
            ProblemCode::ProsecutorNotRecognised,
            &[("prosecutingAuthority", named)],
            None,
        );
    }
}

/// Markers, the summons code, and defendants named once each.
fn case(looked: Looked<'_>, found: &mut Found) {
    let details = &looked.prosecution.prosecution_submission_details;
    for marker in details
        .case_marker
        .iter()
        .flat_map(|text| text.split_whitespace())
    {
        if !looked.known.listed("caseMarker", marker) {
            found.note(ProblemCode::MarkerInvalid, &[("caseMarker", marker)], None);
        }
    }
    if let Some(code) = &details.summons_code
        && !looked.known.listed("summonsCode", code)
    {
        found.note(
            ProblemCode::SummonsCodeInvalid,
            &[("summonsCode", code)],
            None,
        );
    }
    let mut seen: Vec<&str> = Vec::new();
    for defendant in &looked.prosecution.defendants {
        let id = defendant.defendant_details.prosecutor_defendant_id.trim();
        if id.is_empty() {
            found.note(ProblemCode::DefendantIdRequired, &[], Some(""));
        } else if seen.contains(&id) {
            found.note(
                ProblemCode::DuplicateDefendant,
                &[("prosecutorDefendantId", id)],
                Some(id),
            );
        }
        seen.push(id);
    }
}

#[cfg(test)]
pub(super) mod tests;
