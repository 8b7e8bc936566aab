//! What people are told about the service, and what they ask it: announcements, one stream
//! each, and requests for help, one stream each. Who answers which request first, and within
//! what time, is the court's day's matter and comes with its work queue.

mod announcement;
mod help;

pub use announcement::{Announcement, KEPT_DAYS};
pub use help::{Context, HelpRequest, said};

use serde::{Deserialize, Serialize};
use vocabulary::{AnnouncementId, HelpRequestId, Instant};

/// An event of an announcement or a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SupportEvent {
    /// Something is announced.
    AnnouncementMade(Announcement),
    /// It is announced no longer.
    AnnouncementWithdrawn {
        /// Announcement.
        announcement: AnnouncementId,
        /// When.
        at: Instant,
    },
    /// Somebody asked for help.
    HelpAsked(HelpRequest),
    /// Somebody of the service centre answered.
    HelpAnswered {
        /// Request.
        request: HelpRequestId,
        /// The answer.
        answer: String,
        /// Who, by name.
        by: String,
        /// When.
        at: Instant,
    },
}
