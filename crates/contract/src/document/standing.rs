//! Whether a document still stands: asked wherever one is opened by itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{AmendmentReason, DeliveryId, DocumentId, Instant};

/// Does this document still stand?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct View {
    /// Document.
    pub document_id: DocumentId,
}

/// A document's standing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Standing {
    /// Document.
    pub document_id: DocumentId,
    /// Its name.
    pub name: String,
    /// Set when it no longer stands.
    pub superseded: Option<SupersededMark>,
    /// The document that it replaces.
    pub replaces: Option<ReplacesMark>,
    /// Set when it waits for Welsh, or when a copy in both languages followed.
    pub welsh: Option<WelshMark>,
}

/// That a document waits for Welsh, or that a copy in both languages followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WelshMark {
    /// It still waits.
    pub waits: bool,
    /// One sentence or two.
    pub text: String,
    /// What has no Welsh yet; for the court that sent it.
    pub missing: Vec<String>,
    /// The copy in both languages.
    pub by: Option<DocumentId>,
}

/// That a document no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupersededMark {
    /// Since when.
    pub at: Instant,
    /// One sentence.
    pub text: String,
    /// Why.
    pub reason: AmendmentReason,
    /// What this person reads instead, if anything was sent to them or may be read by them.
    pub by: Option<DocumentId>,
    /// Its name.
    pub by_name: Option<String>,
    /// Where it is in this person's inbox.
    pub by_delivery: Option<DeliveryId>,
}

/// That a document takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReplacesMark {
    /// The earlier document.
    pub document_id: DocumentId,
    /// One sentence.
    pub text: String,
}
