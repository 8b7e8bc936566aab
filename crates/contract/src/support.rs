//! Announcements, and help from the service centre.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    AnnouncementCategory, AnnouncementId, AnnouncementSeverity, Day, HelpRequestId, Instant,
};

/// What is announced now?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Announcements {}

/// What was, is and will be announced?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AllAnnouncements {}

/// Announcements, the most pressing first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Announced {
    /// Announcements.
    pub items: Vec<AnnouncementView>,
}

/// An announcement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnnouncementView {
    /// Announcement.
    pub id: AnnouncementId,
    /// One line.
    pub title: String,
    /// What it means and what to do.
    pub details: String,
    /// Whether it was to be expected.
    pub category: AnnouncementCategory,
    /// How serious it is.
    pub severity: AnnouncementSeverity,
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
    /// `now`, `ahead` or `over`.
    pub standing: String,
}

/// Announce something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Announce {
    /// One line.
    pub title: String,
    /// What it means and what to do.
    pub details: String,
    /// Whether it was to be expected.
    pub category: AnnouncementCategory,
    /// How serious it is.
    pub severity: AnnouncementSeverity,
    /// Day on which it begins, `2026-11-23`; none is now.
    pub from_day: Option<Day>,
    /// Time of that day, `08:00`.
    pub from_time: Option<String>,
    /// Day on which it ends.
    pub until_day: Day,
    /// Time of that day.
    pub until_time: String,
}

/// End an announcement now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Announcement.
    pub id: AnnouncementId,
}

/// What have I asked?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Requests {}

/// What has nobody answered?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingRequests {}

/// Ask the service centre.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What.
    pub question: String,
    /// The screen on which it is asked.
    pub screen: String,
    /// A reference that the screen shows.
    pub reference: Option<String>,
    /// What the screen is headed, which may name people.
    pub shown: Option<String>,
    /// Whether that goes with it.
    pub with_people: bool,
}

/// Answer a request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Request.
    pub id: HelpRequestId,
    /// The answer.
    pub answer: String,
}

/// Requests for help.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpRequests {
    /// Requests.
    pub items: Vec<HelpItem>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// A request for help.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpItem {
    /// Request.
    pub id: HelpRequestId,
    /// What was asked.
    pub question: String,
    /// Where, with the reference, in words.
    pub about: String,
    /// What the screen was headed, if that was ticked.
    pub shown: Option<String>,
    /// Organisation of whoever asks.
    pub organisation: String,
    /// When.
    pub at: Instant,
    /// The answer.
    pub answer: Option<String>,
    /// By whom and when, in words.
    pub answered: Option<String>,
}
