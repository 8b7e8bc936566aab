//! Questions that are named: `reasons="…"`, `licence number=…`. What is named is
//! answered first, so that nothing else can take its words.

use super::{Fill, PHRASE, VALUE, is_list, named};
use crate::result::{
    Field, FieldKind,
    grammar::{
        How,
        take::{self, Taken},
        words,
    },
};
use std::ops::Range;
use vocabulary::fold_name;

impl<'a> Fill<'a> {
    /// `reasons="…"`, `minor creditor=Imogen Farrow, 7 Orchard Way`.
    pub(super) fn named(&mut self) {
        let marks: Vec<usize> = (0..self.tokens.len())
            .filter(|at| self.tokens[*at].names && !self.used[*at])
            .collect();
        let labels: Vec<(Range<usize>, Option<&'a Field>, Option<String>)> =
            marks.iter().map(|mark| self.label(*mark)).collect();
        for (nth, (label, field, reference)) in labels.iter().enumerate() {
            let until = labels
                .get(nth + 1)
                .map_or(self.tokens.len(), |own| own.0.start);
            let value = label.end..until.max(label.end);
            let Some(field) = field else {
                self.hint(label.start, "No question is called so.".to_owned());
                continue;
            };
            self.answer_named(field, reference.as_deref(), label.clone(), value);
        }
    }

    /// The question that the words up to `mark` name: by its key, or by words of
    /// its label, as many as it takes to mean one question.
    fn label(&self, mark: usize) -> (Range<usize>, Option<&'a Field>, Option<String>) {
        let key = self.tokens[mark].text;
        for field in &self.fields {
            let mut references = field.references();
            if let Some(own) = references.find(|own| own.eq_ignore_ascii_case(key)) {
                return (mark..mark + 1, Some(field), Some(own.to_owned()));
            }
            if field.key.eq_ignore_ascii_case(key) {
                return (mark..mark + 1, Some(field), None);
            }
        }
        let mut from = mark;
        loop {
            let typed =
                fold_name(&self.text[self.tokens[from].range.start..self.tokens[mark].range.end]);
            let phrases = self.fields.iter().map(|own| (*own, fold_name(&own.label)));
            if let Some((_, field)) = words::best(&typed, phrases) {
                return (self.all_of(field, from, mark)..mark + 1, Some(field), None);
            }
            let before = from.checked_sub(1).filter(|at| {
                let token = &self.tokens[*at];
                !self.used[*at] && !token.quoted && !token.names && !token.comma
            });
            match before.filter(|_| mark - from < VALUE) {
                Some(before) => from = before,
                None => return (mark..mark + 1, None, None),
            }
        }
    }

    /// The words before that belong to the same label: `licence number=`.
    fn all_of(&self, field: &Field, mut from: usize, mark: usize) -> usize {
        let label = fold_name(&field.label);
        while let Some(before) = from.checked_sub(1) {
            let token = &self.tokens[before];
            let typed = fold_name(&self.text[token.range.start..self.tokens[mark].range.end]);
            let apart = self.used[before] || token.quoted || token.names || token.comma;
            if apart || words::fit(&typed, &label).is_none() {
                break;
            }
            from = before;
        }
        from
    }

    fn answer_named(
        &mut self,
        field: &'a Field,
        reference: Option<&str>,
        label: Range<usize>,
        mut value: Range<usize>,
    ) {
        let known = self.has(field) && reference.is_none();
        if known || value.is_empty() {
            return;
        }
        if self.tokens[value.start].quoted {
            value.end = value.start + 1;
        }
        let all = self.source(value.clone());
        // One part of a name and address by its own key.
        if let (FieldKind::NameAddress { .. }, Some(reference)) = (&field.kind, reference) {
            let written = all.trim().trim_matches(',').trim().to_owned();
            let taken = Taken {
                answers: [(reference.to_owned(), written)].into(),
                how: How::Named,
                score: 0,
            };
            self.give(field, label.start..value.end, taken, Vec::new());
            return;
        }
        let mut from = label.start;
        let many = matches!(field.kind, FieldKind::List { multiple: true, .. });
        let mut at = value.start;
        while at < value.end {
            let longest = (at + 1..=value.end.min(at + PHRASE)).rev();
            let mut found = longest.filter_map(|end| {
                let typed = self.source(at..end);
                let taken = take::value(field, typed, self.context, true).or_else(|| {
                    take::phrase(field, typed, self.context).filter(|_| is_list(field))
                })?;
                Some((end, taken))
            });
            let Some((end, taken)) = found.next() else {
                break;
            };
            let taken = Taken {
                how: named(taken.how),
                ..taken
            };
            self.give(field, from..end, taken, Vec::new());
            (from, at) = (end, end);
            if !many {
                return;
            }
        }
        if at > value.start {
            return;
        }
        match take::text(field, all) {
            Ok(Some(taken)) => {
                let taken = Taken {
                    how: How::Named,
                    ..taken
                };
                self.give(field, label.start..value.end, taken, Vec::new());
            }
            Ok(None) => self.hint(
                value.start,
                format!("This does not answer \"{}\".", field.label),
            ),
            Err(problem) => self.hint(value.start, problem),
        }
    }
}
