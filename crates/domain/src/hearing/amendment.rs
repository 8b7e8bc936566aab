//! An amendment of shared results: who makes it and why, how far it is, and what
//! became of those before it. It decides nothing.

use super::Correction;
use crate::result::{JudicialResult, ResultLine};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, AmendmentKind, AmendmentOutcome, AmendmentReason, Instant, LineChange, ResultLineId,
    ResultsState,
};

/// A member of the court's staff, as the record names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Account.
    pub account: AccountId,
    /// Name at the time.
    pub name: String,
}

/// An amendment that is being made. While there is one, only whoever began it edits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amendment {
    /// What kind of error it puts right.
    pub kind: AmendmentKind,
    /// Why, as documents say it.
    pub reason: AmendmentReason,
    /// Why, in the words of whoever makes it; for the court only.
    pub note: String,
    /// Who makes it.
    pub by: Officer,
    /// Since when.
    pub since: Instant,
    /// The revision of the draft when it began: what was typed up to it is no part of this.
    pub draft_revision: u64,
    /// How far it is.
    pub stage: Stage,
    /// What it puts right beside the results, in the order in which that was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// How far an amendment is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// It is being typed.
    Locked,
    /// It waits for somebody else.
    ApprovalRequested {
        /// Since when.
        at: Instant,
        /// What is to be approved.
        proposal: Proposal,
    },
    /// Somebody else approved it.
    Validated {
        /// Who.
        by: Officer,
        /// When.
        at: Instant,
        /// What was approved, and nothing else, is shared.
        proposal: Proposal,
    },
}

/// Results as they are to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Lines.
    pub lines: Vec<ResultLine>,
    /// The results that they make.
    pub results: Vec<JudicialResult>,
}

/// How shared results differ from the version before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// What kind of error was put right.
    pub kind: AmendmentKind,
    /// Why.
    pub reason: AmendmentReason,
    /// Why, in the words of whoever made it; for the court only.
    pub note: String,
    /// Who made it.
    pub by: Officer,
    /// Who approved it, if somebody had to.
    pub approved_by: Option<Officer>,
    /// What became of each line.
    pub changes: Vec<LineChanged>,
    /// The results that are taken away, as they were.
    pub deleted: Vec<JudicialResult>,
    /// What was put right beside the results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// What became of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChanged {
    /// The line; of a deleted one, the line that it was.
    pub line: ResultLineId,
    /// What became of it.
    pub change: LineChange,
    /// The line of the version before that it takes the place of.
    pub was: Option<ResultLineId>,
}

/// An amendment that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastAmendment {
    /// What kind of error it was to put right.
    pub kind: AmendmentKind,
    /// Why.
    pub reason: AmendmentReason,
    /// Who made it.
    pub by: Officer,
    /// From when.
    pub since: Instant,
    /// What became of it.
    pub outcome: AmendmentOutcome,
    /// Who ended it.
    pub ended_by: String,
    /// When.
    pub at: Instant,
    /// Why it was rejected or unlocked.
    pub why: Option<String>,
}

impl Amendment {
    /// The state of the hearing day that it makes.
    #[must_use]
    pub const fn state(&self) -> ResultsState {
        match (&self.stage, self.kind) {
            (Stage::Locked, AmendmentKind::AdministrativeError) => {
                ResultsState::AmendLockedAdminError
            }
            (Stage::Locked, AmendmentKind::UserError) => ResultsState::AmendLockedUserError,
            (Stage::ApprovalRequested { .. }, _) => ResultsState::ApprovalRequested,
            (Stage::Validated { .. }, _) => ResultsState::Validated,
        }
    }

    /// What waits for approval or has it.
    #[must_use]
    pub const fn proposal(&self) -> Option<&Proposal> {
        match &self.stage {
            Stage::Locked => None,
            Stage::ApprovalRequested { proposal, .. } | Stage::Validated { proposal, .. } => {
                Some(proposal)
            }
        }
    }

    pub(super) fn over(
        self,
        outcome: AmendmentOutcome,
        ended_by: &str,
        at: Instant,
        why: Option<String>,
    ) -> PastAmendment {
        PastAmendment {
            kind: self.kind,
            reason: self.reason,
            by: self.by,
            since: self.since,
            outcome,
            ended_by: ended_by.to_owned(),
            at,
            why,
        }
    }
}
