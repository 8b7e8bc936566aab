//! What became of the deliveries of a day, agency by agency.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    Alarm, Day, DeliveryId, DeliveryState, DocumentId, HearingId, Instant, OrganisationId, Urn,
};

/// What became of what was sent on a day? A court asks of what it sent, an agency of
/// what was sent to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reconcile {
    /// The day; none is today.
    pub day: Option<Day>,
}

/// The reckoning of one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reconciliation {
    /// The day.
    pub day: Day,
    /// Today.
    pub today: Day,
    /// By agency and channel.
    pub agencies: Vec<AgencyFigures>,
    /// Everything together.
    pub total: Figures,
    /// What is outstanding, the oldest first.
    pub outstanding: Vec<OutstandingDelivery>,
    /// The day as it was reckoned from the ledger and kept, once it was.
    pub kept: Option<KeptReckoning>,
    /// The latest days that were, the latest first.
    pub days: Vec<ReckonedDay>,
}

/// A day as it was reckoned from the ledger, and whether the lists say the same.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeptReckoning {
    /// When, the last time.
    pub at: Instant,
    /// Whether they do.
    pub agrees: bool,
    /// The same in a sentence.
    pub text: String,
    /// By agency and channel, as it was then.
    pub agencies: Vec<AgencyFigures>,
    /// Everything together.
    pub total: Figures,
}

/// A day that was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReckonedDay {
    /// The day.
    pub day: Day,
    /// Whether the lists say of it what the ledger says.
    pub agrees: bool,
    /// How many deliveries were asked for.
    #[ts(type = "number")]
    pub requested: u64,
}

/// One agency, or one way to people who are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgencyFigures {
    /// Organisation, if it is one of this system.
    pub organisation_id: Option<OrganisationId>,
    /// Its name; of others, what they are together.
    pub name: String,
    /// Channel in words.
    pub channel: String,
    /// The figures.
    pub figures: Figures,
}

/// How many deliveries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Figures {
    /// Asked for.
    #[ts(type = "number")]
    pub requested: u64,
    /// The recipient has it.
    #[ts(type = "number")]
    pub delivered: u64,
    /// Somebody there took responsibility.
    #[ts(type = "number")]
    pub acknowledged: u64,
    /// Could not be delivered.
    #[ts(type = "number")]
    pub failed: u64,
    /// Stopped, because the document was superseded first.
    #[ts(type = "number")]
    pub stopped: u64,
    /// The recipient was told otherwise.
    #[ts(type = "number")]
    pub settled: u64,
    /// Still to arrive or to be acknowledged.
    #[ts(type = "number")]
    pub outstanding: u64,
}

/// A delivery that is still to arrive or to be acknowledged.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutstandingDelivery {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// Document.
    pub document_id: DocumentId,
    /// Hearing.
    pub hearing_id: HearingId,
    /// Its name.
    pub name: String,
    /// Defendant.
    pub defendant: String,
    /// Case reference.
    pub case: Urn,
    /// Recipient's name.
    pub recipient: String,
    /// How far.
    pub state: DeliveryState,
    /// What it lacks.
    pub what: Alarm,
    /// When it was asked for.
    pub requested_at: Instant,
}
