//! The whole of one document for one recipient.

use super::{Addressee, Block, CourtHeading, DefendantHeading, PlainSection};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Day, DocumentId, DocumentKind, Instant};

/// One notice, order or warrant as one recipient gets it.
///
/// The plain part is the first page, in ordinary language (Sentencing Act 2020
/// s.52); the legal part follows. Both arrive with every parameter filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OrderView {
    /// The document's own id, printed on every page.
    pub document_id: DocumentId,
    /// The name in the catalogue of notices, orders and warrants.
    pub now_name: String,
    /// The title as printed.
    pub title: String,
    /// The title in Welsh, where a checked one exists.
    pub title_welsh: Option<String>,
    /// Notice, order, warrant or electronic notification.
    pub kind: DocumentKind,
    /// The language or languages of the document.
    pub language: PrintLanguage,
    /// The court that made it.
    pub court: CourtHeading,
    /// The day on which the court ordered it.
    pub ordered_on: Day,
    /// The day of the last amendment, if it was amended.
    pub amended_on: Option<Day>,
    /// When this document was issued.
    pub issued_at: Instant,
    /// The references of the cases it speaks of.
    pub case_references: Vec<String>,
    /// The name of the legal adviser or clerk who recorded it.
    pub legal_adviser: String,
    /// To whom this copy is addressed.
    pub addressee: Addressee,
    /// The person it is about.
    pub defendant: DefendantHeading,
    /// The first page, in ordinary language.
    pub plain: Vec<PlainSection>,
    /// The legal text.
    pub legal: Vec<Block>,
    /// The same in Welsh, for somebody who wants their documents in Welsh.
    #[serde(default)]
    pub welsh: Option<WelshText>,
    /// A Welsh text is owed and not yet checked.
    pub welsh_pending: bool,
    /// The earlier document that this one replaces.
    pub replaces: Option<Replaced>,
    /// Set on a reprint of a document that has since been replaced.
    pub superseded: Option<Superseded>,
    /// The recipient of this copy, as printed in the footer.
    pub copy_for: String,
    /// A short code by which the court can confirm that it issued the document.
    pub verification_code: String,
}

/// The Welsh text of a document, printed after the English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WelshText {
    /// Its title.
    pub title: String,
    /// The sections in ordinary language.
    pub plain: Vec<PlainSection>,
    /// The legal text.
    pub legal: Vec<Block>,
    /// A qualified translator has not read it yet: the document says so.
    pub unchecked: bool,
}

/// The language or languages of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PrintLanguage {
    /// English.
    #[default]
    English,
    /// English and Welsh.
    Bilingual,
}

/// The earlier document that this one takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Replaced {
    /// The earlier document.
    pub document_id: DocumentId,
    /// The day on which it was issued.
    pub issued_on: Day,
    /// Why it was amended, if the court said so.
    pub reason: Option<String>,
    /// Nothing was amended: the earlier one was in English alone, and its Welsh was added.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translated: bool,
}

/// That a document no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Superseded {
    /// Since when.
    pub on: Day,
    /// The document that stands in its place, if any.
    pub by: Option<DocumentId>,
}
