//! The whole of one printout, finished: what the PDF is made from.

use crate::document::{Block, CourtHeading, Fact, PlainSection};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Day, DocumentId, Instant};

/// A list, register, extract, memorandum or receipt, for one reader at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrintoutView {
    /// Its own id, which follows from everything else in it.
    pub document_id: DocumentId,
    /// Which printout it is: the name of its text.
    pub name: String,
    /// The title as printed.
    pub title: String,
    /// The court whose record it is.
    pub court: CourtHeading,
    /// What it is about, at the head of further pages.
    pub about: String,
    /// The cases that it speaks of, if it speaks of a few.
    pub case_references: Vec<String>,
    /// The day in court, if it is about one.
    pub day: Option<Day>,
    /// The moment at which the record stood as printed.
    pub stood_at: Instant,
    /// Whom it was made for: their organisation.
    pub made_for: String,
    /// Who asked for it.
    pub made_by: String,
    /// To whom it may be shown: one sentence, on every page.
    pub handling: String,
    /// What it is about, in a box.
    pub key_facts: Vec<Fact>,
    /// What it is, in ordinary language.
    pub plain: Vec<PlainSection>,
    /// What the record says.
    pub blocks: Vec<Block>,
    /// Said where the record holds nothing to print.
    pub nothing: Option<String>,
    /// A short code by which the court can confirm it.
    pub verification_code: String,
}
