//! A document's Welsh half: the Welsh text, or the English one sentence by sentence where there is
//! none, filled with Welsh values, and then what the court ordered. What has no Welsh is gathered,
//! never guessed: while anything is missing the document is printed in English, and what it lacks
//! is recorded with it.

mod words;

use super::{
    Source,
    held::{HeldFor, listed},
    next_hearing::phrases,
    result::printed,
};
use contract::document::{
    Block, Fact, NextHearing, OrderView, PlainPart, PlainSection, PrintLanguage, PrintedResult,
    Tongue, WelshText,
};
use documents::text::{Filled, Record, Text, fill, one_line};
use domain::{
    result::{Field, JudicialResult},
    translation::{Kind, Owed, Word, filled},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use vocabulary::{DocumentKind, OffenceId};
use words::{Gathering, day_in_words};

/// The Welsh half, as it is kept with holes until it is whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct WelshHalf {
    /// The name of the court.
    pub(crate) court: String,
    /// The text.
    pub(crate) text: WelshText,
}

impl WelshHalf {
    /// Puts it beside the English.
    pub(crate) fn beside(self, view: &mut OrderView) {
        view.court.name_welsh = Some(self.court);
        view.title_welsh = Some(self.text.title.clone());
        view.language = PrintLanguage::Bilingual;
        view.welsh = Some(self.text);
        view.welsh_pending = false;
    }

    /// It with what was given in its holes.
    pub(crate) fn of(owed: &Owed) -> Result<Self, serde_json::Error> {
        serde_json::from_value(filled(&owed.draft, &owed.missing))
    }
}

/// Whether a document is printed in both languages where people want that: there is a Welsh
/// text, or the catalogue says that there is a form in both.
pub(super) fn has_both(source: &Source<'_>) -> bool {
    let now = source.app.catalogue.now(source.called.now);
    source.called.kind != DocumentKind::Edt
        && (now.is_some_and(|now| now.bilingual)
            || source.app.texts.welsh_of(&source.called.name).is_some())
}

/// The Welsh half as far as it goes.
pub(super) enum Half {
    /// All of it.
    Whole(Box<WelshHalf>),
    /// What is missing of it.
    Lacking(Box<Owed>),
}

/// Makes it.
pub(super) fn half(
    source: &Source<'_>,
    values: &BTreeMap<String, String>,
    record: &Record,
    english: &Filled,
) -> Result<Half, serde_json::Error> {
    let mut making = Making {
        source,
        gathering: Gathering::new(source.app, source.words),
    };
    let court = making.gathering.court(&source.hearing.court_name);
    let text = source.app.texts.welsh_of(&source.called.name);
    let mut text = match text {
        Some(text) => making.in_our_words(text, values, record),
        None => making.sentence_by_sentence((values, record), english),
    };
    text.legal.extend(making.ordered());
    let half = WelshHalf { court, text };
    let missing = making.gathering.missing;
    Ok(if missing.is_empty() {
        Half::Whole(Box::new(half))
    } else {
        Half::Lacking(Box::new(Owed::new(missing, serde_json::to_value(half)?)))
    })
}

struct Making<'a> {
    source: &'a Source<'a>,
    gathering: Gathering<'a>,
}

impl Making<'_> {
    /// The Welsh text of ours, filled. It is printed once a translator has read it.
    fn in_our_words(
        &mut self,
        text: &Text,
        english: &BTreeMap<String, String>,
        record: &Record,
    ) -> WelshText {
        let mut values = english.clone();
        let mut names: Vec<&str> = text.parameters().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let value = english.get(name).filter(|value| !value.is_empty());
            if let Some(value) = value {
                let welsh = self.value(name, value, record);
                values.insert(name.to_owned(), welsh);
            } else if name == "resultList" {
                values.insert(name.to_owned(), self.result_list());
            }
        }
        let filled = fill(text, Tongue::Welsh, &values, record);
        if text.welsh_awaited {
            self.gathering.checked(text);
        }
        WelshText {
            title: text.title_of(english).to_owned(),
            plain: filled.plain,
            // Places for the record stand in the English; what was ordered follows.
            legal: filled.legal.into_iter().filter(is_wording).collect(),
            unchecked: false,
        }
    }

    /// The Welsh of a parameter.
    fn value(&mut self, name: &str, english: &str, record: &Record) -> String {
        match name {
            "orderDate"
            | "nextHearingDate"
            | "defendantDateOfBirth"
            | "amendedDate"
            | "endedDocumentDate"
            | "custodyTimeLimit" => match day_in_words(english) {
                Some(day) => day.in_welsh(),
                None => english.to_owned(),
            },
            "courtName" | "nextHearingCourt" => self.gathering.court(english),
            "nextHearing" if record.next_hearings.is_empty() => english.to_owned(),
            "nextHearing" => {
                let all = record.next_hearings.iter();
                let all: Vec<NextHearing> = all.map(|next| self.next_hearing(next)).collect();
                phrases(&all, Tongue::Welsh)
            }
            "bailConditions" => self.lines_of("Bail conditions"),
            "communityRequirements" => self.lines_of("Community Requirement"),
            "offenceTitles" => self.offence_titles(),
            "careFor" => self.listed(&HeldFor::of(self.source).care),
            "custodyFor" => self.listed(&HeldFor::of(self.source).custody),
            "resultSummary" => {
                let printed: Vec<&JudicialResult> = self.source.printed().collect();
                let labels = printed.into_iter().map(|own| self.gathering.label(own));
                labels.collect::<Vec<_>>().join(", ")
            }
            "resultList" => self.result_list(),
            "endedDocument" => {
                let word = Word::new(Kind::Text, english);
                let names = self.source.app.catalogue.nows.iter();
                let mut names = names.filter(|now| now.name == english);
                let beside = names.find_map(|now| now.welsh_name.clone());
                self.gathering.word(word, beside.as_deref())
            }
            "amendmentReason" => self.gathering.word(
                Word::about(Kind::Choice, "Why it was amended", english),
                None,
            ),
            "paymentTerms" => self.gathering.free("Terms of payment", english),
            "waysToPay" => super::money::ways_to_pay(self.source, Tongue::Welsh),
            // Flags, sums, times, references, and the names of people, places and bodies.
            "addresseeName" | "caseReferences" | "courtAddress" | "crownCourt"
            | "defendantAddress" | "defendantName" | "endedDocumentId" | "forOthers" | "inCare"
            | "inCustody" | "legalAdviser" | "licenceEnds" | "licenceRevives"
            | "localJusticeArea" | "magistratesCourt" | "nextHearingTime" | "organisation"
            | "prosecutorName" | "seenByVideo" | "totalToPay" | "youth" => english.to_owned(),
            _ if name.starts_with("result.") => english.to_owned(),
            _ => self.asked(name, english),
        }
    }

    /// The Welsh of what the printed results answered to a question.
    fn asked(&mut self, name: &str, english: &str) -> String {
        let results: Vec<&JudicialResult> = self.source.printed().collect();
        let mut all: Vec<String> = Vec::new();
        for result in results {
            let definition = self
                .source
                .app
                .catalogue
                .results
                .definition(result.definition);
            let fields = definition.map_or(&[][..], |own| own.fields.as_slice());
            let own = fields.iter().find(|field| field.key == name);
            let prompt = result
                .prompts
                .iter()
                .find(|prompt| prompt.reference == name);
            let welsh = if let Some(prompt) = prompt {
                let value = if prompt.value.is_empty() {
                    "yes"
                } else {
                    &prompt.value
                };
                self.gathering.answer(result, (own, &prompt.label), value)
            } else if let Some(value) = result.answers.get(name).filter(|own| !own.is_empty()) {
                // A part of a name and address stays as it is.
                match own {
                    Some(field) => self.gathering.answer(result, (own, &field.label), value),
                    None => value.clone(),
                }
            } else {
                continue;
            };
            if !all.contains(&welsh) {
                all.push(welsh);
            }
        }
        if all.is_empty() {
            self.gathering.free(name, english)
        } else {
            all.join("; ")
        }
    }

    fn next_hearing(&mut self, next: &NextHearing) -> NextHearing {
        let room = next.room.as_ref().map(|room| {
            if room.chars().all(|c| c.is_ascii_digit()) {
                room.clone()
            } else {
                self.gathering
                    .word(Word::about(Kind::Choice, "Courtroom", room), None)
            }
        });
        NextHearing {
            court: self.gathering.court(&next.court),
            room,
            ..next.clone()
        }
    }

    fn offence_titles(&mut self) -> String {
        let offences: Vec<_> = self
            .source
            .offences()
            .map(|(_, own)| own.charged.clone())
            .collect();
        let titles = offences.iter().map(|own| self.gathering.offence(own));
        titles.collect::<Vec<_>>().join(", ")
    }

    /// Some of them, as a sentence lists them.
    fn listed(&mut self, of: &[OffenceId]) -> String {
        let source = self.source;
        listed(source, of, |own| self.gathering.offence(own))
    }

    /// The results of a group, a line each.
    fn lines_of(&mut self, group: &str) -> String {
        let of_group = |own: &&JudicialResult| own.groups.iter().any(|name| name == group);
        let results: Vec<_> = self.source.printed().filter(of_group).cloned().collect();
        let lines = results.iter().map(|own| one_line(&self.result(own)));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn result_list(&mut self) -> String {
        let results: Vec<_> = self.source.all_shown().cloned().collect();
        let mut lines = Vec::new();
        for own in &results {
            let offences: Vec<_> = self
                .source
                .offences()
                .map(|(_, o)| o.charged.clone())
                .collect();
            let of = offences
                .iter()
                .find(|charged| own.offence == Some(charged.id));
            let line = one_line(&self.result(own));
            lines.push(match of {
                Some(charged) => format!("{} – {line}", self.gathering.offence(charged)),
                None => line,
            });
        }
        lines.join("\n")
    }

    /// A result with its answers.
    fn result(&mut self, result: &JudicialResult) -> PrintedResult {
        let definition = self
            .source
            .app
            .catalogue
            .results
            .definition(result.definition);
        let fields: &[Field] = definition.map_or(&[][..], |own| own.fields.as_slice());
        let english = printed(result);
        let answers = result.prompts.iter().zip(&english.prompts);
        let prompts = answers
            .map(|(prompt, fact)| {
                let field = fields.iter().find(|field| field.key == prompt.reference);
                let label = self.gathering.question(field, &fact.label);
                let value = self
                    .gathering
                    .answer(result, (field, &fact.label), &fact.value);
                Fact::new(label, value)
            })
            .collect();
        PrintedResult {
            label: self.gathering.label(result),
            text: String::new(),
            prompts,
        }
    }

    /// What the court ordered, offence by offence, and then what belongs to none. It says no more
    /// than the English does: somebody who need not know of the offences does not read them here.
    fn ordered(&mut self) -> Vec<Block> {
        let text = self.source.app.texts.of(&self.source.called.name);
        if !text.prints_orders() {
            return Vec::new();
        }
        if !text.prints_offences() {
            let results: Vec<JudicialResult> = self.source.printed().cloned().collect();
            return results.iter().map(|own| self.block(own)).collect();
        }
        let several = !self.source.beside.is_empty();
        let offences: Vec<_> = self
            .source
            .offences()
            .map(|(case, own)| (several.then(|| case.urn.to_string()), own.charged.clone()))
            .collect();
        let results: Vec<JudicialResult> = self.source.all_shown().cloned().collect();
        let mut blocks = Vec::new();
        for (case, charged) in &offences {
            let case = case
                .as_ref()
                .map_or_else(String::new, |urn| format!("{urn}: "));
            let text = format!(
                "{case}{}. {}",
                charged.number,
                self.gathering.offence(charged)
            );
            blocks.push(Block::Heading { text });
            if let Some(wording) = &charged.wording_welsh {
                blocks.push(in_welsh(wording.clone()));
            }
            for own in results.iter().filter(|own| own.offence == Some(charged.id)) {
                blocks.push(self.block(own));
            }
        }
        for own in results.iter().filter(|own| own.offence.is_none()) {
            blocks.push(self.block(own));
        }
        blocks
    }

    fn block(&mut self, result: &JudicialResult) -> Block {
        let result = self.result(result);
        if result.prompts.is_empty() {
            in_welsh(result.label)
        } else {
            Block::Facts {
                heading: Some(result.label),
                facts: result.prompts,
            }
        }
    }

    /// A document that has no Welsh text of ours: its English, sentence by sentence. Those that
    /// name nothing of the case are asked for once.
    fn sentence_by_sentence(
        &mut self,
        (values, record): (&BTreeMap<String, String>, &Record),
        english: &Filled,
    ) -> WelshText {
        let fixed = self.fixed(values, record);
        let text = self.source.app.texts.of(&self.source.called.name);
        let beside = text.title_welsh.clone();
        let title = Word::new(Kind::Text, text.title_of(values));
        let title = self.gathering.word(title, beside.as_deref());
        let mut say = |own: &str| self.sentence(&fixed, own);
        let plain = english
            .plain
            .iter()
            .map(|section| PlainSection {
                heading: say(&section.heading),
                parts: section
                    .parts
                    .iter()
                    .map(|part| match part {
                        PlainPart::Paragraph { text } => PlainPart::Paragraph { text: say(text) },
                        PlainPart::List { items } => PlainPart::List {
                            items: items.iter().map(|own| say(own)).collect(),
                        },
                    })
                    .collect(),
                tongue: Tongue::Welsh,
            })
            .collect();
        let legal = english.legal.iter().filter(|own| is_wording(own));
        let legal = legal
            .map(|block| match block {
                Block::Heading { text } => Block::Heading { text: say(text) },
                Block::Paragraph { text, .. } => in_welsh(say(text)),
                Block::List { numbered, items } => Block::List {
                    numbered: *numbered,
                    items: items.iter().map(|own| say(own)).collect(),
                },
                Block::Facts { heading, facts } => Block::Facts {
                    heading: heading.as_ref().map(|own| say(own)),
                    facts: facts
                        .iter()
                        .map(|fact| Fact::new(say(&fact.label), say(&fact.value)))
                        .collect(),
                },
                other => other.clone(),
            })
            .collect();
        WelshText {
            title,
            plain,
            legal,
            unchecked: false,
        }
    }

    fn sentence(&mut self, fixed: &HashSet<String>, english: &str) -> String {
        if english == self.source.hearing.court_name {
            return self.gathering.court(english);
        }
        if fixed.contains(english) {
            self.gathering.word(Word::new(Kind::Text, english), None)
        } else {
            self.gathering.free("", english)
        }
    }

    /// The sentences of the English text that hold no value of the case.
    fn fixed(&self, values: &BTreeMap<String, String>, record: &Record) -> HashSet<String> {
        const VALUE: &str = "\u{E002}";
        let marked = |(name, value): (&String, &String)| {
            let value = if value.trim().is_empty() { "" } else { VALUE };
            (name.clone(), value.to_owned())
        };
        let mut values: BTreeMap<String, String> = values.iter().map(marked).collect();
        values.insert("resultList".to_owned(), VALUE.to_owned());
        let text = self.source.app.texts.of(&self.source.called.name);
        let marked = fill(text, Tongue::English, &values, record);
        let mut all = HashSet::new();
        let mut keep = |own: String| {
            if !own.contains(VALUE) {
                all.insert(own);
            }
        };
        for section in marked.plain {
            keep(section.heading);
            for part in section.parts {
                match part {
                    PlainPart::Paragraph { text } => keep(text),
                    PlainPart::List { items } => items.into_iter().for_each(&mut keep),
                }
            }
        }
        for block in marked.legal {
            match block {
                Block::Heading { text } | Block::Paragraph { text, .. } => keep(text),
                Block::List { items, .. } => items.into_iter().for_each(&mut keep),
                Block::Facts { heading, facts } => {
                    heading.into_iter().for_each(&mut keep);
                    facts.into_iter().for_each(|fact| keep(fact.label));
                }
                _ => {}
            }
        }
        all
    }
}

/// Whether a block is wording, and no place at which the record is printed.
fn is_wording(block: &Block) -> bool {
    matches!(
        block,
        Block::Heading { .. } | Block::Paragraph { .. } | Block::List { .. } | Block::Facts { .. }
    )
}

fn in_welsh(text: String) -> Block {
    Block::Paragraph {
        text,
        tongue: Tongue::Welsh,
    }
}
