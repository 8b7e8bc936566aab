//! Amending shared results: who may begin, how far it is, and the versions, side
//! by side.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{
    AmendmentKind, AmendmentOutcome, AmendmentReason, HearingId, Instant, LineChange,
};

/// Begin to amend shared results; nobody else can change them meanwhile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginAmendment {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// What kind of error.
    pub kind: AmendmentKind,
    /// Why, as documents say it.
    pub reason: AmendmentReason,
    /// Why, in words, for the court only; at most 1,000 characters.
    pub note: String,
}

/// Give up my amendment; the shared results stand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CancelAmendment {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
}

/// End somebody else's amendment; the shared results stand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnlockResults {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Why, at most 1,000 characters.
    pub why: String,
}

/// Ask somebody else to approve the results as they are saved.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestApproval {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Revision of the draft that is to be approved.
    #[ts(type = "number")]
    pub revision: u64,
}

/// Approve somebody else's amendment, or do not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DecideAmendment {
    /// Hearing.
    pub hearing_id: HearingId,
    /// Version seen.
    #[ts(type = "number")]
    pub version: u64,
    /// Whether it is approved.
    pub approve: bool,
    /// Why not.
    pub why: Option<String>,
}

/// Two versions of the results, side by side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareVersions {
    /// Hearing.
    pub hearing_id: HearingId,
    /// The earlier version.
    pub from: u32,
    /// The later version; none is the amendment that is being made.
    pub to: Option<u32>,
}

/// Line by line: what was, what is, what changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComparisonView {
    /// The earlier version, in words.
    pub from: String,
    /// The later version, in words.
    pub to: String,
    /// What changed, in one line.
    pub summary: String,
    /// By defendant and offence.
    pub targets: Vec<ComparedTarget>,
}

/// Results of one offence, or of a defendant as a whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComparedTarget {
    /// Defendant.
    pub defendant: String,
    /// The offence's number; none for the defendant as a whole.
    pub number: Option<u32>,
    /// Its title.
    pub offence: Option<String>,
    /// Lines.
    pub lines: Vec<ComparedLine>,
}

/// One line of two versions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComparedLine {
    /// What became of it.
    pub change: LineChange,
    /// Short code; of what is put right beside the results, what that is.
    pub code: String,
    /// What it said.
    pub was: Option<String>,
    /// What it says.
    pub is: Option<String>,
    /// Whether it stands under another line.
    pub under: bool,
}

/// An amendment that is being made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmendmentView {
    /// What kind of error.
    pub kind: AmendmentKind,
    /// Why, as documents say it.
    pub reason: AmendmentReason,
    /// Why, in words.
    pub note: String,
    /// Who makes it.
    pub by: String,
    /// Since when.
    pub since: Instant,
    /// Whether this person makes it.
    pub mine: bool,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// What it puts right beside the results (attendance, pleas, verdicts, who is one person), each
    /// as one reads it.
    pub put_right: Vec<String>,
}

/// One version of the results of the day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VersionRow {
    /// Its number, from 1.
    pub version: u32,
    /// When it was shared.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// What kind of error it put right; none for the first.
    pub kind: Option<AmendmentKind>,
    /// Why.
    pub reason: Option<AmendmentReason>,
    /// Why, in words.
    pub note: Option<String>,
    /// Who amended.
    pub amended_by: Option<String>,
    /// Who approved.
    pub approved_by: Option<String>,
    /// What changed, in one line.
    pub summary: Option<String>,
}

/// An amendment that ended without being shared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndedAmendment {
    /// What became of it.
    pub outcome: AmendmentOutcome,
    /// Who made it.
    pub by: String,
    /// Who ended it.
    pub ended_by: String,
    /// When.
    pub at: Instant,
    /// Why it was rejected or unlocked.
    pub why: Option<String>,
}
