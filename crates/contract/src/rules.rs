//! Rules before sharing that whoever runs the service lowers while it runs, and gives back
//! what their tables say.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Instant;

/// Which rules can be lowered, and how severe is each now?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// How severe a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleSeverity {
    /// It is not asked.
    Off,
    /// It warns.
    Warning,
    /// It blocks sharing.
    Error,
}

/// What a rule can be lowered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LowerTo {
    /// It is not asked.
    Off,
    /// It warns.
    Warning,
}

/// The rules that can be lowered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleList {
    /// Rules: those of the published validator, then ours.
    pub rules: Vec<RuleView>,
}

/// A rule that can be lowered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleView {
    /// Its name.
    pub rule: String,
    /// What it asks, one sentence.
    pub says: String,
    /// What it rests on.
    pub source: String,
    /// By its table, and the settings of the server.
    pub by_table: RuleSeverity,
    /// Now.
    pub now: RuleSeverity,
    /// Who lowered it; none if nobody did.
    pub lowered: Option<RuleLowered>,
    /// What it can be lowered to, from how it stands now.
    pub to: Vec<LowerTo>,
}

/// That a rule is lowered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleLowered {
    /// The name that was lowered: of the rule, or of all its conditions.
    pub rule: String,
    /// To what.
    pub to: LowerTo,
    /// Who decided it.
    pub by: String,
    /// Since when.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// Lower a rule from the next check on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Lower {
    /// Rule.
    pub rule: String,
    /// To what.
    pub to: LowerTo,
    /// Why; it stays in the record.
    pub reason: String,
}

/// Give a rule back what its table says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// The name that was lowered.
    pub rule: String,
    /// Why; it stays in the record.
    pub reason: String,
}
