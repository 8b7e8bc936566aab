//! Who saw and did what: reports from the record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Day;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person: everything that they did and saw.
    Person,
    /// A case: everything that was done to it and who saw it.
    Case,
    /// A paper or a document: who served and who read it.
    Material,
    /// The address of a computer: what came from there and what was refused there, whoever
    /// it was, also if nobody was signed in.
    Address,
}

/// A report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Report {
    /// What kind of thing it is about.
    pub about: Subject,
    /// Which: an e-mail address, a case reference, the id of a paper or document, or an
    /// address as a report shows it.
    pub which: String,
    /// From this day on.
    pub from: Day,
    /// Until the end of this day.
    pub to: Day,
    /// What follows this place in the ledger, as the report before said; nothing for the first.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub after: Option<u64>,
}

/// What the record says. That it was asked for is in the record as well.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditReport {
    /// What it is about, in words.
    pub about: String,
    /// Lines, oldest first.
    pub lines: Vec<AuditLine>,
    /// After which place in the ledger the next report goes on, if there is more than one holds.
    #[ts(type = "number | null")]
    pub next: Option<u64>,
    /// The same as CSV.
    pub csv: String,
    /// The name of a file of it.
    pub file: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AuditLine {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// From where.
    pub from: String,
    /// What.
    pub what: String,
    /// To what.
    pub to: String,
    /// The policy that allowed it, or the layer that refused.
    pub why: String,
    /// Its place in the ledger.
    #[ts(type = "number")]
    pub position: u64,
}
