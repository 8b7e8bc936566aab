//! The prosecutor assigns cases to advocates.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{AccountId, CaseId, CourtId, Day, Urn};

/// Assign a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Assign {
    /// Case.
    pub case_id: CaseId,
    /// E-mail address of the advocate.
    pub email: String,
    /// The last day; none means the usual time.
    pub until: Option<Day>,
    /// Whether what was shown as a conflict does not prevent acting.
    pub confirmed: bool,
}

/// Assign every case of ours that a court hears on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AssignList {
    /// Court.
    pub court_id: CourtId,
    /// Day.
    pub day: Day,
    /// E-mail address of the advocate.
    pub email: String,
    /// Whether what was shown as a conflict does not prevent acting.
    pub confirmed: bool,
}

/// What became of each case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AssignedList {
    /// The advocate.
    pub name: String,
    /// Cases.
    pub cases: Vec<AssignedCase>,
    /// How many more are still to be assigned: the list was too long for once.
    #[serde(default)]
    #[ts(type = "number")]
    pub left_off: usize,
}

/// One case of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AssignedCase {
    /// Reference.
    pub urn: Urn,
    /// The last day, if it is assigned.
    pub until: Option<Day>,
    /// Why it is not, if it is not.
    pub why: Option<String>,
}

/// Take a case from an advocate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Unassign {
    /// Case.
    pub case_id: CaseId,
    /// Who.
    pub account_id: AccountId,
}
