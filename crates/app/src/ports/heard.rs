//! What was asked for and refused, until it is in the ledger: kept within a moment of its
//! answer, so that nothing of it is lost when a server is, and added up, so that the ledger
//! has no event for each glance at a list.

use super::Fault;
use async_trait::async_trait;
use uuid::Uuid;
use vocabulary::Instant;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeardKind {
    /// What somebody was answered.
    Asked,
    /// What was refused.
    Refused,
}

impl HeardKind {
    /// The word as kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Refused => "refused",
        }
    }
}

/// The same thing heard so many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardLine {
    /// Of what kind.
    pub kind: HeardKind,
    /// The same for the same thing, on every server.
    pub id: Uuid,
    /// The same for all that becomes one event.
    pub whose: Uuid,
    /// What it is, as text of the use case's own.
    pub body: String,
    /// When first.
    pub first: Instant,
    /// When last.
    pub last: Instant,
    /// How often.
    pub times: u64,
}

/// What becomes one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardBatch {
    /// The command under which it is recorded: sent again, it is recorded once.
    pub command: Uuid,
    /// Its lines, the oldest first.
    pub lines: Vec<HeardLine>,
}

/// What was heard and is not in the ledger yet.
#[async_trait]
pub trait Heard: Send + Sync {
    /// Adds to what is kept; all of it or nothing.
    async fn keep_heard(&self, lines: Vec<HeardLine>) -> Result<(), Fault>;
    /// Lets nothing more be added to what is kept of a kind.
    async fn close_heard(&self, kind: HeardKind) -> Result<(), Fault>;
    /// What nothing is added to any more, whichever server kept it.
    async fn closed_heard(&self, kind: HeardKind) -> Result<Vec<HeardBatch>, Fault>;
    /// Forgets a batch that is recorded.
    async fn settle_heard(&self, command: Uuid) -> Result<(), Fault>;
}
