//! Cases of one person that are listed apart on one day, heard together; and taken apart again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, DefendantId, HearingId, Urn};

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

/// Hear a case apart from those with which it is heard together, from now on: in the hearing from
/// which it came, which is listed again as it was; or in one of its own at the same place and time.
/// Only while nothing of the hearing is shared. What is typed for the case goes with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeApart {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// The case that leaves it, with those that came with it.
    pub case_id: CaseId,
    /// Whether somebody who counted as one person is two.
    pub two_people: bool,
    /// Why, for the court only.
    pub reason: String,
}

/// Say that a defendant is somebody else than those of the other cases of the hearing as one
/// person with whom they count. Once results are shared it is part of the amendment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TellApart {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Why, for the court only.
    pub reason: String,
}

/// Which other hearings of this court and day somebody of this one is listed for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlsoListed {
    /// Hearing.
    pub hearing_id: HearingId,
}

/// The other hearings, first those of certainly the same person, each kind earliest first; and what
/// is heard together in this one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AlsoListedView {
    /// Hearings.
    pub hearings: Vec<OtherHearing>,
    /// What may be taken out of this one again.
    pub parts: Vec<HeardWith>,
    /// Who counts as one person with somebody of another case.
    pub as_one: Vec<CountsAsOne>,
}

/// Cases that may be taken out of the hearing again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeardWith {
    /// One of them.
    pub case_id: CaseId,
    /// References of all that go.
    pub urns: Vec<Urn>,
    /// Who is before the court in them.
    pub people: Vec<String>,
    /// When they would be heard.
    pub time: String,
    /// Where.
    pub courtroom: String,
    /// Type in words.
    pub kind: String,
}

/// Somebody who counts as one person in several cases of the hearing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountsAsOne {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Name.
    pub name: String,
    /// Reference of their case.
    pub urn: Urn,
    /// References of the others.
    pub others: Vec<Urn>,
    /// The documents that were made of both, with whom they were sent to.
    pub documents: Vec<String>,
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
    /// Whether the court said of one of those that they are two people.
    pub told_apart: bool,
}
