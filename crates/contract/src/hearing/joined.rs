//! Cases of one person that are listed apart on one day, heard together.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{HearingId, Urn};

/// Hear what another hearing of this court and day is listed for in this one: somebody is before
/// the court in both.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HearTogether {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// The other hearing; it leaves the list.
    pub other_id: HearingId,
    /// Why somebody is one person in both, where neither number nor address says so.
    pub reason: Option<String>,
}

/// Which other hearings of this court and day somebody of this one is listed for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlsoListed {
    /// Hearing.
    pub hearing_id: HearingId,
}

/// The other hearings, earliest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlsoListedView {
    /// Hearings.
    pub hearings: Vec<OtherHearing>,
}

/// Another hearing of the same court and day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OtherHearing {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Clock.
    pub time: String,
    /// Room.
    pub courtroom: String,
    /// Type in words.
    pub kind: String,
    /// References of its cases.
    pub urns: Vec<Urn>,
    /// Who is certainly before the court in both.
    pub people: Vec<String>,
    /// Who may be: name and day of birth agree, and nothing else is known of both.
    pub possible: Vec<String>,
}
