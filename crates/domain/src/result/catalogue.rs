//! The catalogue as the court uses it: by id, by code on a day, by words.
//! It is built once by the reference crate and never changes while it is used.

use super::{ChildRule, ChildTarget, CommonResult, LawTables, Level, ResultDefinition};
use std::collections::HashMap;
use vocabulary::{Day, DefinitionId, Jurisdiction, fold_name};

/// Every result definition, and the tables that the checks read.
#[derive(Debug, Clone, Default)]
pub struct ResultCatalogue {
    definitions: Vec<ResultDefinition>,
    by_id: HashMap<DefinitionId, usize>,
    by_code: HashMap<String, Vec<usize>>,
    folded: Vec<Folded>,
    /// The tables that the checks read.
    pub law: LawTables,
}

/// What is searched of a definition, folded once.
#[derive(Debug, Clone)]
struct Folded {
    code: String,
    label: String,
    groups: Vec<Vec<String>>,
    words: String,
    /// How often it is ordered: the lower, the more often.
    order: u32,
    /// What else it is called.
    called: Vec<Vec<String>>,
}

/// How well a typed text fits a result: the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// The code, a name by which it is called, the beginning of a code, words.
    kind: u8,
    /// How many of the typed words it does not have.
    without: usize,
    /// What is ordered every day comes before what is rare.
    order: u32,
    /// A whole word group, the beginning of the label, words anywhere.
    place: u8,
}

impl ResultCatalogue {
    /// Indexes the definitions.
    #[must_use]
    pub fn new(definitions: Vec<ResultDefinition>, law: LawTables) -> Self {
        let mut by_id = HashMap::with_capacity(definitions.len());
        let mut by_code: HashMap<String, Vec<usize>> = HashMap::with_capacity(definitions.len());
        let mut folded = Vec::with_capacity(definitions.len());
        for (index, definition) in definitions.iter().enumerate() {
            by_id.insert(definition.id, index);
            by_code
                .entry(definition.code.to_uppercase())
                .or_default()
                .push(index);
            let groups = definition.word_groups.iter().flatten();
            let all = groups.fold(definition.label.clone(), |all, word| {
                format!("{all} {word}")
            });
            let fold_group =
                |group: &Vec<String>| group.iter().map(|word| fold_name(word)).collect();
            folded.push(Folded {
                code: definition.code.to_uppercase(),
                label: fold_name(&definition.label),
                groups: definition.word_groups.iter().map(fold_group).collect(),
                words: fold_name(&all),
                order: u32::MAX,
                called: Vec::new(),
            });
        }
        Self {
            definitions,
            by_id,
            by_code,
            folded,
            law,
        }
    }

    /// The same, knowing what is ordered every day.
    #[must_use]
    pub fn with_common(mut self, common: &[CommonResult]) -> Self {
        for (own, definition) in self.folded.iter_mut().zip(&self.definitions) {
            let mut rows = common.iter();
            if let Some(row) = rows.find(|row| row.result == definition.code) {
                own.order = row.order;
                let words = |name: &String| fold_name(name).split(' ').map(str::to_owned).collect();
                own.called = row.called.iter().map(words).collect();
            }
        }
        self
    }

    /// What else a result is called, in words as they are compared.
    #[must_use]
    pub fn called(&self, definition: &ResultDefinition) -> &[Vec<String>] {
        let index = self.by_id.get(&definition.id);
        index.map_or(&[], |index| &self.folded[*index].called)
    }

    /// Every definition, in the order of the source.
    #[must_use]
    pub fn definitions(&self) -> &[ResultDefinition] {
        &self.definitions
    }

    /// The definition with this id.
    #[must_use]
    pub fn definition(&self, id: DefinitionId) -> Option<&ResultDefinition> {
        self.by_id.get(&id).map(|index| &self.definitions[*index])
    }

    /// The definition of a code on the day of the hearing: of those valid then,
    /// the one that started last. The code's case does not matter.
    #[must_use]
    pub fn by_code(&self, code: &str, day: Day) -> Option<&ResultDefinition> {
        // Rules name codes as the catalogue writes them; people do not.
        let found = self
            .by_code
            .get(code)
            .or_else(|| self.by_code.get(&code.to_uppercase()));
        found?
            .iter()
            .map(|index| &self.definitions[*index])
            .filter(|definition| definition.valid_on(day))
            .max_by_key(|definition| definition.start)
    }

    /// The definition a rule names, if it is known on that day.
    #[must_use]
    pub fn target(&self, target: &ChildTarget, day: Day) -> Option<&ResultDefinition> {
        match target {
            ChildTarget::Code(code) => self.by_code(code, day),
            // One that is over is asked for no more, unless its code goes on.
            ChildTarget::Id(id) => {
                let own = self.definition(*id)?;
                if own.valid_on(day) {
                    Some(own)
                } else {
                    self.by_code(&own.code, day)
                }
            }
        }
    }

    /// The results that belong under one, each with its rule; `None` for an
    /// unpublished one.
    pub fn children<'a>(
        &'a self,
        definition: &'a ResultDefinition,
        day: Day,
    ) -> impl Iterator<Item = (&'a ChildRule, Option<&'a ResultDefinition>)> {
        definition
            .children
            .iter()
            .map(move |rule| (rule, self.target(&rule.target, day)))
    }

    /// What a typed text may mean, best first: the exact code, then what is labelled or
    /// called exactly so, then codes that begin so, then words. Of those that fit by words
    /// alike, what is ordered every day comes before what is rare.
    #[must_use]
    pub fn search(
        &self,
        text: &str,
        day: Day,
        jurisdiction: Jurisdiction,
        most: usize,
    ) -> Vec<&ResultDefinition> {
        let folded = fold_name(text);
        if folded.is_empty() {
            return Vec::new();
        }
        let typed = text.trim().to_uppercase();
        let tokens: Vec<&str> = folded.split(' ').collect();
        let mut found: Vec<(Fit, usize, &str, &ResultDefinition)> = Vec::new();
        for (index, definition) in self.definitions.iter().enumerate() {
            // An older text of a code that has a newer one is never offered.
            let current = |fit: &Fit| {
                definition.valid_on(day)
                    && definition.made_by(jurisdiction)
                    && (fit.kind == 0 || !definition.is_heading())
                    && self
                        .by_code(&definition.code, day)
                        .is_some_and(|own| own.id == definition.id)
            };
            if let Some(fit) = self.fit(index, &typed, &tokens).filter(current) {
                found.push((fit, definition.label.len(), &definition.code, definition));
            }
        }
        found.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        found
            .into_iter()
            .take(most)
            .map(|(_, _, _, definition)| definition)
            .collect()
    }

    fn fit(&self, index: usize, typed: &str, tokens: &[&str]) -> Option<Fit> {
        let own = &self.folded[index];
        let fit = |kind, without, place| Fit {
            kind,
            without,
            order: own.order,
            place,
        };
        if own.code == *typed {
            return Some(fit(0, 0, 0));
        }
        let all_of = |words: &Vec<String>| {
            !words.is_empty() && words.iter().all(|word| tokens.contains(&word.as_str()))
        };
        let same = |words: &Vec<String>| words.len() == tokens.len() && all_of(words);
        if own.label == tokens.join(" ") || own.called.iter().any(same) {
            return Some(fit(1, 0, 0));
        }
        if own.code.starts_with(typed) {
            return Some(fit(2, 0, 0));
        }
        let holds = |token: &&&str| own.words.split(' ').any(|word| word.starts_with(**token));
        let without = tokens.len() - tokens.iter().filter(holds).count();
        if own.groups.iter().any(all_of) {
            return Some(fit(3, without, 0));
        }
        if without == 0 {
            // The label itself beats the source's extra words.
            let place = if own.label.starts_with(tokens[0]) {
                1
            } else {
                2
            };
            return Some(fit(3, 0, place));
        }
        let begins = |words: &Vec<String>| {
            let begun = |token: &&str| words.iter().any(|word| word.starts_with(token));
            tokens.iter().all(begun)
        };
        own.called.iter().any(begins).then(|| fit(3, 0, 2))
    }

    /// Is this result about the defendant (or the case) rather than one offence?
    #[must_use]
    pub fn is_once(definition: &ResultDefinition) -> bool {
        definition.level != Level::Offence
    }
}
