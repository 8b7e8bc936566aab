//! What a text in the typing grammar means, asked at every keystroke by somebody to whom
//! the hearing is open. It keeps nothing; what is understood is saved as a draft like any
//! other result. Where a defendant lives is read of the case, and that is recorded.

use super::{
    definition::{fits, known_words, part_answers},
    matched,
};
use crate::{
    App, Caller, Error, UseCase,
    hearing::{Room, draft, lines},
    reading,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    result::{Given, How, Missing, Parse, Parsed, Piece, Under, Unread},
};
use domain::{
    account::Organisation,
    now::Directory,
    result::{
        Field, FieldKind, ResultCatalogue, chosen_among,
        grammar::{self, Book, Context, Known},
    },
};
use std::sync::Arc;
use vocabulary::Jurisdiction;

/// The longest text: it is read again at every keystroke.
const MOST_BYTES: usize = 2_000;

#[async_trait]
impl UseCase for Parse {
    /// Reads the text by the catalogue of the hearing's day and court.
    async fn answer(self, app: &App, who: &Caller) -> Result<Parsed, Error> {
        let person = who.person()?;
        draft::at_most(&self.lines)?;
        at_most(&self.text)?;
        let room = Room::enter_to(app, person, Action::EditResults, self.hearing_id).await?;
        let (case, defendant) = room
            .defendant(self.defendant_id)
            .ok_or_else(Problem::not_found)?;
        let hearing = &room.hearing;

        let mut known = Reference {
            jurisdiction: hearing.jurisdiction,
            directory: app.index.directory().await?,
            here: hearing.court_name.clone(),
            home: Vec::new(),
        };
        // Where somebody lives is looked up only for whoever asks for it.
        if self.text.to_lowercase().contains("home") {
            let policy = person.circumstances.under().unwrap_or_default();
            reading::case_looked_at(app, person, case.id, policy).await?;
            known.home = defendant.charged.address.printed();
        }

        let mut typed = self.lines.clone();
        typed.retain(|line| line.defendant_id == self.defendant_id);
        let before = lines(app, &typed);
        let context = Context {
            day: hearing.starts_at.day(),
            jurisdiction: hearing.jurisdiction,
            defendant: self.defendant_id,
            offence: self.offence_id,
            lines: &before,
            book: &known,
        };
        let caret = self.caret.map(|at| byte(&self.text, at));
        let pieces = grammar::parse(&app.catalogue.results, &context, &self.text, caret);
        Ok(Parsed {
            pieces: pieces.iter().map(|own| view(&self.text, own)).collect(),
        })
    }
}

fn at_most(text: &str) -> Result<(), Problem> {
    if text.len() <= MOST_BYTES {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "This is more than one line of results can hold.",
        "Type fewer results at a time. What you typed is still here.",
    ))
}

/// What the court knows: the organisations of its reference data.
struct Reference {
    jurisdiction: Jurisdiction,
    directory: Arc<Directory>,
    here: String,
    home: Vec<String>,
}

impl Reference {
    fn fitting<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Organisation> {
        let family = field.reference_data_key.as_deref().unwrap_or(&field.key);
        let family = family.to_lowercase();
        self.directory
            .organisations
            .iter()
            .filter(move |own| fits(&family, own))
    }
}

impl Book for Reference {
    fn names(&self, field: &Field) -> Vec<Known> {
        let FieldKind::NameAddress { parts } = &field.kind else {
            return Vec::new();
        };
        self.fitting(field)
            .map(|own| Known {
                name: own.name.clone(),
                answers: part_answers(own, parts).collect(),
            })
            .collect()
    }

    fn words(&self, field: &Field) -> Vec<String> {
        // Whom the court tells is said under its question: a force that the words of an order
        // mention is part of the order.
        if chosen_among(field.reference_data_key.as_deref()).is_some() {
            return Vec::new();
        }
        let words = known_words(field, self.jurisdiction, &self.directory.organisations);
        if words.is_empty() {
            // Older results ask for a prison or a contractor by name alone.
            return self.fitting(field).map(|own| own.name.clone()).collect();
        }
        words.into_iter().map(|word| word.label).collect()
    }

    fn here(&self) -> Option<String> {
        Some(self.here.clone())
    }

    fn home(&self) -> Vec<String> {
        self.home.clone()
    }
}

/// The byte at which a window's caret stands; windows count in UTF-16.
fn byte(text: &str, caret: u32) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= caret {
            return at;
        }
        units += u32::from(c.len_utf16() == 2) + 1;
    }
    text.len()
}

/// The same the other way round.
fn unit(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

fn view(text: &str, piece: &grammar::Piece<'_>) -> Piece {
    let at = |byte: usize| unit(text, byte);
    Piece {
        start: at(piece.range.start),
        end: at(piece.range.end),
        name_start: at(piece.name.start),
        name_end: at(piece.name.end),
        definition: piece.definition.map(matched),
        exact: piece.exact,
        once: piece.definition.is_some_and(ResultCatalogue::is_once),
        candidates: piece.candidates.iter().map(|own| matched(own)).collect(),
        given: piece
            .given
            .iter()
            .map(|own| Given {
                label: own.label.clone(),
                answers: own.answers.clone(),
                shown: own.shown.clone(),
                how: match own.how {
                    grammar::How::Typed => How::Typed,
                    grammar::How::Named => How::Named,
                    grammar::How::Counted => How::Counted,
                    grammar::How::Known => How::Known,
                    grammar::How::Earlier => How::Earlier,
                    grammar::How::Meant => How::Meant,
                },
                also: own.also.clone(),
            })
            .collect(),
        missing: piece
            .missing
            .iter()
            .map(|own| Missing {
                reference: own.reference.clone(),
                labels: own.labels.clone(),
            })
            .collect(),
        unread: piece
            .unread
            .iter()
            .map(|own| Unread {
                start: at(own.range.start),
                end: at(own.range.end),
                hint: own.hint.clone(),
            })
            .collect(),
        under: piece.under.map(|under| match under {
            grammar::Under::Line(line) => Under {
                line_id: Some(line),
                piece: None,
            },
            grammar::Under::Piece(nth) => Under {
                line_id: None,
                piece: u32::try_from(nth).ok(),
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_in_units_and_the_domain_in_bytes() {
        let text = "é\u{1f600}; fo";
        assert_eq!(byte(text, 0), 0);
        assert_eq!(byte(text, 1), 2);
        assert_eq!(byte(text, 3), 6);
        assert_eq!(byte(text, 99), text.len());
        assert_eq!(unit(text, 6), 3);
        assert_eq!(unit(text, text.len()), 7);
    }
}
