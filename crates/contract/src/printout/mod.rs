//! Printouts: court lists, registers, extracts, memoranda and receipts, made from
//! the record when somebody asks, as it stands at that moment. Their bytes travel
//! apart, by `GET /printouts/{printout}`; they are not kept.

mod view;

pub use view::PrintoutView;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, CourtId, CourtroomId, Day};

/// Which lists and registers of a court house on a day may this person have?
/// Without a court: their own, or the first; without a day: today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfCourt {
    /// Court house.
    pub court_id: Option<CourtId>,
    /// One room of it; none means all.
    pub courtroom_id: Option<CourtroomId>,
    /// Day.
    pub day: Option<Day>,
}

/// The lists and registers of a court house on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CourtPrintouts {
    /// Court houses that one can choose.
    pub courts: Vec<CourtChoice>,
    /// The one chosen.
    pub court_id: Option<CourtId>,
    /// The room chosen; none means all.
    pub courtroom_id: Option<CourtroomId>,
    /// The day chosen.
    pub day: Day,
    /// Today.
    pub today: Day,
    /// What this person may have.
    pub printouts: Vec<Offered>,
}

/// A court house that one can choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CourtChoice {
    /// Court house.
    pub court_id: CourtId,
    /// Its name.
    pub name: String,
    /// Its rooms.
    pub rooms: Vec<RoomChoice>,
}

/// A room that one can choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoomChoice {
    /// Room.
    pub courtroom_id: CourtroomId,
    /// Its name.
    pub name: String,
}

/// Which extracts, memoranda and receipts of a case may this person have?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfCase {
    /// Case.
    pub case_id: CaseId,
}

/// The printouts of a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasePrintouts {
    /// Whether the case is kept off lists that others than the court read.
    pub kept_off_lists: bool,
    /// Whether this person may change that.
    pub may_restrict_listing: bool,
    /// What this person may have.
    pub printouts: Vec<Offered>,
}

/// A printout that this person may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offered {
    /// How it is asked for: the last part of its address.
    pub printout: String,
    /// Its name.
    pub name: String,
    /// For whom it is and what it holds, one sentence.
    pub about: String,
    /// The name of the file.
    pub file: String,
    /// Whether it is read in the window: a PDF; otherwise it is a file of values.
    pub pdf: bool,
}
