//! What the national catalogue says about one result: its words, its place in
//! the sentence, its fields and the results that belong under it.

use super::Field;
use serde::{Deserialize, Serialize};
use vocabulary::{BailStatus, Day, DefinitionId, Jurisdiction};

/// How a result leaves its offence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// The offence is disposed of.
    Final,
    /// The offence comes back to a court.
    Intermediary,
    /// Adds detail to another result.
    Ancillary,
}

/// What a result is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One offence.
    Offence,
    /// The defendant, once.
    Defendant,
    /// The case of this defendant, once.
    Case,
}

/// How far an answer, or a result under another, is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Must be there.
    Mandatory,
    /// May be there.
    Optional,
    /// Exactly one of those so marked.
    OneOf,
    /// One or more of those so marked.
    AtLeastOneOf,
}

/// What it means when a result that another one asks for is not given
/// (column `unanswered` of the repairs: some of the catalogue's "results" are
/// questions, and the source does not say what silence means).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unanswered {
    /// Sharing waits for it.
    #[default]
    Blocks,
    /// Sharing is possible, knowingly.
    Warns,
    /// The answer to the question is no.
    MeansNo,
}

/// A day that is typed behind a result which asks for none belongs to another one
/// (column `typed_day` of the repairs): the days to pay in are said with the
/// collection order, and the catalogue asks for them in a result of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedDay {
    /// The short code of the result that asks for the day.
    pub result: String,
    /// What is meant by it here, unless something else is typed: a question's key,
    /// and the answer as one would type it.
    pub means: Option<(String, String)>,
}

/// Which result a rule names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChildTarget {
    /// By its short code, resolved by the day of the hearing.
    Code(String),
    /// By an id; the definition may be unpublished.
    Id(DefinitionId),
}

/// A result that belongs under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildRule {
    /// Which.
    pub target: ChildTarget,
    /// How far it is required.
    pub rule: Rule,
}

/// Where a definition comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The published catalogue.
    Published,
    /// Named by the source, which publishes no text of it: text and questions are ours.
    Ours,
    /// Known only by id and label from shared results; completed by a repair.
    Supplement,
}

/// What is ordered every day, and what else it is called (`common_results.csv`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommonResult {
    /// The short code.
    pub result: String,
    /// The lower, the more often.
    pub order: u32,
    /// Words for it that its label does not have, each complete.
    pub called: Vec<String>,
}

/// One definition of the catalogue, valid from `start` to `end`.
#[derive(Debug, Clone)]
pub struct ResultDefinition {
    /// Its id.
    pub id: DefinitionId,
    /// What is typed.
    pub code: String,
    /// What is printed.
    pub label: String,
    /// The Welsh label, if the source has one.
    pub welsh_label: Option<String>,
    /// How it leaves its offence.
    pub category: Category,
    /// What it is attached to.
    pub level: Level,
    /// Order on screen and in documents.
    pub rank: u32,
    /// The groups it belongs to.
    pub groups: Vec<String>,
    /// The four-digit national code.
    pub cjs_code: Option<String>,
    /// `None` is both.
    pub jurisdiction: Option<Jurisdiction>,
    /// Makes a conviction, or needs one.
    pub convicted: bool,
    /// Makes a next hearing.
    pub adjournment: bool,
    /// Goes to enforcement.
    pub financial: bool,
    /// Ends the proceedings for the offence.
    pub terminates_proceedings: bool,
    /// How the defendant leaves the hearing.
    pub post_hearing_custody_status: BailStatus,
    /// Shortens distribution.
    pub urgent: bool,
    /// For DVLA.
    pub d20: bool,
    /// For documents only: no register lists it.
    pub published_for_nows: bool,
    /// Shown as an answer of its parent rather than as a result.
    pub published_as_prompt: bool,
    /// A question of the form: never printed.
    pub excluded_from_results: bool,
    /// Its children's answers are shown with it.
    pub roll_up_prompts: bool,
    /// Printed on the court extract.
    pub court_extract: bool,
    /// Can be breached.
    pub can_be_breached: bool,
    /// Can be varied.
    pub can_be_varied: bool,
    /// DVLA's code.
    pub dvla_code: Option<String>,
    /// The subject line of the police's mail.
    pub police_subject_line: Option<String>,
    /// Groups of words; a line that holds every word of one of them is this result.
    pub word_groups: Vec<Vec<String>>,
    /// The results that belong under it.
    pub children: Vec<ChildRule>,
    /// What a person answers, in order.
    pub fields: Vec<Field>,
    /// How many prompts of the source the fields are made of.
    pub prompt_count: usize,
    /// First day; `None` is always.
    pub start: Option<Day>,
    /// Last day; `None` is open.
    pub end: Option<Day>,
    /// What silence means when another result asks for this one.
    pub unanswered: Unanswered,
    /// Whose a day is that is typed behind it.
    pub typed_day: Option<TypedDay>,
    /// The user groups on whose copies of a document it stands; none is everybody.
    pub only_for: Vec<String>,
    /// Where it comes from.
    pub origin: Origin,
}

impl ResultDefinition {
    /// A heading over other results: it has nothing to answer itself, so that
    /// typing one of its children is enough.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        self.fields.is_empty()
            && !self.children.is_empty()
            && self.category != Category::Final
            && self.cjs_code.is_none()
    }

    /// A heading of which one child or more had to be chosen: beside the one that was, it is the
    /// name of a group and says nothing that was ordered.
    #[must_use]
    pub fn only_names_a_group(&self) -> bool {
        let choice = |child: &ChildRule| matches!(child.rule, Rule::OneOf | Rule::AtLeastOneOf);
        self.is_heading() && self.children.iter().all(choice)
    }

    /// Is it valid on this day?
    #[must_use]
    pub fn valid_on(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }

    /// May a court of this jurisdiction make it?
    #[must_use]
    pub fn made_by(&self, jurisdiction: Jurisdiction) -> bool {
        self.jurisdiction.is_none_or(|own| own == jurisdiction)
    }

    /// Does it belong to the group (case and spaces ignored)?
    #[must_use]
    pub fn in_group(&self, group: &str) -> bool {
        self.groups
            .iter()
            .any(|own| own.eq_ignore_ascii_case(group))
    }

    /// The field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}
