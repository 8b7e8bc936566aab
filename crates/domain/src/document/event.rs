//! What can happen to a document.

use crate::{hearing::HearingParty, now::Limits, translation::Owed};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, AmendmentReason, CaseId, Channel, DefendantId, DeliveryId, DeliveryState,
    DocumentId, DocumentKind, HearingId, Instant, NowId, OrganisationId,
};

/// One recipient of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRequest {
    /// Delivery.
    pub id: DeliveryId,
    /// The subscription that names the recipient.
    pub subscription: String,
    /// Name.
    pub name: String,
    /// Address lines.
    pub address: Vec<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Channel.
    pub channel: Channel,
    /// The organisation whose inbox receives it.
    pub organisation: Option<OrganisationId>,
    /// Whether somebody there must acknowledge it.
    pub acknowledgement_required: bool,
    /// Minutes within which it must be acknowledged.
    pub urgent_minutes: Option<u32>,
    /// After which it is an alarm, if it has not arrived or is not acknowledged.
    #[serde(default)]
    pub limits: Limits,
    /// It is carried out, by e-mail or to a system; what goes to an inbox lies there as well.
    #[serde(default)]
    pub carried: bool,
    /// It waits for the Welsh, and is an alarm after so many minutes. It never goes itself: the
    /// copy in both languages goes in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<u32>,
}

/// An event of a document. Old events stay readable for ever: fields are added with a default.
#[allow(
    clippy::large_enum_variant,
    reason = "each document has one such event, so a box would only add a step"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DocumentEvent {
    /// Results called for it.
    DocumentRequested {
        /// Document.
        document_id: DocumentId,
        /// Its definition.
        now: NowId,
        /// Name.
        name: String,
        /// Kind.
        kind: DocumentKind,
        /// Hearing.
        hearing_id: HearingId,
        /// Case.
        case_id: CaseId,
        /// Defendant.
        defendant_id: DefendantId,
        /// The finished view it is printed from: the contract's `OrderView` as JSON.
        view: serde_json::Value,
        /// Recipients.
        deliveries: Vec<DeliveryRequest>,
        /// The answers that set this copy apart from others of its definition.
        #[serde(default)]
        split_key: Option<String>,
        /// The document whose place it takes, or whose end it tells of.
        #[serde(default)]
        replaces: Option<DocumentId>,
        /// What it lacks in Welsh, if it is to be in both languages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        welsh: Option<Owed>,
        /// The other cases of the same person that it speaks of, and who they are there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        beside: Vec<HearingParty>,
    },
    /// Its PDF was made and is in the object store.
    DocumentMade {
        /// SHA-256 of the PDF.
        sha256: String,
        /// Size.
        bytes: u64,
    },
    /// It no longer stands: what it prints was amended. Deliveries that have not
    /// arrived stop here.
    DocumentSuperseded {
        /// The document in its place, if there is one.
        by: Option<DocumentId>,
        /// The notice that tells those who do not get that one.
        cancelled_by: Option<DocumentId>,
        /// Why.
        reason: AmendmentReason,
        /// On their way to a mailbox that gets neither of the two. Stopped as any other; if a
        /// mail server takes one all the same, somebody has to tell the mailbox.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        untold: Vec<DeliveryId>,
    },
    /// A copy that says so was made, for whoever opens it from now on.
    SupersededCopyMade {
        /// SHA-256 of the PDF.
        sha256: String,
        /// Size.
        bytes: u64,
    },
    /// A delivery came further.
    DeliveryAdvanced {
        /// Delivery.
        delivery_id: DeliveryId,
        /// How far.
        state: DeliveryState,
        /// Who, or why not.
        note: Option<String>,
    },
    /// Somebody sees to the Welsh that it owes.
    TranslationTaken {
        /// Whose it is now.
        account: AccountId,
        /// Their name.
        name: String,
    },
    /// Somebody gave Welsh for values that had none.
    WelshGiven {
        /// Each by its place.
        given: Vec<(usize, String)>,
        /// Who.
        by: String,
    },
    /// All of it was given: the copy in both languages was asked for. What was held back stops
    /// here and goes with that; what went in English still counts.
    WelshFollowed {
        /// That copy.
        by: DocumentId,
    },
    /// Somebody takes on that a delivery is overdue.
    AlarmTaken {
        /// Delivery.
        delivery_id: DeliveryId,
        /// Whose it is now.
        account: AccountId,
        /// Their name.
        name: String,
    },
    /// The recipient of an overdue delivery was told otherwise, by telephone for
    /// instance.
    AlarmSettled {
        /// Delivery.
        delivery_id: DeliveryId,
        /// Who was told, and how.
        told: String,
        /// When.
        told_at: Instant,
        /// Who says so.
        by: String,
    },
}
