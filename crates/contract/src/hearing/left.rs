//! What was typed in a hearing and had not reached the server when the hearing was closed to
//! whoever typed it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{HearingId, Instant};

/// Leave with the court what was typed in a hearing that is closed now to whoever typed it, or
/// that there is not. Their computer forgets it once this is answered, and not before. Nothing
/// of a hearing is told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeaveWords {
    /// Hearing.
    pub hearing_id: HearingId,
    /// What the computer kept, as it kept it.
    pub words: String,
}

/// It is in the record. Nothing of the hearing is told, not even its id: there may be none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WordsAreLeft {
    /// How many bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// What somebody had typed and could not send any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftWords {
    /// Who typed it.
    pub by: String,
    /// When their computer left it here.
    pub at: Instant,
    /// What of it is not in the results.
    pub typed: Vec<LeftTyped>,
}

/// One result, or words that were none yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftTyped {
    /// On whom and which offence, as this hearing has them; empty if it has them not.
    pub place: String,
    /// As it reads.
    pub text: String,
}
