//! A draft of results as the rules look at it: lines, defendants, offences, the
//! day. Ids are whatever its sender calls things; they are compared, never read.

use crate::result::{Category, Period, Unit};
use std::collections::HashMap;
use vocabulary::Day;

/// The results of a hearing before they are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The day of the hearing.
    pub day: Day,
    /// The results.
    pub lines: Vec<DraftLine>,
    /// Who is before the court.
    pub defendants: Vec<DraftDefendant>,
    /// With what they are charged.
    pub offences: Vec<DraftOffence>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Its short code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// Whose.
    pub defendant: String,
    /// On which offence, if on one.
    pub offence: Option<String>,
    /// How it leaves the offence, if that was said.
    pub category: Option<Category>,
    /// It runs with another term.
    pub concurrent: bool,
    /// It runs after another term.
    pub consecutive: bool,
    /// What was answered, by the reference of the prompt.
    pub answers: Vec<(String, String)>,
}

/// Somebody before the court.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftDefendant {
    /// Their id in this hearing.
    pub id: String,
    /// The same person's id across cases.
    pub master: Option<String>,
    /// As the messages name them.
    pub name: String,
    /// Day of birth, if known.
    pub born: Option<Day>,
}

/// A charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOffence {
    /// Which.
    pub id: String,
    /// Its code.
    pub code: String,
    /// As the messages name it.
    pub title: String,
    /// A custody time limit was recorded at an earlier hearing.
    pub has_time_limit: bool,
    /// Convicted: a plea of guilty, a verdict or a day of conviction.
    pub convicted: bool,
}

impl DraftLine {
    /// Is its code one of these?
    pub(super) fn is_one_of(&self, codes: &[String]) -> bool {
        codes
            .iter()
            .any(|code| code.eq_ignore_ascii_case(&self.code))
    }

    /// Its label and code, as the messages name it.
    pub(super) fn named(&self) -> String {
        let label = self.label.trim();
        if label.is_empty() || label.eq_ignore_ascii_case(&self.code) {
            return self.code.clone();
        }
        format!("{label} ({})", self.code)
    }

    /// Is there a prompt of this reference, answered or not?
    pub(super) fn has_prompt(&self, reference: &str) -> bool {
        self.answers
            .iter()
            .any(|(own, _)| own.eq_ignore_ascii_case(reference))
    }

    /// The first day under this reference that can be read.
    pub(super) fn day(&self, reference: &str) -> Option<Day> {
        self.given(reference).find_map(|text| written(text.trim()))
    }

    /// How long it lasts: a bare number is days; nothing and what cannot be read are none.
    pub(super) fn period(&self, reference: &str) -> Option<Period> {
        let text = self.given(reference).next()?;
        Period::parse(text, Some(Unit::Days)).filter(|period| !period.is_zero())
    }

    fn given(&self, reference: &str) -> impl Iterator<Item = &str> {
        let own = self.answers.iter().filter(move |(own, _)| own == reference);
        own.map(|(_, text)| text.as_str())
    }
}

/// A day as `2026-12-31` and in no other way: what is written otherwise might mean
/// another day.
fn written(text: &str) -> Option<Day> {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    (parts == [4, 2, 2]).then(|| text.parse().ok())?
}

/// The lines by person: somebody who is before the court in two cases under one
/// master id is one person.
pub(super) struct Groups<'a> {
    pub(super) all: Vec<Group>,
    /// Of each line its place in `all`.
    pub(super) of_line: Vec<usize>,
    /// Title and code of each offence.
    pub(super) titles: HashMap<&'a str, (&'a str, &'a str)>,
}

/// One person and their lines.
pub(super) struct Group {
    /// The master id, or the defendant's own.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) born: Option<Day>,
    /// A master id was given.
    pub(super) has_master: bool,
    /// Places in the draft's lines.
    pub(super) lines: Vec<usize>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(draft: &'a Draft) -> Self {
        Self::by(draft, |own| own.master.as_ref().unwrap_or(&own.id))
    }

    /// By defendant instead: an order of one case and its requirements are looked at
    /// apart from those of another.
    pub(super) fn by_id(draft: &'a Draft) -> Self {
        Self::by(draft, |own| &own.id)
    }

    fn by(draft: &'a Draft, key: fn(&DraftDefendant) -> &String) -> Self {
        let key_of = |own: &DraftDefendant| key(own).clone();
        let mut keys: HashMap<&str, String> = HashMap::new();
        let mut people: HashMap<String, (String, Option<Day>, bool)> = HashMap::new();
        for own in &draft.defendants {
            let key = key_of(own);
            keys.insert(&own.id, key.clone());
            let known = people
                .entry(key)
                .or_insert_with(|| (own.name.clone(), None, own.master.is_some()));
            known.1 = known.1.or(own.born);
        }
        let mut groups = Self {
            all: Vec::new(),
            of_line: Vec::with_capacity(draft.lines.len()),
            titles: draft
                .offences
                .iter()
                .map(|own| (own.id.as_str(), (own.title.as_str(), own.code.as_str())))
                .collect(),
        };
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, line) in draft.lines.iter().enumerate() {
            let key = keys
                .get(line.defendant.as_str())
                .unwrap_or(&line.defendant)
                .clone();
            let place = *places.entry(key.clone()).or_insert_with(|| {
                let (name, born, has_master) = people
                    .get(&key)
                    .cloned()
                    .unwrap_or_else(|| ("a defendant who is not listed".to_owned(), None, false));
                groups.all.push(Group {
                    key,
                    name,
                    born,
                    has_master,
                    lines: Vec::new(),
                });
                groups.all.len() - 1
            });
            groups.all[place].lines.push(at);
            groups.of_line.push(place);
        }
        groups
    }
}

impl Group {
    /// Their lines on each offence, in the order in which the offences first come.
    pub(super) fn by_offence<'a>(
        &self,
        draft: &'a Draft,
        which: impl Fn(&DraftLine) -> bool,
    ) -> Vec<(&'a str, Vec<usize>)> {
        let mut by: Vec<(&str, Vec<usize>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for at in self.lines.iter().copied() {
            let line = &draft.lines[at];
            let Some(offence) = line.offence.as_deref().filter(|_| which(line)) else {
                continue;
            };
            let place = *places.entry(offence).or_insert_with(|| {
                by.push((offence, Vec::new()));
                by.len() - 1
            });
            by[place].1.push(at);
        }
        by
    }
}
