//! What is owed in Welsh, in words: how long it has waited, what waits with it, whose it is.

use crate::{
    alarm::{age, when},
    caller::SignedIn,
    case::veil::SENSITIVE,
    document::WelshHalf,
};
use contract::{
    document::{Block, Fact, PlainPart, WelshMark},
    translation::{Translation, TranslationItem, WelshValue},
};
use domain::{
    case::Case,
    document::{Document, waits_for_welsh},
    translation::{Kind, Owed, Words},
};
use vocabulary::{Channel, Instant};

/// A document as it is listed; none if it owes nothing and never did.
pub(super) fn item(
    document: &Document,
    case: &Case,
    person: &SignedIn,
    now: Instant,
    may_open: bool,
) -> Option<TranslationItem> {
    let owed = document.welsh.as_ref()?;
    let taken = owed.taken.as_ref();
    let defendant = case.defendant(document.defendant_id);
    Some(TranslationItem {
        document_id: document.id,
        name: document.name.clone(),
        hearing_id: document.hearing_id,
        defendant: defendant
            .map(|own| own.charged.party.name())
            .unwrap_or_default(),
        case: case.urn.clone(),
        since: document.requested_at,
        text: text(document, now),
        held: !held(document).is_empty(),
        overdue: document.deliveries.iter().any(|own| {
            own.request.held.is_some() && own.alarm(document).is_some_and(|(_, from)| from <= now)
        }),
        left: owed.left() as u64,
        all: owed.missing.len() as u64,
        owner: taken.map(|taken| format!("{}, {}", taken.name, when(taken.since, now))),
        mine: taken.is_some_and(|taken| taken.account == person.account.id),
        may_open,
    })
}

/// The same for somebody to whom its case is closed.
pub(super) fn veiled(item: TranslationItem) -> TranslationItem {
    TranslationItem {
        name: "A document".to_owned(),
        defendant: SENSITIVE.to_owned(),
        text: "It waits for Welsh.".to_owned(),
        may_open: false,
        ..item
    }
}

/// Who waits.
fn held(document: &Document) -> Vec<&str> {
    let held = document.deliveries.iter();
    let held = held.filter(|own| own.request.held.is_some());
    held.map(|own| own.request.name.as_str()).collect()
}

fn text(document: &Document, now: Instant) -> String {
    let since = age(document.requested_at, now);
    let waits = held(document);
    let sent = document
        .deliveries
        .iter()
        .any(|own| own.request.held.is_none() && own.request.channel != Channel::FileOnly);
    let mut text = if waits.is_empty() {
        format!("Went out in English {since} ago; the Welsh follows.")
    } else {
        format!("Waits for Welsh, for {since}: {}.", waits.join(", "))
    };
    if sent && !waits.is_empty() {
        text.push_str(" The others have it in English.");
    }
    text
}

/// The mark of a document that waits for Welsh, or that a copy in both languages followed.
pub(crate) fn mark(document: &Document) -> Option<WelshMark> {
    let owed = document.welsh.as_ref()?;
    if let Some((by, at)) = &owed.followed {
        return Some(WelshMark {
            waits: false,
            text: format!(
                "A copy in Welsh and English followed on {} at {}. What the court ordered has not \
                 changed.",
                at.day().in_words(),
                at.clock()
            ),
            missing: Vec::new(),
            by: Some(*by),
        });
    }
    if !waits_for_welsh(document) {
        return None;
    }
    let waits = held(document);
    let left = owed.left();
    let values = if left == 1 {
        "value has"
    } else {
        "values have"
    };
    let who = if waits.is_empty() {
        "It went out in English; a copy in both languages follows.".to_owned()
    } else {
        format!("Waiting for it: {}.", waits.join(", "))
    };
    Some(WelshMark {
        waits: true,
        text: format!("Waits for Welsh: {left} {values} none yet. {who}"),
        missing: owed
            .missing
            .iter()
            .filter(|own| own.given.is_none())
            .map(|own| format!("{}: {}", own.word.kind.in_words(), own.word.english))
            .collect(),
        by: None,
    })
}

/// A document as a translator has it; what became known since it was shared is offered.
pub(super) fn whole(
    item: TranslationItem,
    owed: &Owed,
    words: &Words,
) -> Result<Translation, serde_json::Error> {
    let values = owed.missing.iter().enumerate();
    Ok(Translation {
        item,
        values: values
            .map(|(place, own)| WelshValue {
                place: place as u64,
                kind: own.word.kind.in_words().to_owned(),
                about: Some(own.word.about.clone())
                    .filter(|about| !about.is_empty() && own.word.kind != Kind::Check),
                english: own.word.english.clone(),
                suggested: words
                    .of(&own.word)
                    .map(str::to_owned)
                    .or_else(|| own.suggested.clone()),
                given: own.given.clone(),
                check: own.word.kind == Kind::Check,
                remembered: own.word.kind.is_remembered(),
            })
            .collect(),
        draft: draft(owed)?,
        followed: owed.followed.map(|(by, _)| by),
    })
}

/// The Welsh text, line by line.
fn draft(owed: &Owed) -> Result<Vec<String>, serde_json::Error> {
    let half = WelshHalf::of(owed)?;
    let mut lines = vec![half.court, half.text.title];
    for section in half.text.plain {
        lines.push(section.heading);
        for part in section.parts {
            match part {
                PlainPart::Paragraph { text } => lines.push(text),
                PlainPart::List { items } => lines.extend(items),
            }
        }
    }
    let fact = |fact: Fact| format!("{}: {}", fact.label, fact.value);
    for block in half.text.legal {
        match block {
            Block::Heading { text } | Block::Paragraph { text, .. } => lines.push(text),
            Block::List { items, .. } => lines.extend(items),
            Block::Facts { heading, facts } => {
                lines.extend(heading);
                lines.extend(facts.into_iter().map(fact));
            }
            _ => {}
        }
    }
    Ok(lines)
}
