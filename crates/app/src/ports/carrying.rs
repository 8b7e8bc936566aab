//! What leaves here: the deliveries that wait for it and how often each was tried
//! (the store keeps that), and whoever takes them to a mailbox or a system (the
//! server has them). Letters wait for a batch of the post.

use super::Fault;
use async_trait::async_trait;
use domain::account::Route;
use uuid::Uuid;
use vocabulary::{DeliveryId, DocumentId, Instant, OrganisationId};

/// How often a delivery was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Its document.
    pub document: DocumentId,
    /// How often.
    pub tried: u64,
    /// When it was tried first, or claimed for that.
    pub since: Instant,
}

/// What became of a claimed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The record says what: nothing more is to be remembered.
    Settled,
    /// It did not work; it is tried again then.
    Later {
        /// When.
        next: Instant,
        /// Why it did not work.
        why: String,
    },
    /// It was not tried.
    Untried,
}

/// To whom deliveries are carried in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Towards {
    /// One organisation.
    Organisation(OrganisationId),
    /// The mailboxes of those who are no organisation here, all of them.
    Mailboxes,
}

/// What waits to be carried to one organisation, or to mailboxes of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// To whom.
    pub to: Towards,
    /// How many deliveries.
    pub count: u64,
    /// Since when the oldest waits.
    pub oldest: Instant,
    /// How often one of them was tried at most.
    pub tried: u64,
    /// Why one of them did not get there, if it was tried.
    pub why: String,
}

/// A delivery that failed and waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Its document.
    pub document: DocumentId,
}

/// A letter of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Its document.
    pub document: DocumentId,
}

/// A batch of letters for the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostBatch {
    /// Batch.
    pub id: Uuid,
    /// When it was begun.
    pub begun: Instant,
    /// Its letters, in order.
    pub letters: Vec<Letter>,
}

/// A letter of an earlier batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The letter.
    pub letter: Letter,
    /// The batch with which it was printed.
    pub batch: Uuid,
}

/// Deliveries on their way out of here.
#[async_trait]
pub trait Carrying: Send + Sync {
    /// To whom a delivery can be tried now, whoever waits longest first.
    async fn recipients(&self, now: Instant) -> Result<Vec<Towards>, Fault>;
    /// Claims deliveries there that can be tried now, oldest first: until the claim lapses
    /// nobody else gets them.
    async fn claim(
        &self,
        to: Towards,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<Attempts>, Fault>;
    /// Remembers what became of claimed deliveries, and ends the claims.
    async fn settle(&self, fates: &[(DeliveryId, Fate)]) -> Result<(), Fault>;
    /// Since when the oldest delivery waits to leave here, by any way.
    async fn oldest_waiting(&self) -> Result<Option<Instant>, Fault>;
    /// What waits to be carried, by recipient, whoever waits longest first.
    async fn waiting(&self) -> Result<Vec<Waiting>, Fault>;
    /// Forgets the tries of deliveries that wait no more, for instance because they were
    /// superseded; says how many there were.
    async fn sweep_attempts(&self, now: Instant) -> Result<u64, Fault>;
    /// Deliveries that failed, of one organisation or of all, oldest first.
    async fn dead(&self, of: Option<OrganisationId>, most: i64) -> Result<Vec<Dead>, Fault>;
    /// How many there are.
    async fn count_dead(&self) -> Result<u64, Fault>;
    /// Makes the secret with which callbacks to an organisation are signed, in the
    /// place of one before. It is kept sealed.
    async fn make_secret(&self, organisation: OrganisationId) -> Result<[u8; 32], Fault>;
    /// That secret.
    async fn secret(&self, organisation: OrganisationId) -> Result<Option<[u8; 32]>, Fault>;
    /// The batch of letters that was begun and not ended.
    async fn open_batch(&self) -> Result<Option<PostBatch>, Fault>;
    /// Begins one with the letters that wait, oldest first.
    async fn begin_batch(&self, id: Uuid, at: Instant, most: i64) -> Result<PostBatch, Fault>;
    /// Ends one. `told` are letters, of this or earlier ones, of which nothing is to be
    /// told any more.
    async fn end_batch(&self, id: Uuid, told: &[DeliveryId]) -> Result<(), Fault>;
    /// Whether a letter waits for the post.
    async fn letter_waits(&self) -> Result<bool, Fault>;
    /// Letters of earlier batches whose document no longer stands, of which no batch told.
    async fn to_recall(&self) -> Result<Vec<Printed>, Fault>;
}

/// A delivery as it is handed to whoever carries it. Sent twice it must be known by
/// its id, which is always the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Delivery.
    pub delivery: DeliveryId,
    /// Document.
    pub document: DocumentId,
    /// The document in whose place it comes.
    pub replaces: Option<DocumentId>,
    /// Its name.
    pub name: String,
    /// What it is, in the court's word.
    pub kind: &'static str,
    /// The court that made it.
    pub court: String,
    /// When it was asked for.
    pub requested: Instant,
    /// Its recipient.
    pub recipient: String,
    /// Whether somebody must acknowledge it.
    pub acknowledgement_required: bool,
    /// SHA-256 of the PDF.
    pub sha256: String,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The way.
    pub route: Route,
    /// Whether it lies in an inbox here as well.
    pub in_inbox: bool,
    /// With which it is signed, where it is signed.
    pub secret: Option<[u8; 32]>,
    /// Now.
    pub at: Instant,
}

/// What came of carrying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken. `received`: the recipient's own system says that it has it.
    Taken {
        /// Whether it is received, too.
        received: bool,
        /// What was answered.
        how: String,
    },
    /// Not now. `away`: nothing else would be taken there now either.
    NotNow {
        /// Whether the recipient is away.
        away: bool,
        /// Why.
        why: String,
    },
    /// Never like this.
    Never {
        /// Why.
        why: String,
    },
}

/// Takes parcels to mailboxes and systems.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Takes one there, within a bounded time.
    async fn carry(&self, parcel: Parcel) -> Outcome;
    /// How many seconds that takes at most.
    fn longest(&self) -> i64;
}
