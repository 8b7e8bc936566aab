//! What the court finds on an offence.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Day, HearingId, OffenceId};

/// A verdict that may be entered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerdictChoice {
    /// Code, for instance `NGJU`.
    pub code: String,
    /// In words.
    pub label: String,
    /// It names the offence of which the defendant is guilty instead.
    pub names_another: bool,
    /// A jury may give it by one of the majorities.
    pub by_majority: bool,
}

/// How a jury was divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Majority {
    /// Jurors who agreed.
    pub agreed: u8,
    /// Jurors who did not.
    pub dissented: u8,
}

/// A verdict that stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerdictView {
    /// Code.
    pub code: String,
    /// In words, with its day.
    pub text: String,
    /// The day on which it was given.
    pub day: Day,
    /// The offence of which the defendant is guilty instead.
    pub instead: Option<String>,
    /// How the jury was divided.
    pub majority: Option<Majority>,
}

/// Enter a verdict, or take back the one that stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnterVerdict {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Offence.
    pub offence_id: OffenceId,
    /// Code, one of the choices; none takes back what was entered by mistake.
    pub verdict: Option<String>,
    /// The day on which it was given, of this hearing or an earlier one; none is this one's.
    pub day: Option<Day>,
    /// The offence of which the defendant is guilty instead, where the verdict names one.
    pub instead: Option<String>,
    /// How the jury was divided, of a verdict by majority.
    pub majority: Option<Majority>,
}
