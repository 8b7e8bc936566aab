//! What the server tells an open window: `GET /live` as server-sent events.

use crate::notice::Notice;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something changed that this person may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Live {
    /// Position in the ledger; `last-event-id` resumes after it.
    #[ts(type = "number")]
    pub position: u64,
    /// Views that are out of date: `case:<id>`, `hearing:<id>`, `inbox`, `notices`,
    /// `hearings`, or `everything` after a gap.
    pub stale: Vec<String>,
    /// A notice to raise.
    pub notice: Option<Notice>,
}
