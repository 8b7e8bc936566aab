//! An announcement: planned or not, how serious, from when until when. Its order is the
//! published one (domain: unplanned critical first, planned information last).

use crate::{Refusal, words};
use serde::{Deserialize, Serialize};
use vocabulary::{AnnouncementCategory, AnnouncementId, AnnouncementSeverity, Instant};

/// For how many days one that is over is still listed.
pub const KEPT_DAYS: i64 = 7;
/// The longest that something is announced, in days: what holds for longer is no news.
const LONGEST_DAYS: i64 = 92;

/// An announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
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
    /// Who made it, by name.
    pub by: String,
}

impl Announcement {
    /// The same if it can be made.
    ///
    /// # Errors
    /// If it says nothing or too much, or ends before it begins or before now.
    pub fn checked(mut self, now: Instant) -> Result<Self, Refusal> {
        self.title = words::words(&self.title);
        self.details = words::words(&self.details);
        let (title, details) = (self.title.chars().count(), self.details.chars().count());
        if title == 0 || title > 100 || details == 0 || details > 1_000 {
            return Err(Refusal::new(
                "no_words",
                "An announcement has a title, up to 100 characters, and details, up to 1,000.",
                "Say what happens, whom it concerns and what they should do.",
            ));
        }
        if self.until <= self.from || self.until <= now {
            return Err(Refusal::new(
                "no_time",
                "It would be over before anybody read it.",
                "Give an end after the beginning, and after now.",
            ));
        }
        if self.from.plus_seconds(LONGEST_DAYS * 24 * 60 * 60) < self.until {
            return Err(Refusal::new(
                "too_long",
                format!("Nothing is announced for more than {LONGEST_DAYS} days."),
                "Choose an earlier end; it can be announced again.",
            ));
        }
        Ok(self)
    }

    /// Its place: 1 is the most pressing.
    #[must_use]
    pub const fn rank(&self) -> i64 {
        use AnnouncementCategory::{Planned, Unplanned};
        use AnnouncementSeverity::{Critical, Information, Warning};
        match (self.severity, self.category) {
            (Critical, Unplanned) => 1,
            (Critical, Planned) => 2,
            (Warning, Unplanned) => 3,
            (Warning, Planned) => 4,
            (Information, Unplanned) => 5,
            (Information, Planned) => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(from: i64, until: i64) -> Announcement {
        Announcement {
            id: AnnouncementId(uuid::Uuid::nil()),
            title: " Printing is slow ".to_owned(),
            details: "Orders may take ten minutes.".to_owned(),
            category: AnnouncementCategory::Unplanned,
            severity: AnnouncementSeverity::Warning,
            from: Instant::from_micros(from * 1_000_000),
            until: Instant::from_micros(until * 1_000_000),
            by: "Noor Hadley".to_owned(),
        }
    }

    #[test]
    fn an_announcement_has_words_and_an_end_ahead() {
        let now = Instant::from_micros(50_000_000);
        assert_eq!(one(10, 90).checked(now).unwrap().title, "Printing is slow");
        assert_eq!(one(90, 90).checked(now).unwrap_err().code, "no_time");
        assert_eq!(one(10, 50).checked(now).unwrap_err().code, "no_time");
        assert_eq!(
            one(0, 93 * 86_400).checked(now).unwrap_err().code,
            "too_long"
        );
        let silent = Announcement {
            details: "\n".to_owned(),
            ..one(10, 90)
        };
        assert_eq!(silent.checked(now).unwrap_err().code, "no_words");
    }

    #[test]
    fn what_nobody_planned_comes_before_what_was_and_worse_before_both() {
        let rank = |severity, category| {
            Announcement {
                severity,
                category,
                ..one(1, 2)
            }
            .rank()
        };
        let ranks: Vec<i64> = AnnouncementSeverity::ALL
            .iter()
            .flat_map(|severity| {
                [
                    AnnouncementCategory::Unplanned,
                    AnnouncementCategory::Planned,
                ]
                .map(|category| rank(*severity, category))
            })
            .collect();
        assert_eq!(ranks, [1, 2, 3, 4, 5, 6]);
    }
}
