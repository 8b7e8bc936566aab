//! The catalogue of results, as the person who types needs it.

use crate::hearing::Line;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use vocabulary::{DefendantId, DefinitionId, HearingId, OffenceId, ResultLineId};

/// One definition in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Match {
    /// Definition.
    pub definition_id: DefinitionId,
    /// Short code.
    pub code: String,
    /// Label.
    pub label: String,
    /// `Final`, `Intermediary` or `Ancillary`.
    pub category: String,
    /// `Offence`, `Defendant` or `Case`.
    pub level: String,
}

/// What does this result ask?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Definition {
    /// The hearing decides which children are in force.
    pub hearing_id: HearingId,
    /// Definition.
    pub definition_id: DefinitionId,
}

/// A definition with its questions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DefinitionView {
    /// Definition.
    pub definition_id: DefinitionId,
    /// Short code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Welsh label, if the source has one.
    pub label_welsh: Option<String>,
    /// `Final`, `Intermediary` or `Ancillary`.
    pub category: String,
    /// `Offence`, `Defendant` or `Case`.
    pub level: String,
    /// Questions in order.
    pub fields: Vec<FieldView>,
    /// Results that belong under this one.
    pub children: Vec<ChildView>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// `1 year 6 months`, or `12m`, `100h`.
    Duration,
    /// `yes`, or not answered.
    Tick,
    /// A day.
    Date,
    /// A clock time.
    Time,
    /// Pounds and pence.
    Money,
    /// One of a list.
    List,
    /// Several of a list, joined by `; `.
    ListMany,
    /// One of a list, or other words.
    ListOther,
    /// Several of a list, or other words.
    ListManyOther,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldView {
    /// Key of the answer.
    pub reference: String,
    /// Label.
    pub label: String,
    /// Name-and-address questions with the same group belong together, for instance `Prison`.
    pub group: Option<String>,
    /// How it is answered.
    pub kind: FieldKind,
    /// `mandatory`, `optional`, `oneOf`, `atleastOneOf`.
    pub rule: String,
    /// Units of a duration, longest first.
    pub units: Vec<String>,
    /// Items of a list.
    pub items: Vec<ListItem>,
    /// Organisations that may fill a group: chosen by name, they answer the whole group.
    pub directory: Vec<DirectoryEntry>,
    /// Smallest and largest, in words, if bounded.
    pub bounds: Option<String>,
    /// Whether it asks for a day that is past: a day without a year is the last such one.
    pub past: bool,
    /// Whether its answer is of one person and is not copied to another.
    pub own: bool,
}

/// One item of a fixed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListItem {
    /// Code.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// A known organisation with the answers that it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DirectoryEntry {
    /// Name.
    pub name: String,
    /// Reference and answer, for every part of the group.
    pub answers: Vec<(String, String)>,
}

/// A result that belongs under another.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChildView {
    /// `mandatory`, `optional`, `oneOf`, `atleastOneOf`.
    pub rule: String,
    /// The definition.
    pub definition: Match,
    /// The definitions that answer for it: itself, and all under it if it is
    /// no more than a heading.
    pub met_by: Vec<DefinitionId>,
}

/// What does this text mean, in the typing grammar? Asked while it is typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Parse {
    /// The hearing decides day and jurisdiction.
    pub hearing_id: HearingId,
    /// Whose results are typed.
    pub defendant_id: DefendantId,
    /// For which offence, or nothing for the defendant as a whole.
    pub offence_id: Option<OffenceId>,
    /// As typed: results with their answers, between them `;` or a new line.
    pub text: String,
    /// Where somebody types, in UTF-16 units; what may stand there is offered.
    pub caret: Option<u32>,
    /// The results of this defendant as the window has them, saved or not.
    pub lines: Vec<Line>,
}

/// A text in pieces, one a result. Positions are UTF-16 units of the text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Parsed {
    /// Pieces in order.
    pub pieces: Vec<Piece>,
}

/// One result of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Piece {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Where the words begin that name the result.
    pub name_start: u32,
    /// Where they end.
    pub name_end: u32,
    /// The result, if it is certain.
    pub definition: Option<Match>,
    /// It was named by its short code.
    pub exact: bool,
    /// It is ordered once, for the defendant as a whole.
    pub once: bool,
    /// What may be meant, best first.
    pub candidates: Vec<Match>,
    /// Questions that are answered.
    pub given: Vec<Given>,
    /// Questions that are still needed, in order.
    pub missing: Vec<Missing>,
    /// What could not be understood.
    pub unread: Vec<Unread>,
    /// What it belongs under.
    pub under: Option<Under>,
}

/// How an answer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// As it stands.
    Typed,
    /// Its question was named.
    Named,
    /// A period that gave a day.
    Counted,
    /// From reference data.
    Known,
    /// From an earlier answer of this defendant.
    Earlier,
    /// Meant by a day that was typed with it.
    Meant,
}

/// One question that is answered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Given {
    /// What was asked.
    pub label: String,
    /// Answers by reference.
    pub answers: BTreeMap<String, String>,
    /// The answer as people read it.
    pub shown: String,
    /// How it was found.
    pub how: How,
    /// Other questions that the same words could have answered.
    pub also: Vec<String>,
}

/// A question that is still needed, or a choice of several.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Missing {
    /// Where it is answered.
    pub reference: String,
    /// What is asked; more than one if there is a choice.
    pub labels: Vec<String>,
}

/// Words that mean nothing here.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Unread {
    /// Where they begin.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// What may help.
    pub hint: Option<String>,
}

/// What a result belongs under: a line that is there, or another piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Under {
    /// A line of the draft.
    pub line_id: Option<ResultLineId>,
    /// The number of a piece, from nought.
    pub piece: Option<u32>,
}
