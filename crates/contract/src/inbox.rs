//! Documents delivered to the person's organisation.

use crate::document::{ReplacesMark, SupersededMark};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{Day, DeliveryId, DeliveryState, DocumentId, DocumentKind, Instant, Urn};

/// What has been sent to us?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct List {}

/// Deliveries, those that await an acknowledgement first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Inbox {
    /// Items.
    pub items: Vec<InboxItem>,
}

/// One delivery.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InboxItem {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// Document.
    pub document_id: DocumentId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// Defendant.
    pub defendant: String,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// Case references.
    pub cases: Vec<Urn>,
    /// Court.
    pub court: String,
    /// How far.
    pub state: DeliveryState,
    /// When it was received here.
    pub received_at: Option<Instant>,
    /// Whether somebody here must acknowledge it.
    pub acknowledgement_required: bool,
    /// By when it should be acknowledged.
    pub acknowledge_by: Option<Instant>,
    /// Who opened it, when.
    pub opened: Option<String>,
    /// Who acknowledged it, when.
    pub acknowledged: Option<String>,
    /// Set when it no longer stands: nobody need acknowledge it any more.
    pub superseded: Option<SupersededMark>,
    /// The document that it replaces.
    pub replaces: Option<ReplacesMark>,
}

/// I open this document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Open {
    /// Delivery.
    pub delivery_id: DeliveryId,
}

/// We have it and will act on it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Acknowledge {
    /// Delivery.
    pub delivery_id: DeliveryId,
}
