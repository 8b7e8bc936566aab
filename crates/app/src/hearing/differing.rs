//! In what two drafts of one hearing differ, in words: whose result, of which offence,
//! and what was typed there and is no result yet. It compares what is there; which of
//! the two is right is for the people who typed them.

use super::{Room, present};
use crate::{App, ports::KeptDraft};
use domain::result::ResultLine;
use std::collections::BTreeMap;
use vocabulary::{DefendantId, OffenceId};

/// The most places that are named; what differs elsewhere is counted.
const MOST_PLACES: usize = 4;
/// The most results of one place that are named.
const MOST_RESULTS: usize = 6;
/// The most characters of a text that is no result yet.
const MOST_TYPED: usize = 60;

/// A typing line.
type Place = (DefendantId, Option<OffenceId>);

/// What differs in one place.
#[derive(Default)]
struct Differing {
    results: Vec<String>,
    typed: Option<(String, String)>,
}

/// `Ada Quill, offence 2: FO differs, WDRN only in theirs.`
pub(super) fn in_words(app: &App, room: &Room, theirs: &KeptDraft, ours: &KeptDraft) -> String {
    let found = differing(app, theirs, ours);
    let places = places(room);
    let mut said: Vec<String> = Vec::new();
    let mut more = found.len();
    for (name, place) in places {
        let Some(own) = found.get(&place).filter(|_| said.len() < MOST_PLACES) else {
            continue;
        };
        more -= 1;
        said.push(format!("{name}: {}.", own.in_words()));
    }
    match (said.is_empty(), more) {
        (true, 0) => said.push("The same results are in another order.".to_owned()),
        (_, 0) => {}
        (true, _) => said.push(format!("They differ in {}.", counted(more))),
        (false, _) => said.push(format!("They differ in {} more.", counted(more))),
    }
    said.join(" ")
}

fn counted(places: usize) -> String {
    match places {
        1 => "1 place".to_owned(),
        _ => format!("{places} places"),
    }
}

fn differing(app: &App, theirs: &KeptDraft, ours: &KeptDraft) -> BTreeMap<Place, Differing> {
    let mut found: BTreeMap<Place, Differing> = BTreeMap::new();
    let same = |line: &ResultLine, all: &[ResultLine]| {
        let other = all.iter().find(|own| own.id == line.id);
        other.map(|own| own == line)
    };
    let mut say = |line: &ResultLine, how: &str| {
        let definition = app.catalogue.results.definition(line.definition);
        let code = definition.map_or("a result", |own| own.code.as_str());
        let place = found.entry((line.defendant, line.offence)).or_default();
        place.results.push(format!("{code} {how}"));
    };
    for line in &theirs.lines {
        match same(line, &ours.lines) {
            Some(true) => {}
            Some(false) => say(line, "differs"),
            None => say(line, "only in theirs"),
        }
    }
    for line in &ours.lines {
        if same(line, &theirs.lines).is_none() {
            say(line, "only in yours");
        }
    }
    let (their_words, our_words) = (typed(theirs), typed(ours));
    for place in their_words.keys().chain(our_words.keys()) {
        let words = |of: &BTreeMap<Place, String>| of.get(place).cloned().unwrap_or_default();
        let both = (words(&their_words), words(&our_words));
        if both.0 != both.1 {
            found.entry(*place).or_default().typed = Some(both);
        }
    }
    found
}

/// What stands in the typing lines.
fn typed(kept: &KeptDraft) -> BTreeMap<Place, String> {
    let mut all: BTreeMap<Place, String> = BTreeMap::new();
    for own in present::unresolved(Some(kept)) {
        let text = all.entry((own.defendant_id, own.offence_id)).or_default();
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(own.text.trim());
    }
    all
}

/// Every typing line by its name, in the order of the screen.
pub(super) fn places(room: &Room) -> Vec<(String, Place)> {
    let mut all = Vec::new();
    for (_, defendant) in room.defendants() {
        let (id, name) = (defendant.charged.id, defendant.charged.party.name());
        for offence in &defendant.offences {
            let number = offence.charged.number;
            let place = (id, Some(offence.charged.id));
            all.push((format!("{name}, offence {number}"), place));
        }
        all.push((name, (id, None)));
    }
    all
}

impl Differing {
    fn in_words(&self) -> String {
        let mut parts: Vec<String> = self.results.iter().take(MOST_RESULTS).cloned().collect();
        let rest = self.results.len().saturating_sub(MOST_RESULTS);
        if rest > 0 {
            parts.push(format!("{rest} more results"));
        }
        if let Some((theirs, ours)) = &self.typed {
            let said = |words: &str| match words {
                "" => "nothing".to_owned(),
                _ => format!("\u{201c}{}\u{201d}", short(words)),
            };
            let (theirs, ours) = (said(theirs), said(ours));
            parts.push(format!("typed there {theirs}, by you {ours}"));
        }
        parts.join(", ")
    }
}

fn short(words: &str) -> String {
    let mut characters = words.chars();
    let short: String = characters.by_ref().take(MOST_TYPED).collect();
    match characters.next() {
        Some(_) => format!("{short}\u{2026}"),
        None => short,
    }
}
