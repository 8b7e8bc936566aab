//! An offence with what the court did about it.

use super::Fact;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One offence and its results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChargeRow {
    /// Its number on the list of charges.
    pub number: u32,
    /// The case it belongs to, where a document speaks of several.
    pub case_reference: Option<String>,
    /// The offence's code.
    pub code: Option<String>,
    /// Its title.
    pub title: String,
    /// The wording of the charge.
    pub wording: String,
    /// The legislation contravened.
    pub legislation: Option<String>,
    /// The plea, in words.
    pub plea: Option<String>,
    /// The verdict or finding, in words.
    pub verdict: Option<String>,
    /// Conviction date, driver endorsement code and the like.
    pub further: Vec<Fact>,
    /// What the court ordered.
    pub results: Vec<PrintedResult>,
}

/// A result as printed: its label, and the label's answered prompts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintedResult {
    /// The label, such as `Fine`.
    pub label: String,
    /// The text of the result, without the label.
    pub text: String,
    /// Its answered prompts, where they are printed one by one.
    pub prompts: Vec<Fact>,
}
