//! The Welsh that a document owes: who sees to it, what translators gave, and that a copy in both
//! languages followed. What was sent in English stays sent, and still counts: nothing in it was
//! wrong. What was held back never went, and the copy in both languages goes in its place.

use super::{Document, DocumentEvent};
use crate::Refusal;
use vocabulary::{AccountId, DocumentId};

/// The longest Welsh of one value. A direction may have 40,000 characters, and Welsh is longer.
const LONGEST: usize = 80_000;

/// Whether it still waits for Welsh, and its letters with it.
#[must_use]
pub fn waits_for_welsh(document: &Document) -> bool {
    let waits = document
        .welsh
        .as_ref()
        .is_some_and(|own| own.followed.is_none());
    waits && document.superseded.is_none()
}

fn owing(document: &Document) -> Result<&crate::translation::Owed, Refusal> {
    let refused =
        |code, what: &'static str, next: &'static str| Err(Refusal::new(code, what, next));
    if document.superseded.is_some() {
        return refused(
            "superseded",
            "This document no longer stands, so it is not translated any more.",
            "See the list for the document in its place.",
        );
    }
    match &document.welsh {
        None => refused(
            "no_welsh_owed",
            "This document owes no Welsh.",
            "Go back to the list.",
        ),
        Some(own) if own.followed.is_some() => refused(
            "translated",
            "This document was translated already; the copy in both languages is on its way.",
            "Go back to the list.",
        ),
        Some(own) => Ok(own),
    }
}

/// Decides that somebody sees to it. Whoever takes it after another has it from them; twice by
/// one person is once.
///
/// # Errors
/// If nothing is owed.
pub fn take_translation(
    document: &Document,
    (account, name): (AccountId, &str),
) -> Result<Vec<DocumentEvent>, Refusal> {
    let owed = owing(document)?;
    if owed
        .taken
        .as_ref()
        .is_some_and(|own| own.account == account)
    {
        return Ok(Vec::new());
    }
    Ok(vec![DocumentEvent::TranslationTaken {
        account,
        name: name.to_owned(),
    }])
}

/// Decides that Welsh is given for values. What is given again as it was changes nothing.
///
/// # Errors
/// If nothing is owed, there is no such value, or what is given is empty, too long or holds
/// characters that nobody can read.
pub fn give_welsh(
    document: &Document,
    given: Vec<(usize, String)>,
    by: &str,
) -> Result<Vec<DocumentEvent>, Refusal> {
    let owed = owing(document)?;
    let mut new: Vec<(usize, String)> = Vec::new();
    for (place, welsh) in given {
        let Some(own) = owed.missing.get(place) else {
            return Err(Refusal::new(
                "no_such_value",
                "This document has no such value.",
                "Open the translation again.",
            ));
        };
        let welsh = welsh.trim();
        if welsh.is_empty() {
            return Err(Refusal::new(
                "no_welsh",
                format!(
                    "Nothing is given for \u{201c}{}\u{201d}.",
                    start(&own.word.english)
                ),
                "Write the Welsh, or leave the value out for now.",
            ));
        }
        if welsh.chars().count() > LONGEST {
            return Err(Refusal::new(
                "too_long",
                "The Welsh of one value has at most 80,000 characters.",
                "Shorten it.",
            ));
        }
        let unreadable =
            |c: char| (c.is_control() && c != '\n') || ('\u{E000}'..='\u{F8FF}').contains(&c);
        if welsh.contains(unreadable) {
            return Err(Refusal::new(
                "unreadable",
                "The Welsh holds characters that cannot be printed.",
                "Type it again without them.",
            ));
        }
        let same = own.given.as_deref() == Some(welsh);
        if !same {
            new.retain(|(other, _)| *other != place);
            new.push((place, welsh.to_owned()));
        }
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![DocumentEvent::WelshGiven {
        given: new,
        by: by.to_owned(),
    }])
}

/// The beginning of a text, for a sentence about it.
fn start(text: &str) -> String {
    let mut start: String = text.chars().take(60).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Decides that the copy in both languages follows: once, when nothing is left.
#[must_use]
pub fn follow_in_welsh(document: &Document, by: DocumentId) -> Vec<DocumentEvent> {
    let whole = document.welsh.as_ref().is_some_and(|own| own.left() == 0);
    if whole && waits_for_welsh(document) {
        vec![DocumentEvent::WelshFollowed { by }]
    } else {
        Vec::new()
    }
}
