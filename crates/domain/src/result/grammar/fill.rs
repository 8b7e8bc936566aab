//! Which words of a piece answer which question. First what is named, then what
//! is nothing but a value, then words that fit a list, a name or a label, and at
//! last words of one's own. Of several questions that could take the same words
//! the first needed one does, in the catalogue's order, and the others are told.

mod day;
mod left;
mod named;

use super::{
    Context, Given, How, Piece, missing,
    name::{self, find},
    split::{self, Token},
    take::{self, Taken},
    value, words,
};
use crate::result::{Field, FieldKind, ResultCatalogue, ResultDefinition, Rule, chosen_among};
use std::ops::Range;
use vocabulary::fold_name;

pub(super) use day::days_apart;

/// The most words of one value, and of one phrase.
const VALUE: usize = 6;
const PHRASE: usize = 12;

/// Reads one piece; a result that goes on within it is given back as the rest.
pub(super) fn piece<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
    text: &str,
    range: Range<usize>,
    caret: Option<usize>,
    open: &[&'c ResultDefinition],
) -> (Piece<'c>, Option<Range<usize>>) {
    let tokens = split::tokens(text, range.clone());
    let here = |range: &Range<usize>| caret.is_some_and(|at| range.start <= at && at <= range.end);
    let named = find(catalogue, context, &tokens, open, here(&range));
    let words = match (
        tokens.get(named.tokens.start),
        named.tokens.end.checked_sub(1),
    ) {
        (Some(first), Some(last)) => first.range.start..tokens[last].range.end,
        _ => range.clone(),
    };
    let mut piece = Piece {
        range: range.clone(),
        name: words,
        definition: named.definition,
        exact: named.exact,
        candidates: named.candidates,
        given: Vec::new(),
        missing: Vec::new(),
        unread: Vec::new(),
        under: None,
    };
    let Some(definition) = named.definition else {
        return (piece, None);
    };
    let mut fill = Fill::new(context, text, definition, &tokens);
    for at in named.tokens {
        fill.used[at] = true;
    }
    fill.named();
    fill.values();
    fill.phrases();
    let mut asking = open.to_vec();
    asking.push(definition);
    if let Some(at) = fill.goes_on(catalogue, definition, &asking) {
        // A value in front of its result, as in `250 FO`: this one has no use for it.
        let ahead = (1..at).rev().take_while(|own| fill.is_ahead(*own)).last();
        let next = tokens[ahead.unwrap_or(at)].range.start;
        let before = text[..next].trim_end().len().max(range.start);
        let (own, rest) = self::piece(catalogue, context, text, range.start..before, caret, open);
        let next = rest.map_or(next, |rest| rest.start);
        return (own, Some(next..range.end));
    }
    fill.own_words();
    let (given, unread) = fill.done(catalogue);
    piece.given = given;
    piece.unread = unread;
    let line = take::line_of(piece.answers());
    piece.missing = missing::of(definition, &line, context.jurisdiction);
    (piece, None)
}

struct Fill<'a> {
    context: &'a Context<'a>,
    text: &'a str,
    tokens: &'a [Token<'a>],
    used: Vec<bool>,
    /// The questions of this court: needed ones first, each in its order.
    fields: Vec<&'a Field>,
    given: Vec<Given>,
    hints: Vec<(usize, String)>,
}

/// Needed ones first.
const fn rank(rule: Rule) -> u8 {
    match rule {
        Rule::Mandatory => 0,
        Rule::OneOf | Rule::AtLeastOneOf => 1,
        Rule::Optional => 2,
    }
}

impl<'a> Fill<'a> {
    fn new(
        context: &'a Context<'a>,
        text: &'a str,
        definition: &'a ResultDefinition,
        tokens: &'a [Token<'a>],
    ) -> Self {
        let mut fields: Vec<&Field> = definition
            .fields
            .iter()
            .filter(|field| field.asked_in(context.jurisdiction))
            .collect();
        fields.sort_by_key(|field| (rank(field.rule), field.sequence));
        Self {
            context,
            text,
            tokens,
            used: vec![false; tokens.len()],
            fields,
            given: Vec::new(),
            hints: Vec::new(),
        }
    }

    fn has(&self, field: &Field) -> bool {
        self.given.iter().any(|given| given.key == field.key)
    }

    /// May words that name no question answer it? One of a choice is enough, and
    /// a list of several takes more.
    fn free(&self, field: &Field) -> bool {
        if self.has(field) {
            return matches!(field.kind, FieldKind::List { multiple: true, .. });
        }
        field.rule != Rule::OneOf
            || !self
                .fields
                .iter()
                .any(|own| own.rule == Rule::OneOf && self.has(own))
    }

    fn source(&self, tokens: Range<usize>) -> &'a str {
        match &self.tokens[tokens] {
            [only] if only.quoted => only.text,
            [first, .., last] => &self.text[first.range.start..last.range.end],
            [only] => only.text,
            [] => "",
        }
    }

    /// Words that stand together, unused, none of them a name, no comma between;
    /// a quotation stands alone.
    fn together(&self, tokens: Range<usize>) -> bool {
        let last = tokens.end - 1;
        tokens.clone().all(|at| {
            let token = &self.tokens[at];
            !self.used[at]
                && !token.names
                && (at == last || !token.comma)
                && (!token.quoted || tokens.len() == 1)
        })
    }

    fn give(&mut self, field: &Field, tokens: Range<usize>, taken: Taken, also: Vec<String>) {
        for at in tokens.clone() {
            self.used[at] = true;
        }
        let words = &self.tokens[tokens];
        let ranges: Vec<Range<usize>> = words
            .first()
            .zip(words.last())
            .map(|(first, last)| first.range.start..last.range.end)
            .into_iter()
            .collect();
        if let Some(given) = self.given.iter_mut().find(|own| own.key == field.key) {
            for (reference, answer) in taken.answers {
                let many = matches!(field.kind, FieldKind::List { multiple: true, .. });
                let own = given.answers.entry(reference).or_default();
                if many && !own.is_empty() {
                    if !own.split("; ").any(|item| item == answer) {
                        *own = format!("{own}; {answer}");
                    }
                } else {
                    *own = answer;
                }
            }
            given.shown = take::shown(field, &given.answers);
            given.ranges.extend(ranges);
            return;
        }
        self.given.push(Given {
            key: field.key.clone(),
            label: field.label.clone(),
            shown: take::shown(field, &taken.answers),
            answers: taken.answers,
            ranges,
            how: taken.how,
            also,
        });
    }

    fn hint(&mut self, token: usize, hint: String) {
        self.hints.push((token, hint));
    }

    /// Words that are nothing but values, from left to right, the longest first.
    fn values(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            if self.used[at] || self.reused(at) || self.stretch(at) {
                at += 1;
                continue;
            }
            let longest = (at + VALUE).min(self.tokens.len());
            let mut next = at + 1;
            for end in (at + 1..=longest).rev() {
                let words = at..end;
                if self.together(words.clone())
                    && (self.labelled(words.clone()) || self.value(words))
                {
                    next = end;
                    break;
                }
            }
            at = next;
        }
    }

    /// `same` and `home`.
    fn reused(&mut self, at: usize) -> bool {
        let token = &self.tokens[at];
        let how: fn(&Field, &Context<'_>) -> Option<Taken> =
            match token.text.to_lowercase().as_str() {
                "same" if !token.quoted => take::same,
                "home" if !token.quoted => take::home,
                _ => return false,
            };
        let fields: Vec<&'a Field> = self.fields.clone();
        let mut any = false;
        for field in fields {
            if rank(field.rule) < 2
                && self.free(field)
                && !self.has(field)
                && let Some(taken) = how(field, self.context)
            {
                self.give(field, at..at + 1, taken, Vec::new());
                any = true;
            }
        }
        any
    }

    /// `1900-0700`: two clocks for the first two questions that want one.
    fn stretch(&mut self, at: usize) -> bool {
        let token = &self.tokens[at];
        let Some((from, to)) = value::stretch(token.text).filter(|_| !token.quoted && !token.names)
        else {
            return false;
        };
        let clocks: Vec<&'a Field> = self
            .fields
            .iter()
            .copied()
            .filter(|field| matches!(field.kind, FieldKind::Time) && self.free(field))
            .take(2)
            .collect();
        let [first, second] = clocks.as_slice() else {
            return false;
        };
        for (field, clock) in [(*first, from), (*second, to)] {
            if let Some(taken) = take::value(field, &clock, self.context, false) {
                self.give(field, at..at + 1, taken, Vec::new());
            }
        }
        true
    }

    /// `suspended 18m`, `excused no`: a label before its value.
    fn labelled(&mut self, tokens: Range<usize>) -> bool {
        for split in tokens.start + 1..tokens.end {
            let typed = fold_name(self.source(tokens.start..split));
            let valued = self.fields.iter().filter(|field| {
                !matches!(
                    field.kind,
                    FieldKind::Text { .. } | FieldKind::NameAddress { .. }
                )
            });
            let phrases = valued.map(|own| (*own, fold_name(&own.label)));
            let Some((_, field)) = words::best(&typed, phrases) else {
                continue;
            };
            let value = self.source(split..tokens.end);
            let word = value.chars().all(char::is_alphabetic) && !is_yes_no(value);
            if self.has(field) || word && !matches!(field.kind, FieldKind::Date) {
                continue;
            }
            if let Some(taken) = take::value(field, value, self.context, true) {
                let taken = Taken {
                    how: named(taken.how),
                    ..taken
                };
                self.give(field, tokens, taken, Vec::new());
                return true;
            }
        }
        false
    }

    fn value(&mut self, tokens: Range<usize>) -> bool {
        let typed = self.source(tokens.clone());
        let context = self.context;
        self.choose(tokens, |field| take::value(field, typed, context, false))
    }

    /// Gives the words to the best question that takes them.
    fn choose(&mut self, tokens: Range<usize>, takes: impl Fn(&Field) -> Option<Taken>) -> bool {
        let mut taking: Vec<(&'a Field, Taken)> = self
            .fields
            .iter()
            .filter(|field| self.free(field))
            .filter_map(|field| Some((*field, takes(field)?)))
            .collect();
        // A period is a period first, and gives a day where nothing else takes it.
        taking.sort_by_key(|(field, own)| {
            (
                own.how == How::Counted,
                std::cmp::Reverse(own.score),
                rank(field.rule),
            )
        });
        let Some((field, best)) = taking.first().cloned() else {
            return false;
        };
        let equal = |other: &(&Field, Taken)| {
            other.0.key != field.key
                && other.1.score == best.score
                && (other.1.how == How::Counted) == (best.how == How::Counted)
        };
        // Two ticks that the same words fit: either may be meant.
        let tick = |field: &Field| matches!(field.kind, FieldKind::YesNo) && best.score > 0;
        let also: Vec<&Field> = taking
            .iter()
            .filter(|own| equal(own))
            .map(|own| own.0)
            .collect();
        if tick(field) && also.iter().any(|own| tick(own)) {
            let names: Vec<String> = std::iter::once(field)
                .chain(also)
                .map(|own| format!("\"{}\"", own.label))
                .collect();
            self.hint(tokens.start, format!("This may be {}.", names.join(" or ")));
            return false;
        }
        let also = also.into_iter().map(|own| own.label.clone()).collect();
        self.give(field, tokens, best, also);
        true
    }

    /// Words that fit an item, a name or a label, the longest first.
    fn phrases(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let longest = (at + PHRASE).min(self.tokens.len());
            let context = self.context;
            let mut next = at + 1;
            for end in (at + 1..=longest).rev() {
                if self.tokens[at].quoted || !self.together(at..end) {
                    continue;
                }
                let typed = self.source(at..end);
                if self.choose(at..end, |field| take::phrase(field, typed, context)) {
                    next = end;
                    break;
                }
            }
            at = next;
        }
    }

    /// Where another result goes on within the piece. A word that may answer a
    /// question of this one begins no other, unless it is the code of one that
    /// this result itself asks for.
    fn goes_on(
        &self,
        catalogue: &ResultCatalogue,
        definition: &ResultDefinition,
        open: &[&ResultDefinition],
    ) -> Option<usize> {
        let own_words = self
            .fields
            .iter()
            .any(|field| takes_words(field) && rank(field.rule) < 2 && self.free(field));
        let asking = if own_words { &[definition] } else { open };
        (1..self.tokens.len()).find(|at| {
            !self.used[*at]
                && name::goes_on(
                    catalogue,
                    self.context,
                    self.tokens,
                    *at,
                    asking,
                    !own_words,
                )
        })
    }

    /// Is this a value that answers nothing here?
    fn is_ahead(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let valued = token
            .text
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '£'));
        valued && !self.used[at] && !token.quoted && !token.names
    }

    /// Words of one's own, as they stand together. Only a quotation answers a
    /// question that need not be answered.
    fn own_words(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            if self.used[at] || self.tokens[at].names {
                at += 1;
                continue;
            }
            let end = self.run(at);
            let source = self.source(at..end);
            let quoted = self.tokens[at].quoted;
            if quoted || !words::noise(source) {
                self.own_text(at..end, source, quoted);
            }
            at = end;
        }
    }

    fn own_text(&mut self, tokens: Range<usize>, source: &str, quoted: bool) {
        let fields: Vec<&'a Field> = self.fields.clone();
        let mut told = None;
        let mut taking: Option<(&'a Field, Taken)> = None;
        let mut also = Vec::new();
        for field in fields {
            if !takes_words(field) || self.has(field) || !self.free(field) {
                continue;
            }
            if rank(field.rule) == 2 && !quoted {
                continue;
            }
            match (take::text(field, source), &taking) {
                (Ok(Some(taken)), None) => taking = Some((field, taken)),
                (Ok(Some(_)), Some((first, _))) if first.rule == field.rule => {
                    also.push(field.label.clone());
                }
                (Err(problem), None) => told = Some(problem),
                _ => {}
            }
        }
        if let Some((field, taken)) = taking {
            self.give(field, tokens, taken, also);
        } else if let Some(problem) = told {
            self.hint(tokens.start, problem);
        }
    }

    /// Unused words from `at` on; a quotation stands alone.
    fn run(&self, at: usize) -> usize {
        if self.tokens[at].quoted {
            return at + 1;
        }
        let rest = at + 1..self.tokens.len();
        let more = rest.take_while(|next| {
            let token = &self.tokens[*next];
            !self.used[*next] && !token.quoted && !token.names
        });
        at + 1 + more.count()
    }
}

fn is_list(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::YesNo)
}

fn is_yes_no(typed: &str) -> bool {
    matches!(typed.to_lowercase().as_str(), "yes" | "no" | "y" | "n")
}

fn takes_words(field: &Field) -> bool {
    // Whom the court tells is a name that is known here, never what was left over.
    if chosen_among(field.reference_data_key.as_deref()).is_some() {
        return false;
    }
    matches!(
        field.kind,
        FieldKind::Text { .. }
            | FieldKind::List { list: None, .. }
            | FieldKind::List { other: true, .. }
            | FieldKind::NameAddress { .. }
    )
}

/// A question that was named was not merely read.
const fn named(how: How) -> How {
    match how {
        How::Typed => How::Named,
        other => other,
    }
}
