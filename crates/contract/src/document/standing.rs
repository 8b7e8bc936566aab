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
