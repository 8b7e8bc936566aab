//! The typing grammar: one line per result, by short code or words, its answers
//! after it in any order (`FO 250; FCPC 85; FVS 100; COLLO 28d`).
//!
//! [`parse`] says what a text means: which results, which answer went to which
//! question, what is missing, and what could not be understood. It guesses
//! nothing silently: a value that fits two questions answers the first needed
//! one in the catalogue's order and says so, words that fit two results answer
//! none, and what fits nothing is kept. It decides nothing and records nothing:
//! whether results may be shared is for [`super::check`].

mod fill;
mod missing;
mod name;
mod place;
mod split;
mod take;
mod under;
mod value;
mod words;

use super::{Field, ResultCatalogue, ResultDefinition, ResultLine};
use std::{collections::BTreeMap, ops::Range};
use vocabulary::{Day, DefendantId, Jurisdiction, OffenceId, ResultLineId};

pub use missing::Missing;

/// A name that is known: an organisation of the reference data, or somebody
/// named in an earlier answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// What it answers, by reference.
    pub answers: BTreeMap<String, String>,
}

/// What the court knows beyond the catalogue.
pub trait Book {
    /// Who may answer a name and address.
    fn names(&self, _field: &Field) -> Vec<Known> {
        Vec::new()
    }
    /// Words of other reference data that may answer a question.
    fn words(&self, _field: &Field) -> Vec<String> {
        Vec::new()
    }
    /// The name of this court: what `here` means.
    fn here(&self) -> Option<String> {
        None
    }
    /// Where this defendant lives, line by line: what `home` means.
    fn home(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A court that knows nobody.
impl Book for () {}

/// What a text is read against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The day of the hearing.
    pub day: Day,
    /// Which court.
    pub jurisdiction: Jurisdiction,
    /// Whose results are typed.
    pub defendant: DefendantId,
    /// For which offence; none for the defendant as a whole.
    pub offence: Option<OffenceId>,
    /// The results of this defendant so far, in the order they were typed.
    pub lines: &'a [ResultLine],
    /// What the court knows.
    pub book: &'a dyn Book,
}

/// How an answer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Read as it stands.
    Typed,
    /// Its question was named (`suspended 18m`, `reasons="…"`).
    Named,
    /// A period that gave a day (`12m` for an end date).
    Counted,
    /// Filled in from reference data.
    Known,
    /// Taken from an earlier answer of this defendant.
    Earlier,
    /// Meant by a day that was typed with it (`COLLO 28d`).
    Meant,
}

/// One question that a piece answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The key of the field.
    pub key: String,
    /// What was asked.
    pub label: String,
    /// The answers, by reference, in their written form.
    pub answers: BTreeMap<String, String>,
    /// The answer as people read it.
    pub shown: String,
    /// Which words of the text it came from.
    pub ranges: Vec<Range<usize>>,
    /// How it was found.
    pub how: How,
    /// Other questions that the same words could have answered.
    pub also: Vec<String>,
}

/// Words that mean nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which.
    pub range: Range<usize>,
    /// What may help.
    pub hint: Option<String>,
}

/// Where a result belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// Under a line that was there before.
    Line(ResultLineId),
    /// Under another piece of the same text.
    Piece(usize),
}

/// One result of a text.
#[derive(Debug, Clone)]
pub struct Piece<'c> {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The words that name the result.
    pub name: Range<usize>,
    /// The result, if it is certain.
    pub definition: Option<&'c ResultDefinition>,
    /// It was named by its short code.
    pub exact: bool,
    /// What its words may mean, best first; for a certain result only where
    /// somebody is typing.
    pub candidates: Vec<&'c ResultDefinition>,
    /// What it answers, in the order of the questions.
    pub given: Vec<Given>,
    /// What is still needed, in the order of the questions.
    pub missing: Vec<Missing>,
    /// What could not be understood.
    pub unread: Vec<Unread>,
    /// What it belongs under, if that is for the same offence.
    pub under: Option<Under>,
}

impl Piece<'_> {
    /// Every answer, by reference.
    #[must_use]
    pub fn answers(&self) -> BTreeMap<String, String> {
        let all = self.given.iter().flat_map(|given| given.answers.clone());
        all.collect()
    }
}

/// The most pieces of one text: more was pasted, not typed.
const MOST_PIECES: usize = 60;

/// What a text means. `caret` is where somebody types (in bytes), so that what
/// may stand there can be offered.
#[must_use]
pub fn parse<'c>(
    catalogue: &'c ResultCatalogue,
    context: &Context<'_>,
    text: &str,
    caret: Option<usize>,
) -> Vec<Piece<'c>> {
    let mut open: Vec<&'c ResultDefinition> = under::open(catalogue, context);
    let mut pieces: Vec<Piece<'c>> = Vec::new();
    'text: for range in split::pieces(text) {
        let mut rest = Some(range);
        while let Some(range) = rest.take() {
            if pieces.len() >= MOST_PIECES {
                pieces.push(unread(range.start..text.trim_end().len()));
                break 'text;
            }
            let (piece, next) = fill::piece(catalogue, context, text, range, caret, &open);
            open.extend(piece.definition);
            pieces.push(piece);
            rest = next;
        }
    }
    let mut pieces = fill::days_apart(catalogue, context, text, pieces);
    under::attach(catalogue, context, &mut pieces);
    pieces
}

fn unread<'c>(range: Range<usize>) -> Piece<'c> {
    Piece {
        name: range.clone(),
        unread: vec![Unread {
            range: range.clone(),
            hint: Some("Add what stands before it first.".to_owned()),
        }],
        range,
        definition: None,
        exact: false,
        candidates: Vec::new(),
        given: Vec::new(),
        missing: Vec::new(),
        under: None,
    }
}
