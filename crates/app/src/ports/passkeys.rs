//! What passkeys need: the ones that people have, ceremonies on their way through a browser
//! (working state; the store has them), and somebody who knows WebAuthn (the server has it).

use super::Fault;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vocabulary::{AccountId, Instant, PasskeyId, SessionId};

/// A passkey as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPasskey {
    /// Passkey.
    pub id: PasskeyId,
    /// Whose.
    pub account: AccountId,
    /// How its person calls it.
    pub name: String,
    /// The credential's id (base64url): no two passkeys have the same.
    pub credential_id: String,
    /// Public key and all that is known of the credential; no secret.
    pub credential: String,
    /// How often it was used, as it says itself; nothing of passkeys that do not count.
    pub counter: u32,
    /// Since when.
    pub added_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
    /// Since when it is good for nothing, because there may be a copy.
    pub refused_at: Option<Instant>,
}

impl KeptPasskey {
    /// Whether it is good.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.refused_at.is_none()
    }
}

/// What somebody uses the browser for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CeremonyFor {
    /// To add a passkey, in a session.
    Enrolment {
        /// The session that asked.
        session: SessionId,
        /// How it will be called.
        name: String,
    },
    /// To sign in, after the password.
    SignIn,
    /// To prove who they are, in a session.
    Proof {
        /// The session that asked.
        session: SessionId,
    },
}

/// What the browser made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new credential, to be kept when whoever began has the code.
    Made(Credential),
    /// One of the person's passkeys was used.
    Used(PasskeyId),
}

/// A ceremony on its way through somebody's browser.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// Whose.
    pub account: AccountId,
    /// What for.
    pub purpose: CeremonyFor,
    /// The page that the browser comes back to, on the computer of whoever began.
    pub redirect: String,
    /// What it must bring back.
    pub state: String,
    /// What the browser is asked.
    pub options: Value,
    /// What its answer is held against.
    pub expected: Value,
    /// Where it began, for the person to recognise.
    pub device: String,
    /// From which address.
    pub from: String,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Good until.
    pub expires_at: Instant,
}

impl std::fmt::Debug for Ceremony {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ceremony {{ {}, {:?} }}", self.account, self.purpose)
    }
}

/// Passkeys, and ceremonies. Tickets, secrets and codes are known by their hashes alone.
#[async_trait]
pub trait Passkeys: Send + Sync {
    /// The passkeys of an account, in the order in which they were added, refused ones too.
    async fn passkeys(&self, account: AccountId) -> Result<Vec<KeptPasskey>, Fault>;
    /// Whether a credential is some account's already.
    async fn credential_is_taken(&self, credential_id: &str) -> Result<bool, Fault>;
    /// Keeps one. Whether it could be: a credential is one account's.
    async fn add_passkey(&self, passkey: &KeptPasskey) -> Result<bool, Fault>;
    /// Notes that one was used, and what its credential is like since. Whether it is good, and
    /// its count went on: of two with the same count, at once too, one is.
    async fn use_passkey(
        &self,
        id: PasskeyId,
        credential: &str,
        counter: u32,
        now: Instant,
    ) -> Result<bool, Fault>;
    /// From now on it is good for nothing. Whether it was good before.
    async fn refuse_passkey(&self, id: PasskeyId, now: Instant) -> Result<bool, Fault>;
    /// Removes one of an account's; with its last second factor its recovery codes. Whether
    /// there was one.
    async fn remove_passkey(&self, account: AccountId, id: PasskeyId) -> Result<bool, Fault>;

    /// Keeps a ceremony that begins: the browser has the ticket, whoever began the secret.
    async fn begin_ceremony(
        &self,
        ticket_hash: &str,
        secret_hash: &str,
        ceremony: &Ceremony,
    ) -> Result<(), Fault>;
    /// One that the browser has not answered.
    async fn ceremony(&self, ticket_hash: &str, now: Instant) -> Result<Option<Ceremony>, Fault>;
    /// The same, once: it is answered from now on, whatever comes of it.
    async fn answer_ceremony(
        &self,
        ticket_hash: &str,
        now: Instant,
    ) -> Result<Option<Ceremony>, Fault>;
    /// Keeps what came of it, for whoever has the code and the secret.
    async fn finish_ceremony(
        &self,
        ticket_hash: &str,
        code_hash: &str,
        ceremony: &Ceremony,
    ) -> Result<(), Fault>;
    /// Takes one away, once, before it expires: the hash of its code, if the browser made
    /// something of it, and what that is.
    async fn take_ceremony(
        &self,
        secret_hash: &str,
        now: Instant,
    ) -> Result<Option<(String, Ceremony)>, Fault>;
}

/// A credential as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Its id (base64url).
    pub id: String,
    /// Its public key (COSE), as JSON.
    pub public_key: String,
    /// All that is known of it, as it is kept.
    pub kept: String,
}

/// What a browser is asked, and what its answer will be held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// What it is asked.
    pub options: Value,
    /// What its answer is held against.
    pub expected: Value,
}

/// A credential that was used well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its id (base64url).
    pub id: String,
    /// The count that came with it.
    pub counter: u32,
    /// What the person's kept credential is like since.
    pub kept: String,
}

/// Why a browser's answer is not good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticatorFault {
    /// It is not what was asked for.
    #[error("{0}")]
    Refused(String),
    /// The count of a credential went back: there may be a copy.
    #[error("the count of credential {id} went back")]
    WentBack {
        /// Its id.
        id: String,
        /// The count that came, if it could be told.
        came: Option<u32>,
    },
    /// Passkeys cannot be had at the address of this service.
    #[error("passkeys need an address by name, with TLS")]
    NoName,
}

/// The relying party (Web Authentication Level 3, 7.1 and 7.2): the person is always verified.
pub trait Authenticators: Send + Sync {
    /// The page where browsers are sent; none where passkeys cannot be had.
    fn page(&self) -> Option<String>;
    /// What to ask a browser that makes a passkey, for a person who has these.
    ///
    /// # Errors
    /// If it cannot be asked.
    fn begin_registration(
        &self,
        account: AccountId,
        email: &str,
        name: &str,
        has: &[KeptPasskey],
    ) -> Result<Challenge, AuthenticatorFault>;
    /// What it made.
    ///
    /// # Errors
    /// If that is not what was asked for.
    fn end_registration(
        &self,
        expected: &Value,
        answer: &Value,
    ) -> Result<Credential, AuthenticatorFault>;
    /// What to ask a browser whose person has these passkeys.
    ///
    /// # Errors
    /// If it cannot be asked.
    fn begin_authentication(&self, has: &[KeptPasskey]) -> Result<Challenge, AuthenticatorFault>;
    /// Which of them was used.
    ///
    /// # Errors
    /// If none was, or its count went back.
    fn end_authentication(
        &self,
        expected: &Value,
        answer: &Value,
        has: &[KeptPasskey],
    ) -> Result<Used, AuthenticatorFault>;
}
