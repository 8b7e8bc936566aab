//! Which result a piece names: its short code wherever it stands first, or
//! words of its label or of one of its word groups, in any order, or what it is
//! called in court. Words that fit
//! several results name none of them, unless a result that was typed before
//! asks for exactly one of these.

use super::{Context, split::Token, words};
use crate::result::{ResultCatalogue, ResultDefinition, tree::asks_for};
use std::ops::Range;
use vocabulary::fold_name;

/// The most words that name a result.
const MOST_WORDS: usize = 8;
/// How many definitions are looked through; what is offered is the first few.
const LOOKED: usize = 200;
/// How many are offered.
const OFFERED: usize = 20;

/// What a piece names.
pub(super) struct Named<'c> {
    /// The result, if it is certain.
    pub definition: Option<&'c ResultDefinition>,
    /// By its short code.
    pub exact: bool,
    /// What it may be.
    pub candidates: Vec<&'c ResultDefinition>,
    /// Which tokens name it.
    pub tokens: Range<usize>,
}

/// Finds what the tokens of a piece name. `offer` asks for candidates even
/// where the result is certain.
pub(super) fn find<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
    tokens: &[Token<'_>],
    open: &[&'c ResultDefinition],
    offer: bool,
) -> Named<'c> {
    let seek = Seek {
        catalogue,
        context,
        open,
    };
    let first = tokens.iter().position(is_word);
    // A number in front: `250 FO`.
    let mut coded = tokens.iter().enumerate().take(1);
    let code = coded.find_map(|(at, token)| Some((at, seek.code(token)?)));
    let code = code.or_else(|| {
        let at = first.filter(|at| *at > 0)?;
        Some((at, seek.code(&tokens[at])?))
    });
    if let Some((at, definition)) = code {
        let mut candidates = if offer {
            seek.search(tokens[at].text)
        } else {
            Vec::new()
        };
        candidates.truncate(OFFERED);
        return Named {
            definition: Some(definition),
            exact: true,
            candidates,
            tokens: at..at + 1,
        };
    }
    let Some(first) = first else {
        return nothing(0..tokens.len().min(1));
    };
    let run = tokens[first..].iter().take_while(|token| is_word(token));
    seek.words(tokens, first, run.count().min(MOST_WORDS))
}

fn nothing<'c>(tokens: Range<usize>) -> Named<'c> {
    Named {
        definition: None,
        exact: false,
        candidates: Vec::new(),
        tokens,
    }
}

/// A word rather than a value or a quotation.
fn is_word(token: &Token<'_>) -> bool {
    let begins = token.text.chars().next();
    !token.quoted && !token.names && begins.is_some_and(char::is_alphabetic)
}

struct Seek<'a, 'c> {
    catalogue: &'c ResultCatalogue,
    context: &'a Context<'a>,
    open: &'a [&'c ResultDefinition],
}

impl<'c> Seek<'_, 'c> {
    fn code(&self, token: &Token<'_>) -> Option<&'c ResultDefinition> {
        if token.quoted || token.names {
            return None;
        }
        of_code(self.catalogue, self.context, token.text)
    }

    fn search(&self, words: &str) -> Vec<&'c ResultDefinition> {
        let context = self.context;
        self.catalogue
            .search(words, context.day, context.jurisdiction, LOOKED)
    }

    fn asked(&self, definition: &ResultDefinition) -> bool {
        let day = self.context.day;
        self.open
            .iter()
            .any(|own| asks_for(self.catalogue, own, definition, day, 0).is_some())
    }

    /// The longest run of words that means anything decides; the fewest of them
    /// that mean the same name it, so that the rest can be answers.
    fn words(&self, tokens: &[Token<'_>], first: usize, most: usize) -> Named<'c> {
        let said = |count: usize| {
            let words: Vec<_> = tokens[first..first + count]
                .iter()
                .map(|t| t.text)
                .collect();
            words.join(" ")
        };
        for count in (1..=most).rev() {
            let words = said(count);
            let found = self.search(&words);
            if found.is_empty() {
                continue;
            }
            let Some(definition) = self.certain(&words, &found) else {
                let mut candidates = found;
                // What was asked for before comes first.
                candidates.sort_by_key(|own| !self.asked(own));
                candidates.truncate(OFFERED);
                return Named {
                    definition: None,
                    exact: false,
                    candidates,
                    tokens: first..first + count,
                };
            };
            let same = |count: &usize| {
                let words = said(*count);
                let own = self.certain(&words, &self.search(&words));
                own.is_some_and(|own| own.id == definition.id)
            };
            let fewest = (1..count).rev().take_while(same).last().unwrap_or(count);
            // Words that are its own too are no answers: `unpaid work`.
            let phrase = phrase_of(self.catalogue, definition);
            let own = |count: &usize| words::fit(&fold_name(&said(*count)), &phrase).is_some();
            let fewest = (fewest..=count).rev().find(own).unwrap_or(fewest);
            let mut candidates = vec![definition];
            candidates.extend(found.into_iter().filter(|own| own.id != definition.id));
            candidates.truncate(OFFERED);
            return Named {
                definition: Some(definition),
                exact: false,
                candidates,
                tokens: first..first + fewest,
            };
        }
        nothing(first..first + most)
    }

    /// The one that is meant for certain.
    fn certain(&self, words: &str, found: &[&'c ResultDefinition]) -> Option<&'c ResultDefinition> {
        let typed = fold_name(words);
        let only = |fits: &dyn Fn(&ResultDefinition) -> bool| {
            let mut fitting = found.iter().copied().filter(|own| fits(own));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let label = |own: &ResultDefinition| fold_name(&own.label) == typed;
        let group = |own: &ResultDefinition| {
            let words: Vec<&str> = typed.split(' ').collect();
            own.word_groups.iter().any(|group| {
                group.len() == words.len()
                    && group
                        .iter()
                        .all(|word| words.contains(&fold_name(word).as_str()))
            })
        };
        // What one result alone is called in court: `prison`.
        let called = |own: &ResultDefinition| {
            let names = self.catalogue.called(own).iter();
            names.map(|name| name.join(" ")).any(|name| name == typed)
        };
        // "Bail condition: Curfew" is a curfew where bail conditions are asked for.
        let tail = |own: &ResultDefinition| {
            let tail = own.label.rsplit(": ").next().unwrap_or_default();
            self.asked(own) && fold_name(tail) == typed
        };
        // The beginning of a code is a beginning: what it becomes is offered.
        let says = |own: &ResultDefinition| words::fit(&typed, &fold_name(&own.label)).is_some();
        only(&label)
            .or_else(|| only(&group))
            .or_else(|| only(&tail))
            .or_else(|| only(&|own| self.asked(own) && says(own)))
            // What several are called is asked, whatever one of their labels says.
            .or_else(|| match found.iter().copied().any(called) {
                true => only(&called),
                false => only(&says),
            })
    }
}

/// Every word by which a result is known.
fn phrase_of(catalogue: &ResultCatalogue, definition: &ResultDefinition) -> String {
    let called = catalogue.called(definition).iter().flatten();
    let groups = definition.word_groups.iter().flatten().chain(called);
    let all = groups.fold(definition.label.clone(), |all, word| {
        format!("{all} {word}")
    });
    fold_name(&all)
}

/// The result of a short code that this court may make today.
pub(super) fn of_code<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
    code: &str,
) -> Option<&'c ResultDefinition> {
    catalogue
        .by_code(code, context.day)
        .filter(|own| own.made_by(context.jurisdiction))
}

/// Does a piece go on with another result at this token: one that a result typed
/// before asks for? By code, or, where `words` may be no answer, by words.
pub(super) fn goes_on(
    catalogue: &ResultCatalogue,
    context: &Context<'_>,
    tokens: &[Token<'_>],
    at: usize,
    open: &[&ResultDefinition],
    words: bool,
) -> bool {
    let seek = Seek {
        catalogue,
        context,
        open,
    };
    let token = &tokens[at];
    if !is_word(token) || token.text.chars().count() < 2 {
        return false;
    }
    if seek.code(token).is_some_and(|own| seek.asked(own)) {
        return true;
    }
    words && token.text.chars().count() >= 3 && {
        let run = tokens[at..].iter().take_while(|token| is_word(token));
        let named = seek.words(tokens, at, run.count().min(MOST_WORDS));
        named.definition.is_some_and(|own| seek.asked(own))
    }
}
