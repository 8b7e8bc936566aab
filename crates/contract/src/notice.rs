//! What a person is told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, HearingId, Instant, NoticeId};

/// What have I been told?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// Notices, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Notices {
    /// Items.
    pub items: Vec<Notice>,
    /// How many are unread.
    #[ts(type = "number")]
    pub unread: u64,
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// Notice.
    pub notice_id: NoticeId,
    /// When.
    pub at: Instant,
    /// One line.
    pub title: String,
    /// One sentence.
    pub body: String,
    /// The case it is about.
    pub case_id: Option<CaseId>,
    /// The hearing where what it asks for is done.
    pub hearing_id: Option<HearingId>,
    /// Whether it has been read.
    pub read: bool,
}

/// I have read these; none means all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MarkRead {
    /// Notices.
    pub notices: Vec<NoticeId>,
}
