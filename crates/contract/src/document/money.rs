//! Sums of money on a document. The totals arrive added up.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Pence;

/// What is to be paid, to whom, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoneyTable {
    /// Each sum.
    pub lines: Vec<MoneyLine>,
    /// All of them together.
    pub total: Pence,
    /// What is still to be paid, where it differs from the total.
    pub balance: Option<Pence>,
    /// The terms of payment, a sentence each.
    pub terms: Vec<String>,
}

/// One sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoneyLine {
    /// What it is: `Fine`, `Compensation`.
    pub label: String,
    /// For which offence, or to whom it goes.
    pub detail: Option<String>,
    /// How much.
    pub amount: Pence,
}
