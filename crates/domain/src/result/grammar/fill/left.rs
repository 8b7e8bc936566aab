//! What is left when everything found its question: kept, with what may help.

use super::Fill;
use crate::result::{
    ResultCatalogue,
    grammar::{Given, Unread, name::of_code, words},
};
use std::ops::Range;

impl Fill<'_> {
    /// What was given, in the order of the questions, and what was not understood.
    pub(super) fn done(mut self, catalogue: &ResultCatalogue) -> (Vec<Given>, Vec<Unread>) {
        let order = |given: &Given| self.fields.iter().position(|own| own.key == given.key);
        let mut given = std::mem::take(&mut self.given);
        given.sort_by_key(|own| {
            let at = order(own);
            at.map(|at| self.fields[at].sequence)
        });
        let mut unread: Vec<Unread> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if self.used[at] {
                at += 1;
                continue;
            }
            let end = if self.tokens[at].names {
                at + 1
            } else {
                self.run(at)
            };
            let source = self.source(at..end);
            if self.tokens[at].names || self.tokens[at].quoted || !words::noise(source) {
                let range = self.tokens[at].range.start..self.tokens[end - 1].range.end;
                unread.push(Unread {
                    range,
                    hint: self.why(catalogue, at..end),
                });
            }
            at = end;
        }
        (given, unread)
    }

    fn why(&self, catalogue: &ResultCatalogue, tokens: Range<usize>) -> Option<String> {
        let told = self.hints.iter().find(|(at, _)| tokens.contains(at));
        if let Some((_, hint)) = told {
            return Some(hint.clone());
        }
        let code = tokens.clone().find(|at| {
            let token = &self.tokens[*at];
            token.text.chars().count() > 1 && of_code(catalogue, self.context, token.text).is_some()
        });
        code.map(|at| {
            let code = self.tokens[at].text.to_uppercase();
            format!("{code} is a result of its own: put ; before it.")
        })
    }
}
