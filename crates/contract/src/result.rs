//! The catalogue of results, as the person who types needs it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{DefinitionId, HearingId};

/// Which results fit what I typed?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Search {
    /// The hearing decides day and jurisdiction.
    pub hearing_id: HearingId,
    /// Short code or words.
    pub text: String,
}

/// Definitions, best first, at most 20.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Matches {
    /// Matches.
    pub matches: Vec<Match>,
}

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
