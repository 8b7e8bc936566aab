//! Deliveries beyond their limit, and days that do not add up to the ledger, on the screen of the
//! court that sent them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Alarm, Day, DeliveryId, DocumentId, HearingId, Instant, Urn};

/// What of ours did not arrive, or was not acknowledged, in time?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// The alarms of the person's court: urgent ones first, then the oldest.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Alarms {
    /// Alarms.
    pub items: Vec<AlarmItem>,
    /// How many there are, should they be more than are listed.
    #[ts(type = "number")]
    pub total: u64,
    /// How many of those listed nobody has taken on.
    #[ts(type = "number")]
    pub unowned: u64,
    /// Days on which the lists say of its deliveries something else than the ledger.
    pub days: Vec<DayAlarm>,
}

/// A day whose deliveries are not in the lists as they are in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayAlarm {
    /// The day.
    pub day: Day,
    /// One sentence: what, and since when.
    pub text: String,
    /// What to do next, in sentences.
    pub next: String,
    /// Who took it on, and when.
    pub owner: Option<String>,
    /// Whether that is the person who asks.
    pub mine: bool,
}

/// I see to this day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeDay {
    /// The day.
    pub day: Day,
}

/// One delivery beyond its limit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlarmItem {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// Document.
    pub document_id: DocumentId,
    /// Its name.
    pub name: String,
    /// Hearing.
    pub hearing_id: HearingId,
    /// Defendant.
    pub defendant: String,
    /// Case reference.
    pub case: Urn,
    /// Recipient's name.
    pub recipient: String,
    /// Somebody's custody or safety hangs on it.
    pub urgent: bool,
    /// What is wrong, who has it and what to do.
    pub alarm: AlarmMark,
}

/// What is wrong with a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlarmMark {
    /// What.
    pub what: Alarm,
    /// One sentence: what, and since when.
    pub text: String,
    /// Since when it is an alarm.
    pub since: Instant,
    /// What to do next, one sentence.
    pub next: String,
    /// Who took it on, and when.
    pub owner: Option<String>,
    /// Whether that is the person who asks.
    pub mine: bool,
}

/// I see to this.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Take {
    /// Delivery.
    pub delivery_id: DeliveryId,
}

/// A letter was posted, and the post brought it back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CameBack {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// What the post wrote on it: `gone away`.
    pub why: String,
}

/// The recipient was told otherwise, by telephone for instance.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settle {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// Who was told, and how.
    pub told: String,
    /// When, today: `14:05`; none is now.
    pub at: Option<String>,
}
