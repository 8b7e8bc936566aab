//! What the index finds, as lists, inboxes and counts need it. What may be shown of it to
//! whom is decided by the use cases.

use vocabulary::{
    CaseId, Channel, CourtId, DeliveryId, DocumentId, HearingId, HearingState, Instant, NoticeId,
    OrganisationId, Urn,
};

/// A case as the lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// Version of the case.
    pub version: u64,
    /// Names of defendants.
    pub defendants: Vec<String>,
    /// Titles of offences.
    pub offences: Vec<String>,
    /// Prosecuting authority.
    pub prosecutor: String,
    /// Next hearing, if any is ahead.
    pub next_hearing: Option<(Instant, String)>,
    /// Whether it is sensitive.
    pub sensitive: bool,
}

/// A hearing as the lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingSummary {
    /// Hearing.
    pub hearing_id: HearingId,
    /// When.
    pub starts_at: Instant,
    /// Type in words.
    pub kind: String,
    /// State.
    pub state: HearingState,
    /// Whether shared.
    pub shared: bool,
    /// Cases.
    pub cases: Vec<CaseId>,
}

/// A delivery as an inbox shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliverySummary {
    /// Delivery.
    pub delivery_id: DeliveryId,
    /// Document.
    pub document_id: DocumentId,
}

/// The alarms of a court.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourtAlarms {
    /// As many as were asked for: urgent ones first, then those for which somebody waits.
    pub first: Vec<DeliverySummary>,
    /// How many there are in all.
    pub total: u64,
    /// How many of all nobody has taken on.
    pub unowned: u64,
}

/// The documents of a court that wait for Welsh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourtTranslations {
    /// As many as were asked for: those first with which letters wait, and the oldest of them.
    pub first: Vec<DocumentId>,
    /// How many there are in all.
    pub total: u64,
    /// How many of all nobody has taken on.
    pub unowned: u64,
}

/// Whose deliveries are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// What the hearings of a court sent.
    SentBy(CourtId),
    /// What was sent to an organisation.
    SentTo(OrganisationId),
}

/// Deliveries of one recipient by one channel, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliverySum {
    /// The organisation, if it is one.
    pub organisation: Option<OrganisationId>,
    /// Channel.
    pub channel: Channel,
    /// How many were asked for.
    pub requested: u64,
    /// How many arrived.
    pub delivered: u64,
    /// How many were acknowledged.
    pub acknowledged: u64,
    /// How many could not be delivered.
    pub failed: u64,
    /// How many were superseded on their way.
    pub stopped: u64,
    /// Of how many the recipient was told otherwise.
    pub settled: u64,
    /// How many are still to arrive or to be acknowledged.
    pub outstanding: u64,
}

/// A notice as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNotice {
    /// Notice.
    pub id: NoticeId,
    /// When.
    pub at: Instant,
    /// One line.
    pub title: String,
    /// One sentence.
    pub body: String,
    /// Case.
    pub case_id: Option<CaseId>,
    /// The case that it tells of, whether it leads there or not.
    pub about: Option<CaseId>,
    /// The hearing that it leads to.
    pub hearing_id: Option<HearingId>,
    /// Whether read.
    pub read: bool,
}

/// How often an account was told of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldOfCase {
    /// The case.
    pub case_id: CaseId,
    /// Notices.
    pub all: u64,
    /// Those that are unread.
    pub unread: u64,
}
