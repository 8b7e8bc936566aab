//! What the registration of organisations, the activation of accounts and support need: lists
//! derived from the record, codes and uses that are working state, and mail to people. The
//! store has them; the server has whoever takes mail on.

use super::{Fault, Outcome};
use async_trait::async_trait;
use domain::{
    account::{Account, Registration},
    support::{Announcement, HelpRequest},
};
use uuid::Uuid;
use vocabulary::{AccountId, HelpRequestId, Instant, OrganisationId};

/// A registration with when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRegistration {
    /// What it is.
    pub registration: Registration,
    /// When it came.
    pub at: Instant,
}

/// A request for help with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHelp {
    /// The request.
    pub request: HelpRequest,
    /// The answer, by whom and when.
    pub answer: Option<(String, String, Instant)>,
}

/// What mail to a person is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// The link that activates an account.
    Invitation,
    /// An account will be suspended.
    IdleWarning,
    /// It was.
    Lapsed,
    /// A registration was refused.
    RegistrationRefused,
}

impl MailKind {
    /// The word as kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::IdleWarning => "idle_warning",
            Self::Lapsed => "lapsed",
            Self::RegistrationRefused => "registration_refused",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [
            Self::Invitation,
            Self::IdleWarning,
            Self::Lapsed,
            Self::RegistrationRefused,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// Mail that waits. It holds no words and no code: both are made when it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMail {
    /// Under which id it is sent, again and again the same.
    pub id: Uuid,
    /// What it is about.
    pub kind: MailKind,
    /// The account, or the organisation that registered.
    pub about: Uuid,
    /// Since when it waits.
    pub since: Instant,
    /// How often it was tried.
    pub tried: u64,
}

/// What became of waiting mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailFate {
    /// A mail server took it.
    Sent,
    /// It is not to be sent any more.
    Dropped,
    /// A mail server refused it for good.
    Refused,
    /// It is tried again then.
    Later(Instant),
}

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub to: String,
    /// One line; says nothing of any case.
    pub subject: String,
    /// Text.
    pub text: String,
    /// Now.
    pub at: Instant,
}

/// Takes mail on.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Whether mail leaves here at all.
    fn is_set_up(&self) -> bool;
    /// The address under which people reach this service.
    fn public_url(&self) -> String;
    /// Sends one message, within a bounded time.
    async fn send(&self, message: Message) -> Outcome;
}

/// Registrations, codes, uses, waiting mail, and what support holds.
#[async_trait]
pub trait People: Send + Sync {
    /// A registration.
    async fn registration(&self, id: OrganisationId) -> Result<Option<KeptRegistration>, Fault>;
    /// The registration of a reference.
    async fn registration_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<KeptRegistration>, Fault>;
    /// Those on which nobody has decided, oldest first.
    async fn registrations_waiting(&self, limit: i64) -> Result<Vec<KeptRegistration>, Fault>;
    /// How many those are.
    async fn count_waiting(&self) -> Result<u64, Fault>;
    /// Accounts of organisations, by name.
    async fn accounts_in(&self, organisations: &[OrganisationId]) -> Result<Vec<Account>, Fault>;

    /// Keeps the hash of an account's code in the place of the one before.
    async fn put_code(
        &self,
        account: AccountId,
        code_hash: &str,
        sent_at: Instant,
        expires_at: Instant,
    ) -> Result<(), Fault>;
    /// The account of a code that is good.
    async fn code(&self, code_hash: &str, now: Instant) -> Result<Option<AccountId>, Fault>;
    /// The same, claimed: until then nobody else gets it.
    async fn claim_code(
        &self,
        code_hash: &str,
        now: Instant,
        until: Instant,
    ) -> Result<Option<AccountId>, Fault>;
    /// Ends the claim: the code can be used after all.
    async fn release_code(&self, account: AccountId) -> Result<(), Fault>;
    /// Forgets an account's code.
    async fn end_code(&self, account: AccountId) -> Result<(), Fault>;
    /// Until when the codes of accounts are good.
    async fn codes_of(&self, accounts: &[AccountId]) -> Result<Vec<(AccountId, Instant)>, Fault>;
    /// Keeps that somebody asked for a link for this address, whether it has an account or not.
    async fn ask_for_code(&self, email: &str, now: Instant) -> Result<(), Fault>;
    /// Takes addresses for which a link was asked for.
    async fn take_asked(&self, most: i64) -> Result<Vec<String>, Fault>;

    /// Notes that an account was used.
    async fn note_use(&self, account: AccountId, now: Instant) -> Result<(), Fault>;
    /// Begins to count for active accounts whose use was never noted; says how many.
    async fn begin_counting(&self, now: Instant) -> Result<u64, Fault>;
    /// When accounts were last used.
    async fn uses_of(&self, accounts: &[AccountId]) -> Result<Vec<(AccountId, Instant)>, Fault>;
    /// Active accounts not used since a moment, longest first; those that come after one of them.
    async fn unused_since(
        &self,
        before: Instant,
        after: Option<(AccountId, Instant)>,
        limit: i64,
    ) -> Result<Vec<(AccountId, Instant)>, Fault>;

    /// Claims mail that can be sent now.
    async fn claim_mail(
        &self,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<WaitingMail>, Fault>;
    /// Accounts whose last invitation a mail server refused for good.
    async fn refused_by_mail(&self, accounts: &[AccountId]) -> Result<Vec<AccountId>, Fault>;
    /// Remembers what became of it.
    async fn settle_mail(&self, id: Uuid, fate: MailFate) -> Result<(), Fault>;

    /// Announcements that end after a moment, most pressing first.
    async fn announcements(&self, ending_after: Instant) -> Result<Vec<Announcement>, Fault>;
    /// A request for help.
    async fn help(&self, id: HelpRequestId) -> Result<Option<KeptHelp>, Fault>;
    /// What an account asked, newest first.
    async fn help_of(&self, account: AccountId, limit: i64) -> Result<Vec<KeptHelp>, Fault>;
    /// What nobody has answered, oldest first.
    async fn help_waiting(&self, limit: i64) -> Result<Vec<KeptHelp>, Fault>;
}
