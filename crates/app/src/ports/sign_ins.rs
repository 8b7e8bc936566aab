//! What signing in keeps: where sessions are used, second factors, codes and letters
//! about accounts, identities at other providers, tokens of systems. Working state,
//! no part of the ledger.

use super::Fault;
use async_trait::async_trait;
use vocabulary::{AccountId, Instant, MachineId, OrganisationId, SessionId};

/// A session as its person sees it among their devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDevice {
    /// Session.
    pub session: SessionId,
    /// What the application says it runs on.
    pub device: String,
    /// From where it was used last.
    pub from: String,
    /// Since when.
    pub opened_at: Instant,
    /// When it was last noted as used.
    pub seen_at: Instant,
    /// Whether it is locked.
    pub locked: bool,
}

/// A second factor as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFactor {
    /// What its codes are made from.
    pub secret: [u8; 20],
    /// Since when it is asked for; none while it is being set up.
    pub confirmed_at: Option<Instant>,
    /// The last time step of which a code was taken.
    pub last_step: i64,
}

/// What a code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFor {
    /// Choosing a new password.
    Reset,
    /// Signing in once without the second factors that were taken away.
    SignIn,
}

impl CodeFor {
    /// The word under which it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::SignIn => "sign_in",
        }
    }
}

/// A code that goes out by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCode {
    /// What it hashes to.
    pub hash: String,
    /// Whose it is; of nobody it opens nothing.
    pub account: Option<AccountId>,
    /// What for.
    pub purpose: CodeFor,
    /// Good until.
    pub expires_at: Instant,
}

/// A letter about an account, to somebody's mailbox.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AccountLetter {
    /// Id.
    pub id: uuid::Uuid,
    /// Mailbox; empty if there is nobody to write to. Then it is kept and thrown away
    /// like any other, so that the time taken tells nothing.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
    /// Written.
    pub at: Instant,
    /// Thrown away unsent from then on.
    pub expires_at: Instant,
}

impl std::fmt::Debug for AccountLetter {
    /// Without its text, which may hold a code.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccountLetter {{ {}, {:?} }}", self.id, self.subject)
    }
}

/// A sign-in that is on its way through an organisation's own provider.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProviderSignIn {
    /// Whose provider.
    pub organisation: OrganisationId,
    /// Its issuer when it began.
    pub issuer: String,
    /// What the browser must bring back.
    pub state: String,
    /// What the provider's token must say.
    pub nonce: String,
    /// Proves that whoever ends it began it (PKCE).
    pub verifier: String,
    /// Where the browser comes back to.
    pub redirect: String,
    /// The second, by this server's own clock, before which a proof at the provider is too
    /// old: the court's clock may be another, the provider's is not.
    #[serde(default)]
    pub proved_from: i64,
    /// Good until.
    pub expires_at: Instant,
}

impl std::fmt::Debug for ProviderSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProviderSignIn {{ {} }}", self.issuer)
    }
}

/// Working state of signing in.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// Gives a session a new token, good from now on: the person proved who they are.
    /// It is locked no more, and the old token is good for nothing. `strongly` is by more
    /// than the password. Whether the session was still there.
    async fn renew_session(
        &self,
        id: SessionId,
        token_hash: &str,
        strongly: bool,
        now: Instant,
    ) -> Result<bool, Fault>;
    /// Notes that the person of a session had more than the password just now.
    async fn note_strong_proof(&self, id: SessionId, now: Instant) -> Result<(), Fault>;
    /// Locks a session.
    async fn lock_session(&self, id: SessionId) -> Result<(), Fault>;
    /// Notes that a session is used, from where and on what.
    async fn note_use(
        &self,
        id: SessionId,
        from: &str,
        device: &str,
        now: Instant,
    ) -> Result<(), Fault>;
    /// Notes that a session was opened by the organisation's own provider, which asked
    /// for what it asks for.
    async fn note_provider(&self, id: SessionId) -> Result<(), Fault>;
    /// The sessions of an account that are good now, the latest used first.
    async fn devices(&self, account: AccountId, now: Instant) -> Result<Vec<KeptDevice>, Fault>;
    /// Ends a session if it is this account's.
    async fn end_session_of(&self, account: AccountId, id: SessionId) -> Result<bool, Fault>;
    /// Ends every session of an account but one.
    async fn end_other_sessions(&self, account: AccountId, keep: SessionId) -> Result<u64, Fault>;

    /// Makes the secret of a second factor that is not confirmed yet. One that is
    /// confirmed stays: none comes back.
    async fn make_second_factor(&self, account: AccountId) -> Result<Option<[u8; 20]>, Fault>;
    /// The second factor.
    async fn second_factor(&self, account: AccountId) -> Result<Option<KeptFactor>, Fault>;
    /// Takes the code of a time step: of one step, and of those before it, only once.
    /// With `confirm` the second factor is asked for from now on.
    async fn spend_step(
        &self,
        account: AccountId,
        step: i64,
        confirm: Option<Instant>,
    ) -> Result<bool, Fault>;
    /// Removes the second factor, and the recovery codes unless there is a passkey.
    async fn remove_second_factor(&self, account: AccountId) -> Result<(), Fault>;
    /// Takes every second factor of an account away, the recovery codes too, and remembers it.
    async fn take_factors_away(&self, account: AccountId, now: Instant) -> Result<(), Fault>;
    /// Whether that was done and no other was set up since.
    async fn are_factors_taken(&self, account: AccountId) -> Result<bool, Fault>;
    /// Another was set up: no code by letter is good in its place any more.
    async fn factor_is_back(&self, account: AccountId) -> Result<(), Fault>;
    /// Which of these accounts have a second factor, a passkey that is refused too.
    async fn with_factors(&self, accounts: &[AccountId]) -> Result<Vec<AccountId>, Fault>;
    /// Puts these recovery codes in the place of all others.
    async fn set_recovery_codes(&self, account: AccountId, hashes: &[String]) -> Result<(), Fault>;
    /// Takes a recovery code, once.
    async fn spend_recovery_code(&self, account: AccountId, hash: &str) -> Result<bool, Fault>;
    /// How many recovery codes are left.
    async fn recovery_codes_left(&self, account: AccountId) -> Result<u64, Fault>;

    /// Keeps a code in the place of others of the account for the same purpose, and the
    /// letter that brings it.
    async fn send_code(&self, code: &KeptCode, letter: &AccountLetter) -> Result<(), Fault>;
    /// Whose a code is that is still good.
    async fn find_code(
        &self,
        hash: &str,
        purpose: CodeFor,
        now: Instant,
    ) -> Result<Option<AccountId>, Fault>;
    /// Takes a code, once, before it expires: whose it is.
    async fn spend_code(
        &self,
        hash: &str,
        purpose: CodeFor,
        now: Instant,
    ) -> Result<Option<AccountId>, Fault>;
    /// Keeps a letter until it is sent.
    async fn write_letter(&self, letter: &AccountLetter) -> Result<(), Fault>;
    /// Letters that are due, claimed until a moment; throws away what has expired.
    async fn claim_letters(
        &self,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<AccountLetter>, Fault>;
    /// A letter was sent, or cannot be: it is forgotten.
    async fn forget_letter(&self, id: uuid::Uuid) -> Result<(), Fault>;
    /// A letter is tried again at a moment, or a little later if it failed often.
    async fn put_off_letter(&self, id: uuid::Uuid, next: Instant) -> Result<(), Fault>;

    /// Keeps a sign-in that is on its way, under the hash of its secret.
    async fn begin_provider_sign_in(
        &self,
        secret_hash: &str,
        sign_in: &ProviderSignIn,
    ) -> Result<(), Fault>;
    /// Takes it, once, before it expires.
    async fn take_provider_sign_in(
        &self,
        secret_hash: &str,
        now: Instant,
    ) -> Result<Option<ProviderSignIn>, Fault>;
    /// The account of somebody at a provider.
    async fn identity(&self, issuer: &str, subject: &str) -> Result<Option<AccountId>, Fault>;
    /// Binds an account to somebody at a provider: each to the other alone. Whether it
    /// could be.
    async fn bind_identity(
        &self,
        issuer: &str,
        subject: &str,
        account: AccountId,
        now: Instant,
    ) -> Result<bool, Fault>;

    /// Keeps a token of a system; sweeps up those that expired.
    async fn keep_machine_token(
        &self,
        token_hash: &str,
        machine: MachineId,
        expires_at: Instant,
        now: Instant,
    ) -> Result<(), Fault>;
    /// The system whose token this is now.
    async fn machine_by_token(
        &self,
        token_hash: &str,
        now: Instant,
    ) -> Result<Option<MachineId>, Fault>;
}

/// Where a browser is sent, and what its coming back is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtProvider {
    /// The provider's address for this sign-in.
    pub url: String,
    /// What the browser must bring back.
    pub state: String,
    /// What the provider's token must say.
    pub nonce: String,
    /// Proves that whoever ends it began it (PKCE).
    pub verifier: String,
    /// The second before which a proof at the provider is too old.
    pub proved_from: i64,
}

/// Who somebody is, as a provider's token says: its signature, issuer, audience,
/// nonce and time were checked, and that they proved it for this sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The person there, never another's.
    pub subject: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether the provider says that it is theirs.
    pub email_verified: bool,
}

/// Why a provider said nothing about a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// It cannot be reached, or is not set up as it was told to us.
    #[error("{0}")]
    Away(String),
    /// What it said is not to be believed, or it would not say it.
    #[error("{0}")]
    Refused(String),
}

/// Organisations' identity providers (OpenID Connect Core 1.0: the authorization code
/// flow, with PKCE).
#[async_trait]
pub trait Providers: Send + Sync {
    /// Where to send the browser.
    async fn begin(
        &self,
        provider: &domain::account::Provider,
        redirect: &str,
    ) -> Result<AtProvider, ProviderFault>;
    /// Who came back with a code.
    async fn end(
        &self,
        provider: &domain::account::Provider,
        sign_in: &ProviderSignIn,
        code: &str,
    ) -> Result<Claimed, ProviderFault>;
}
