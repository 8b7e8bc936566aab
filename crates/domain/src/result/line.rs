//! A line of results as typed in court: the smallest thing that is shared.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::{DefendantId, DefinitionId, OffenceId, ResultLineId};

/// One typed result. Answers are kept by prompt reference in their one written
/// form (see [`super::read`]): days `2026-12-19`, money `250.00`, periods
/// `1 year 6 months`, ticks `yes`, several items of a list joined by `; `.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// Its id, the same in every draft.
    pub id: ResultLineId,
    /// Which result.
    pub definition: DefinitionId,
    /// Whose.
    pub defendant: DefendantId,
    /// On which offence; none for a result about the defendant or the case.
    pub offence: Option<OffenceId>,
    /// The line it belongs under, if said; otherwise it is found (see [`super::Tree`]).
    pub parent: Option<ResultLineId>,
    /// What was answered.
    pub answers: BTreeMap<String, String>,
}

impl ResultLine {
    /// The answer to a prompt; blank counts as none.
    #[must_use]
    pub fn answer(&self, reference: &str) -> Option<&str> {
        let text = self.answers.get(reference)?.trim();
        (!text.is_empty()).then_some(text)
    }
}
