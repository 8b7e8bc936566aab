//! What the use cases need from outside, in domain words. `store` provides the
//! record, the server provides the clock and chance; tests provide fixed ones.

mod audited;
mod candidate;
mod carrying;
mod heard;
mod passkeys;
mod people;
mod reckoning;
mod rows;
mod sign_ins;
mod told;

pub use audited::{Audited, KeptOpening, KeptWords};
pub use candidate::{Candidate, LegalAidMessage, LegalAidNews};
pub use carrying::{
    Attempts, Carrier, Carrying, Dead, Fate, Letter, Outcome, Parcel, PostBatch, Printed, Towards,
    Waiting,
};
pub use heard::{Heard, HeardBatch, HeardKind, HeardLine};
pub use passkeys::{
    AuthenticatorFault, Authenticators, Ceremony, CeremonyFor, Challenge, Credential, KeptPasskey,
    Outcome as CeremonyOutcome, Passkeys, Used,
};
pub use people::{
    KeptHelp, KeptRegistration, MailFate, MailKind, Mailer, Message, People, WaitingMail,
};
pub use reckoning::{DayInAlarm, Reckoned, ReckonedDay, Reckoning, Reckonings};
pub use rows::{
    CaseSummary, CourtAlarms, CourtTranslations, DeliverySum, DeliverySummary, HearingSummary,
    KeptNotice, ToldOfCase, Whose,
};
pub use sign_ins::{
    AccountLetter, AtProvider, Claimed, CodeFor, KeptCode, KeptDevice, KeptFactor, ProviderFault,
    ProviderSignIn, Providers, SignIns,
};
pub use told::{Committed, Courts, Stands, Touched};

use crate::caller::SignedIn;
use async_trait::async_trait;
use contract::{document::OrderView, printout::PrintoutView};
use domain::{
    Event, Moment, Recorded, Stream,
    account::{Account, Machine, Organisation},
    case::Case,
    document::Document,
    hearing::Hearing,
    now::Directory,
    register::HearingRegister,
    result::ResultLine,
    rules::LoweredRules,
    submission::Submission,
    translation::Words,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;
use vocabulary::{
    AccountId, CaseId, CommandId, CourtId, CourtroomId, Day, DeliveryId, DocumentId, HearingId,
    Instant, MachineId, MaterialId, NoticeId, OpeningId, OpeningKind, OrganisationId, SessionId,
    SubmissionId, UploadId, Urn,
};

/// What a stream must look like for the append to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It does not exist yet.
    New,
    /// It has exactly this many events.
    Version(u64),
    /// Whatever it is: for readings, which never conflict.
    Any,
}

/// Events for one stream.
#[derive(Debug, Clone)]
pub struct StreamAppend {
    /// Stream.
    pub stream: Stream,
    /// Condition.
    pub expected: Expected,
    /// Whose data key seals the bodies: the case, or the stream itself.
    pub key: Uuid,
    /// Events, in order; may be empty, then only the condition counts.
    pub events: Vec<Event>,
}

/// One command's appends: all or nothing.
#[derive(Debug, Clone)]
pub struct Append {
    /// The command: the same id twice is recorded once.
    pub command: CommandId,
    /// When and by whom.
    pub moment: Moment,
    /// Streams.
    pub streams: Vec<StreamAppend>,
    /// What the command answers; given back when it is sent again.
    pub answer: serde_json::Value,
}

/// What an append came to.
#[derive(Debug, Clone)]
pub struct Appended {
    /// Position of its last event.
    pub position: u64,
    /// The answer: this one's, or the first one's if the command was recorded before.
    pub answer: serde_json::Value,
    /// Whether the command was recorded before.
    pub repeated: bool,
}

/// Why something outside did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A stream is not as expected: somebody else was first.
    #[error("{stream} is at version {found}")]
    Stale {
        /// Stream.
        stream: String,
        /// Its version.
        found: u64,
    },
    /// There is no room left.
    #[error("no space left")]
    NoSpace,
    /// Something broke.
    #[error("{0}")]
    Broken(String),
}

/// The ledger: appends, and what it says now.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Appends durably, or not at all.
    async fn append(&self, append: Append) -> Result<Appended, Fault>;
    /// Appends within a second, together with others; nobody waits for it. If
    /// there is no space, it is appended as soon as there is, and from then on
    /// until that is done this waits and refuses as [`Ledger::append`] does.
    async fn append_soon(&self, append: Append) -> Result<(), Fault>;
    /// What was to be appended soon is, as far as there is space: a report that is read now
    /// has what was read before it.
    async fn append_waiting(&self) -> Result<(), Fault>;
    /// The answer of a command that was recorded before.
    async fn answered(&self, command: CommandId) -> Result<Option<serde_json::Value>, Fault>;
    /// A case.
    async fn case(&self, id: CaseId) -> Result<Option<Arc<Case>>, Fault>;
    /// A case with all that a view of it for this account needs, as of one moment.
    async fn opened(&self, id: CaseId, by: AccountId) -> Result<Option<OpenedCase>, Fault>;
    /// Cases, those that exist, in the order asked.
    async fn cases(&self, ids: &[CaseId]) -> Result<Vec<Case>, Fault>;
    /// A hearing.
    async fn hearing(&self, id: HearingId) -> Result<Option<Hearing>, Fault>;
    /// Hearings, those that exist, in the order asked.
    async fn hearings(&self, ids: &[HearingId]) -> Result<Vec<Hearing>, Fault>;
    /// A document.
    async fn document(&self, id: DocumentId) -> Result<Option<Document>, Fault>;
    /// Documents, those that exist, in the order asked.
    async fn documents(&self, ids: &[DocumentId]) -> Result<Vec<Document>, Fault>;
    /// A submission.
    async fn submission(&self, id: SubmissionId) -> Result<Option<Submission>, Fault>;
    /// The prison court registers of a hearing, ours or another court's.
    async fn register(&self, hearing: Uuid) -> Result<Option<HearingRegister>, Fault>;
    /// The rules that are lowered; none if none ever was.
    async fn lowered_rules(&self) -> Result<Option<Arc<LoweredRules>>, Fault>;
    /// The Welsh that translators gave; none if none ever was.
    async fn words(&self) -> Result<Option<Arc<Words>>, Fault>;
    /// Events of one stream after a version, at most 500.
    async fn events(&self, stream: Stream, after: u64) -> Result<Vec<Recorded>, Fault>;
    /// Events as a report asks for them, oldest first. Those whose key was destroyed are
    /// no longer there to be read.
    async fn audited(&self, wanted: Audited) -> Result<Vec<Recorded>, Fault>;
}

/// A case as somebody opens it.
#[derive(Debug, Clone)]
pub struct OpenedCase {
    /// Case.
    pub case: Case,
    /// Its hearings, in the order of the case.
    pub hearings: Vec<Hearing>,
    /// Its documents, in the order of the case.
    pub documents: Vec<Document>,
    /// When it was received, if that is news to them. The event itself is as large
    /// as the case, and says nothing that the case does not.
    pub received: Option<Instant>,
    /// What else happened in it after the version that they have seen, the latest 400 events.
    pub since: Vec<Recorded>,
    /// Materials that they have read.
    pub materials_read: Vec<MaterialId>,
    /// Documents that they have read.
    pub documents_read: Vec<DocumentId>,
}

/// The index: what lists and searches need, derived from the ledger.
#[async_trait]
pub trait Index: Send + Sync {
    /// The case of a reference.
    async fn case_by_urn(&self, urn: &Urn) -> Result<Option<CaseId>, Fault>;
    /// Cases in which an organisation prosecutes (by OU code) or is on record.
    async fn cases_of(
        &self,
        organisation: OrganisationId,
        ou_code: Option<&str>,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault>;
    /// Cases to which a person was given access of their own that is not over on a day, wherever
    /// they had it: as one of another organisation they do not open it.
    async fn cases_granted(
        &self,
        account: AccountId,
        on: Day,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault>;
    /// Cases of a person's organisation that are closed to them, because they read for the other
    /// side, but for what they were given by name.
    async fn cases_barred(&self, who: (AccountId, OrganisationId)) -> Result<Vec<CaseId>, Fault>;
    /// Cases for which chambers are instructed.
    async fn cases_instructed(
        &self,
        chambers: OrganisationId,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault>;
    /// Defendants of the cases of these references.
    async fn candidates_by_reference(&self, urns: &[Urn]) -> Result<Vec<Candidate>, Fault>;
    /// Defendants with a hearing on a day whose names sound like one of these.
    async fn candidates_by_name(
        &self,
        day: Day,
        sounds: &[String],
    ) -> Result<Vec<Candidate>, Fault>;
    /// Of these cases, those in which a person acts by name on a day as one of their organisation
    /// (access that was given, an assignment), or in which their chambers are instructed.
    async fn acts_in(
        &self,
        who: (AccountId, OrganisationId),
        on: Day,
        among: &[CaseId],
    ) -> Result<Vec<CaseId>, Fault>;
    /// What the Legal Aid Agency was told before a position, newest first.
    async fn legal_aid_messages(
        &self,
        before: Option<u64>,
        limit: i64,
    ) -> Result<Vec<LegalAidMessage>, Fault>;
    /// Cases with a representation order that waits for a firm to register, the oldest first.
    async fn cases_awaiting_firms(&self, limit: i64) -> Result<Vec<CaseId>, Fault>;
    /// Cases with a hearing at a court on or after a day.
    async fn cases_at(
        &self,
        court: CourtId,
        from: Day,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault>;
    /// Cases on which an account was given permission of its own.
    async fn cases_permitted(
        &self,
        account: AccountId,
        limit: i64,
    ) -> Result<Vec<CaseSummary>, Fault>;
    /// Openings of a sensitive case, newest first; of none, those of all that wait for a review.
    async fn openings(&self, of: Option<CaseId>, limit: i64) -> Result<Vec<KeptOpening>, Fault>;
    /// Cases that somebody opened for a reason that counts at this moment, and what was opened.
    async fn reasons(
        &self,
        account: AccountId,
        now: Instant,
    ) -> Result<Vec<(CaseId, OpeningKind)>, Fault>;
    /// Which of these cases are sensitive.
    async fn sensitive_among(&self, cases: &[CaseId]) -> Result<Vec<CaseId>, Fault>;
    /// One of them.
    async fn opening(&self, id: OpeningId) -> Result<Option<KeptOpening>, Fault>;
    /// Hearings of a room on a day, in order.
    async fn hearings_on(&self, room: CourtroomId, day: Day) -> Result<Vec<HearingSummary>, Fault>;
    /// What was typed in a hearing and left by whom it was closed to, oldest first; with what was
    /// typed in hearings of these cases that there are not.
    async fn words_left(
        &self,
        hearing: HearingId,
        cases: &[CaseId],
    ) -> Result<Vec<KeptWords>, Fault>;
    /// Hearings whose shared results somebody is amending.
    async fn hearings_amended_by(&self, account: AccountId) -> Result<Vec<HearingId>, Fault>;
    /// Which case a material belongs to.
    async fn case_of_material(&self, id: MaterialId) -> Result<Option<CaseId>, Fault>;
    /// Documents made from a hearing's results.
    async fn documents_of_hearing(&self, hearing: HearingId) -> Result<Vec<DocumentId>, Fault>;
    /// Deliveries to an organisation's inbox that it has received, newest first.
    async fn deliveries_to(
        &self,
        organisation: OrganisationId,
        limit: i64,
    ) -> Result<Vec<DeliverySummary>, Fault>;
    /// The document of a delivery.
    async fn document_of_delivery(&self, id: DeliveryId) -> Result<Option<DocumentId>, Fault>;
    /// Documents whose PDF is not made yet, oldest first.
    async fn documents_to_make(&self, limit: i64) -> Result<Vec<DocumentId>, Fault>;
    /// Documents with a delivery that goes to an inbox alone and has not been received yet, oldest first.
    async fn documents_to_deliver(&self, limit: i64) -> Result<Vec<DocumentId>, Fault>;
    /// Deliveries of a court's documents that are alarms at a moment, urgent ones
    /// first and then those for which somebody waits, and how many there are in all.
    async fn alarms_of(
        &self,
        court: CourtId,
        now: Instant,
        limit: i64,
    ) -> Result<CourtAlarms, Fault>;
    /// Documents of a court that wait for Welsh, those first with which letters wait, and how
    /// many there are in all.
    async fn translations_of(&self, court: CourtId, limit: i64)
    -> Result<CourtTranslations, Fault>;
    /// How many alarms there are in all courts, and since when the oldest.
    async fn alarm_figures(&self, now: Instant) -> Result<(u64, Option<Instant>), Fault>;
    /// Hearings with a delivery that became an alarm after one moment and by another.
    async fn alarms_since(
        &self,
        after: Instant,
        until: Instant,
    ) -> Result<Vec<(HearingId, CourtId)>, Fault>;
    /// The deliveries of documents asked for from one moment to before another, added
    /// up by recipient and channel.
    async fn deliveries_added_up(
        &self,
        whose: Whose,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<DeliverySum>, Fault>;
    /// Those of them that are still to arrive or to be acknowledged, oldest first.
    async fn deliveries_outstanding(
        &self,
        whose: Whose,
        from: Instant,
        to: Instant,
        limit: i64,
    ) -> Result<Vec<DeliverySummary>, Fault>;
    /// Notices of an account, newest first; none of a case that it no longer has, on a day.
    async fn notices(
        &self,
        account: AccountId,
        on: Day,
        limit: i64,
    ) -> Result<Vec<KeptNotice>, Fault>;
    /// How many of them are unread.
    async fn unread_notices(&self, account: AccountId, on: Day) -> Result<u64, Fault>;
    /// How many of them are of which sensitive case.
    async fn told_of_sensitive(
        &self,
        account: AccountId,
        on: Day,
    ) -> Result<Vec<ToldOfCase>, Fault>;
    /// The account of an e-mail address.
    async fn account_by_email(&self, email: &str) -> Result<Option<Account>, Fault>;
    /// An account.
    async fn account(&self, id: AccountId) -> Result<Option<Account>, Fault>;
    /// Active accounts of an organisation, by name.
    async fn accounts_of(&self, organisation: OrganisationId) -> Result<Vec<Account>, Fault>;
    /// Every account (demo sign-in, command line).
    async fn accounts(&self) -> Result<Vec<Account>, Fault>;
    /// An organisation.
    async fn organisation(&self, id: OrganisationId) -> Result<Option<Organisation>, Fault>;
    /// Every organisation.
    async fn organisations(&self) -> Result<Vec<Organisation>, Fault>;
    /// Every organisation, and those with somebody who can sign in: for what asks at
    /// every keystroke.
    async fn directory(&self) -> Result<Arc<Directory>, Fault>;
    /// A machine credential.
    async fn machine(&self, id: MachineId) -> Result<Option<Machine>, Fault>;
    /// Every machine credential.
    async fn machines(&self) -> Result<Vec<Machine>, Fault>;
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Session.
    pub id: SessionId,
    /// Account.
    pub account: AccountId,
    /// Good until.
    pub expires_at: Instant,
    /// What the password that was given hashes to, if one was: it must be the password still
    /// in the moment in which the session opens.
    pub password: Option<String>,
}

/// A draft of results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// Revision, from 1.
    pub revision: u64,
    /// Lines.
    pub lines: Vec<ResultLine>,
    /// Text that is no result yet, with defendant and offence: kept as the front end gave it.
    pub unresolved: serde_json::Value,
    /// Who saved it last.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What saving a draft came to.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftSaving {
    /// Saved under this revision.
    Saved(u64),
    /// Somebody else saved first: theirs.
    Conflict(KeptDraft),
    /// There is no draft of the revision that was named.
    Nothing,
}

/// Bytes received whole, not yet served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUpload {
    /// Upload.
    pub id: UploadId,
    /// Who sent it.
    pub account: AccountId,
    /// SHA-256.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// MIME type.
    pub mime: String,
}

/// How often something may be tried within a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TryLimit {
    /// What is counted; kept as it is, so it must say nothing about anybody.
    pub name: String,
    /// How many are let through.
    pub most: u64,
    /// Within how many seconds, from the first one on.
    pub window_seconds: i64,
}

/// Working state: changed in place, no part of the ledger.
#[async_trait]
pub trait Work: Send + Sync {
    /// Opens a session, if its account is active and its password still that one in the same
    /// moment, and says whether; `token_hash` is what the token hashes to.
    async fn open_session(
        &self,
        session: &Session,
        token_hash: &str,
        at: Instant,
    ) -> Result<bool, Fault>;
    /// Who is signed in with a token now: its session is good and the account active.
    async fn signed_in(&self, token_hash: &str, now: Instant) -> Result<Option<SignedIn>, Fault>;
    /// Which of these tokens somebody is signed in with now, in a session that was
    /// used at or after a moment; and what tells whether they are still who they were.
    async fn standing(
        &self,
        token_hashes: &[String],
        now: Instant,
        used_since: Instant,
    ) -> Result<HashMap<String, Stands>, Fault>;
    /// Ends a session.
    async fn end_session(&self, id: SessionId) -> Result<(), Fault>;
    /// Ends every session of an account.
    async fn end_sessions(&self, account: AccountId) -> Result<(), Fault>;
    /// Sets the password hash (PHC string) of an account.
    async fn set_password(&self, account: AccountId, phc: &str) -> Result<(), Fault>;
    /// The password hash.
    async fn password(&self, account: AccountId) -> Result<Option<String>, Fault>;
    /// Counts one try for a name (e-mail or address) and says how many there were in the window.
    async fn count_try(&self, name: &str, now: Instant, window_seconds: i64) -> Result<u64, Fault>;
    /// Lets one try through and counts it for every limit, unless one of them is
    /// reached: then nothing is written. Of tries at the same moment no more are
    /// let through than of tries one after the other.
    async fn admit_try(&self, limits: &[TryLimit], now: Instant) -> Result<bool, Fault>;
    /// Takes one try back from each: it did not fail.
    async fn take_back_try(&self, names: &[String]) -> Result<(), Fault>;
    /// Remembers a name for what succeeded at this moment.
    async fn note_known(&self, name: &str, now: Instant) -> Result<(), Fault>;
    /// Whether a name was remembered at or after a moment.
    async fn is_known(&self, name: &str, since: Instant) -> Result<bool, Fault>;
    /// Removes what was counted from `before` on or earlier, and what was remembered
    /// at `known_before` or earlier; says how many there were.
    async fn sweep_tries(&self, before: Instant, known_before: Instant) -> Result<u64, Fault>;
    /// Forgets the tries of a name.
    async fn forget_tries(&self, name: &str) -> Result<(), Fault>;
    /// Keeps the hash of a machine's secret.
    async fn set_machine_secret(&self, machine: MachineId, secret_hash: &str) -> Result<(), Fault>;
    /// The machine whose secret hashes to this.
    async fn machine_by_secret(&self, secret_hash: &str) -> Result<Option<MachineId>, Fault>;
    /// The draft of a hearing day.
    async fn draft(&self, hearing: HearingId) -> Result<Option<KeptDraft>, Fault>;
    /// Saves a draft over revision `seen` (0: none yet), or says whose is newer.
    async fn save_draft(
        &self,
        hearing: HearingId,
        seen: u64,
        draft: KeptDraft,
    ) -> Result<DraftSaving, Fault>;
    /// Keeps an upload.
    async fn keep_upload(&self, upload: &KeptUpload, at: Instant) -> Result<(), Fault>;
    /// How many bytes of an account are kept as uploads: those of a day, served or not.
    async fn uploaded_by(&self, account: AccountId) -> Result<u64, Fault>;
    /// An upload.
    async fn upload(&self, id: UploadId) -> Result<Option<KeptUpload>, Fault>;
    /// The version of a case that an account has seen.
    async fn seen(&self, account: AccountId, case: CaseId) -> Result<u64, Fault>;
    /// The versions of cases that an account has seen.
    async fn seen_all(&self, account: AccountId) -> Result<Vec<(CaseId, u64)>, Fault>;
    /// Notes the version seen; never goes back.
    async fn mark_seen(&self, account: AccountId, case: CaseId, version: u64) -> Result<(), Fault>;
    /// Marks notices of an account read; none means all.
    async fn mark_read(&self, account: AccountId, notices: &[NoticeId]) -> Result<(), Fault>;
}

/// The object store, as far as use cases need it.
#[async_trait]
pub trait Objects: Send + Sync {
    /// Stores bytes durably under their SHA-256, which it returns in hexadecimal.
    async fn put(&self, bytes: Vec<u8>) -> Result<String, Fault>;
    /// The bytes under a SHA-256.
    async fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, Fault>;
}

/// The printer: sets a document as a PDF.
#[async_trait]
pub trait Printer: Send + Sync {
    /// The bytes. Off the threads that serve requests; a document that cannot be
    /// set is a fault, whatever happens meanwhile.
    async fn print(&self, view: OrderView) -> Result<Vec<u8>, Fault>;
    /// The same for a printout.
    async fn print_printout(&self, view: PrintoutView) -> Result<Vec<u8>, Fault>;
}

/// The clock and chance.
pub trait Chance: Send + Sync {
    /// Now.
    fn now(&self) -> Instant;
    /// Now by the clock of the world, which a court of a fixed day does not follow: what
    /// other people's devices reckon with.
    fn outside(&self) -> Instant {
        self.now()
    }
    /// A fresh id, ordered by time.
    fn id(&self) -> Uuid;
    /// Fresh secret bytes.
    fn secret(&self) -> [u8; 32];
}

/// Passwords.
#[async_trait]
pub trait Passwords: Send + Sync {
    /// The PHC string of a password (argon2id).
    fn hash(&self, password: &str) -> Result<String, Fault>;
    /// The same, off the threads that serve requests.
    async fn make(&self, password: &str) -> Result<String, Fault> {
        self.hash(password)
    }
    /// Whether a password fits a PHC string. With none, the same work is done
    /// and the answer is no. Off the threads that serve requests.
    async fn fits(&self, password: &str, phc: Option<&str>) -> bool;
}
