//! What the record says about a document.

use super::{Carriage, DeliveryRequest, DocumentEvent, Settled, Taken};
use crate::{hearing::HearingParty, translation::Owed};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AmendmentReason, CaseId, Channel, DefendantId, DeliveryId, DeliveryState, DocumentId,
    DocumentKind, HearingId, Instant, NowId,
};

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Document.
    pub id: DocumentId,
    /// Number of events so far.
    pub version: u64,
    /// Its definition.
    pub now: NowId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: DocumentKind,
    /// Hearing.
    pub hearing_id: HearingId,
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// When asked for.
    pub requested_at: Instant,
    /// The view it is printed from.
    pub view: serde_json::Value,
    /// SHA-256 of the PDF, once made.
    pub sha256: Option<String>,
    /// Its size.
    pub bytes: Option<u64>,
    /// Deliveries.
    pub deliveries: Vec<Delivery>,
    /// The answers that set this copy apart from others of its definition.
    #[serde(default)]
    pub split_key: Option<String>,
    /// The document whose place it takes, or whose end it tells of.
    #[serde(default)]
    pub replaces: Option<DocumentId>,
    /// Set when it no longer stands.
    #[serde(default)]
    pub superseded: Option<Superseded>,
    /// The Welsh that it owes, or owed.
    #[serde(default)]
    pub welsh: Option<Owed>,
    /// The other cases of the same person that it speaks of, and who they are there.
    #[serde(default)]
    pub beside: Vec<HearingParty>,
}

/// That a document no longer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// Since when.
    pub at: Instant,
    /// The document in its place, if there is one.
    pub by: Option<DocumentId>,
    /// The notice that tells those who do not get that one.
    pub cancelled_by: Option<DocumentId>,
    /// Why.
    pub reason: AmendmentReason,
    /// SHA-256 of the copy that says so, once made; the PDF as issued stays.
    pub marked_sha256: Option<String>,
    /// What was on its way then to somebody who is not told that it ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untold: Vec<DeliveryId>,
}

/// A delivery with how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// To whom.
    pub request: DeliveryRequest,
    /// How far.
    pub state: DeliveryState,
    /// Since when.
    pub since: Instant,
    /// When the recipient's system had it.
    pub received_at: Option<Instant>,
    /// Who opened it, when.
    pub opened: Option<(String, Instant)>,
    /// Who acknowledged it, when.
    pub acknowledged: Option<(String, Instant)>,
    /// Who, or why not.
    pub note: Option<String>,
    /// Who took on that it is overdue.
    #[serde(default)]
    pub taken: Option<Taken>,
    /// That the recipient was told otherwise.
    #[serde(default)]
    pub settled: Option<Settled>,
    /// How far it has come on its way out of here, if it is carried.
    #[serde(default)]
    pub carriage: Option<Carriage>,
}

impl Document {
    /// The cases that it speaks of, with the person in each: the one that it is filed under first.
    pub fn parties(&self) -> impl Iterator<Item = HearingParty> + '_ {
        let first = HearingParty {
            case_id: self.case_id,
            defendant_id: self.defendant_id,
        };
        std::iter::once(first).chain(self.beside.iter().copied())
    }

    /// Who the person is in one of its cases; of any other case, who they are in the first.
    #[must_use]
    pub fn defendant_in(&self, case: CaseId) -> DefendantId {
        let own = self.parties().find(|party| party.case_id == case);
        own.map_or(self.defendant_id, |party| party.defendant_id)
    }

    /// Whether it goes to others than the defendant's side alone: a message to agencies, or a
    /// letter to somebody else. `own` are the names to which the defendant's letters go.
    #[must_use]
    pub fn is_for_others(&self, own: &[String]) -> bool {
        if self.kind == DocumentKind::Edt {
            return true;
        }
        let requests = || self.deliveries.iter().map(|delivery| &delivery.request);
        let letter = |request: &&DeliveryRequest| {
            request.organisation.is_none() && request.channel != Channel::FileOnly
        };
        let to_them = |request: &DeliveryRequest| own.contains(&request.name);
        let letters: Vec<_> = requests().filter(letter).collect();
        !letters.is_empty() && !letters.into_iter().any(to_them)
    }

    /// Folds one event.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &DocumentEvent, at: Instant) -> Option<Self> {
        let mut document = match (state, event) {
            (
                None,
                DocumentEvent::DocumentRequested {
                    document_id,
                    now,
                    name,
                    kind,
                    hearing_id,
                    case_id,
                    defendant_id,
                    view,
                    deliveries,
                    split_key,
                    replaces,
                    welsh,
                    beside,
                },
            ) => {
                return Some(Self {
                    id: *document_id,
                    version: 1,
                    now: *now,
                    name: name.clone(),
                    kind: *kind,
                    hearing_id: *hearing_id,
                    case_id: *case_id,
                    defendant_id: *defendant_id,
                    requested_at: at,
                    view: view.clone(),
                    sha256: None,
                    bytes: None,
                    deliveries: deliveries.iter().map(|r| Delivery::queued(r, at)).collect(),
                    split_key: split_key.clone(),
                    replaces: *replaces,
                    superseded: None,
                    welsh: welsh.clone(),
                    beside: beside.clone(),
                });
            }
            (None, _) => return None,
            (Some(document), _) => document,
        };
        document.version += 1;
        match event {
            DocumentEvent::DocumentRequested { .. } => {}
            DocumentEvent::DocumentMade { sha256, bytes } => {
                document.sha256 = Some(sha256.clone());
                document.bytes = Some(*bytes);
                for delivery in &mut document.deliveries {
                    delivery.lay(at);
                }
            }
            DocumentEvent::DocumentSuperseded {
                by,
                cancelled_by,
                reason,
                untold,
            } => {
                document.superseded = Some(Superseded {
                    at,
                    by: *by,
                    cancelled_by: *cancelled_by,
                    reason: *reason,
                    marked_sha256: None,
                    untold: untold.clone(),
                });
                for delivery in &mut document.deliveries {
                    delivery.stop(at);
                }
            }
            DocumentEvent::SupersededCopyMade { sha256, .. } => {
                if let Some(superseded) = &mut document.superseded {
                    superseded.marked_sha256 = Some(sha256.clone());
                }
            }
            DocumentEvent::DeliveryAdvanced {
                delivery_id,
                state,
                note,
            } => {
                if let Some(delivery) = document
                    .deliveries
                    .iter_mut()
                    .find(|d| d.request.id == *delivery_id)
                {
                    delivery.advance(*state, note.clone(), at);
                }
            }
            DocumentEvent::TranslationTaken { account, name } => {
                if let Some(owed) = &mut document.welsh {
                    owed.taken = Some(Taken {
                        account: *account,
                        name: name.clone(),
                        since: at,
                    });
                }
            }
            DocumentEvent::WelshGiven { given, .. } => {
                let missing = document.welsh.as_mut().map(|owed| &mut owed.missing);
                if let Some(missing) = missing {
                    for (place, welsh) in given {
                        if let Some(own) = missing.get_mut(*place) {
                            own.given = Some(welsh.clone());
                        }
                    }
                }
            }
            DocumentEvent::WelshFollowed { by } => {
                if let Some(owed) = &mut document.welsh {
                    owed.followed = Some((*by, at));
                }
                for delivery in &mut document.deliveries {
                    if delivery.request.held.is_some() {
                        delivery.stop(at);
                    }
                }
            }
            DocumentEvent::AlarmTaken {
                delivery_id,
                account,
                name,
            } => {
                if let Some(delivery) = document.delivery_mut(*delivery_id) {
                    delivery.taken = Some(Taken {
                        account: *account,
                        name: name.clone(),
                        since: at,
                    });
                }
            }
            DocumentEvent::AlarmSettled {
                delivery_id,
                told,
                told_at,
                by,
            } => {
                if let Some(delivery) = document.delivery_mut(*delivery_id) {
                    delivery.settled = Some(Settled {
                        told: told.clone(),
                        told_at: *told_at,
                        by: by.clone(),
                        at,
                    });
                }
            }
        }
        Some(document)
    }

    /// The PDF to open: the copy that says that it is superseded, once there is one.
    #[must_use]
    pub fn readable(&self) -> Option<&str> {
        let marked = self.superseded.as_ref();
        marked
            .and_then(|superseded| superseded.marked_sha256.as_deref())
            .or(self.sha256.as_deref())
    }

    /// Whether a PDF is still to be made: its own, or the copy that says that it is
    /// superseded.
    #[must_use]
    pub fn to_make(&self) -> bool {
        let unmarked = |superseded: &Superseded| superseded.marked_sha256.is_none();
        self.sha256.is_none() || self.superseded.as_ref().is_some_and(unmarked)
    }

    /// Whether a delivery still has to be carried out of here.
    #[must_use]
    pub fn to_carry(&self, delivery: &Delivery) -> bool {
        self.sha256.is_some()
            && self.superseded.is_none()
            && delivery.request.held.is_none()
            && delivery.carriage.as_ref().is_some_and(Carriage::waits)
    }

    /// Whether a delivery waits to be printed for the post. A letter without an address
    /// is not printed: it stays queued, and alarms the court.
    #[must_use]
    pub fn to_post(&self, delivery: &Delivery) -> bool {
        self.sha256.is_some()
            && self.superseded.is_none()
            && delivery.request.held.is_none()
            && delivery.request.channel.by_post()
            && delivery.state == DeliveryState::Queued
            && !delivery.request.address.is_empty()
    }

    /// The delivery.
    #[must_use]
    pub fn delivery(&self, id: DeliveryId) -> Option<&Delivery> {
        self.deliveries.iter().find(|d| d.request.id == id)
    }

    fn delivery_mut(&mut self, id: DeliveryId) -> Option<&mut Delivery> {
        self.deliveries.iter_mut().find(|d| d.request.id == id)
    }
}

impl Delivery {
    /// Whether it is a letter that was posted, and nobody has said that it came back.
    #[must_use]
    pub fn is_posted(&self) -> bool {
        self.request.channel.by_post() && self.state == DeliveryState::Sent
    }

    fn queued(request: &DeliveryRequest, at: Instant) -> Self {
        Self {
            request: request.clone(),
            state: DeliveryState::Queued,
            since: at,
            received_at: None,
            opened: None,
            acknowledged: None,
            note: None,
            taken: None,
            settled: None,
            carriage: request.carried.then(|| Carriage::new(at)),
        }
    }

    /// Since when it lies in its recipient's inbox, if it does: what is carried lies
    /// there as soon as it is made, so that a mailbox that fails keeps it from nobody.
    #[must_use]
    pub fn lies_since(&self) -> Option<Instant> {
        let laid = self.carriage.as_ref().and_then(|carriage| carriage.laid_at);
        self.received_at
            .or_else(|| laid.filter(|_| self.state != DeliveryState::Stopped))
    }

    fn lay(&mut self, at: Instant) {
        if let Some(carriage) = &mut self.carriage
            && self.request.channel.arrives_here()
            && self.state != DeliveryState::Stopped
            && self.request.held.is_none()
        {
            carriage.laid_at = Some(at);
        }
    }

    /// What has not arrived does not arrive any more. What has stays as it is, and so
    /// does what a mail server or the post has taken: nobody gets that back.
    fn stop(&mut self, at: Instant) {
        let outside = self.carriage.is_some() || !self.request.channel.arrives_here();
        let left = outside && self.state == DeliveryState::Sent;
        if self.received_at.is_none() && !left {
            self.state = DeliveryState::Stopped;
            self.since = at;
            self.note = None;
        }
    }

    fn advance(&mut self, state: DeliveryState, note: Option<String>, at: Instant) {
        let who = note.clone().unwrap_or_default();
        if let Some(carriage) = &mut self.carriage {
            carriage.fold(state, note.as_deref(), at);
            let by_carrier = matches!(
                state,
                DeliveryState::Queued | DeliveryState::Sent | DeliveryState::Failed
            );
            // That somebody has it in hand is never taken back by a carrier's news.
            if by_carrier && self.received_at.is_some() {
                return;
            }
        }
        match state {
            DeliveryState::Received => self.received_at = Some(at),
            DeliveryState::Opened => self.opened = Some((who, at)),
            DeliveryState::Acknowledged => self.acknowledged = Some((who, at)),
            DeliveryState::Queued
            | DeliveryState::Sent
            | DeliveryState::Failed
            | DeliveryState::Stopped => {}
        }
        self.state = state;
        self.since = at;
        self.note = note;
    }
}
