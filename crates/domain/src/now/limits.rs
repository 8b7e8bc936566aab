//! How long a delivery may take, and how long its acknowledgement: after that it is
//! an alarm. The limits are data, and are recorded with each delivery, so that a
//! changed table changes nothing that is on its way.

use super::NowDefinition;
use serde::{Deserialize, Serialize};
use vocabulary::{Channel, Instant};

/// The limits of one delivery, in minutes after the document was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Within which the recipient must have it.
    pub delivered: Option<u32>,
    /// Within which the recipient must have acknowledged it.
    pub acknowledged: Option<u32>,
    /// Whether somebody's custody or safety hangs on it.
    #[serde(default)]
    pub urgent: bool,
}

impl Limits {
    /// When an undelivered one becomes an alarm.
    #[must_use]
    pub fn delivered_by(&self, requested: Instant) -> Option<Instant> {
        self.delivered.map(|minutes| after(requested, minutes))
    }

    /// When an unacknowledged one becomes an alarm.
    #[must_use]
    pub fn acknowledged_by(&self, requested: Instant) -> Option<Instant> {
        self.acknowledged.map(|minutes| after(requested, minutes))
    }
}

fn after(requested: Instant, minutes: u32) -> Instant {
    requested.plus_seconds(i64::from(minutes) * 60)
}

/// A row of the table of limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLimit {
    /// The subscription; `*` is all.
    pub subscription: String,
    /// The document; `*` is all.
    pub now: String,
    /// By post, or by what arrives at once; none is both.
    pub by_post: Option<bool>,
    /// Only where it prints a result that the catalogue calls urgent.
    pub of_urgent: bool,
    /// The limits.
    pub limits: Limits,
}

/// The limits of a delivery: those of the first row that speaks of it. What is only
/// filed goes to nobody and has none.
#[must_use]
pub fn limits_for(
    rows: &[DeliveryLimit],
    subscription: &str,
    now: &NowDefinition,
    channel: Channel,
    prints_urgent: bool,
) -> Limits {
    if channel == Channel::FileOnly {
        return Limits::default();
    }
    let by_post = channel.by_post();
    let named = |own: &str, other: &str| own == "*" || own == other;
    rows.iter()
        .find(|row| {
            named(&row.subscription, subscription)
                && named(&row.now, &now.name)
                && row.by_post.is_none_or(|post| post == by_post)
                && (prints_urgent || !row.of_urgent)
        })
        .map(|row| row.limits)
        .unwrap_or_default()
}
