//! What comes back when the answer is no: a closed code, a sentence, and the
//! next step, as `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why not. The list is closed: the front end has a way on for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Not signed in, or no longer.
    SignedOut,
    /// E-mail address and password do not fit.
    WrongPassword,
    /// The password fits, and a code of the second factor is asked for as well.
    SecondFactorNeeded,
    /// The same, and a passkey is one way.
    PasskeyNeeded,
    /// The organisation asks for a second factor, and the person has none yet.
    SecondFactorMissing,
    /// The window is locked until the person proves who they are.
    Locked,
    /// The person must prove anew who they are, in place.
    ProofNeeded,
    /// The same by their second factor: the password is not enough.
    StrongProofNeeded,
    /// Too many tries; wait.
    TooManyTries,
    /// There is no such thing, or not for this person: the two are never told apart.
    NotFound,
    /// This person may see the thing but not do this to it.
    NotPermitted,
    /// They may, if they say why they must.
    ReasonNeeded,
    /// The request itself is wrong.
    BadRequest,
    /// Somebody else changed it first.
    Stale,
    /// The court's rules say no.
    Refused,
    /// Results are not ready to share.
    NotReady,
    /// The bytes that arrived are not the bytes that were sent.
    WrongHash,
    /// Fewer bytes arrived than were announced.
    Truncated,
    /// More bytes than the limit.
    TooLarge,
    /// The file is not of the type its name says.
    WrongType,
    /// The scanner for viruses found one in the file.
    VirusFound,
    /// The scanner that has to look through every file did not look through this one.
    NotScanned,
    /// There is no room left to store anything; nothing was recorded.
    NoSpace,
    /// The server cannot be reached.
    Unreachable,
    /// Something broke. It is in the server's log under the reference given.
    Fault,
}

/// A refusal or a fault, finished for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{title} {detail}")]
pub struct Problem {
    /// Closed code.
    pub code: Code,
    /// What happened, one sentence.
    pub title: String,
    /// What was not lost and why it happened; may be empty.
    pub detail: String,
    /// The next step.
    pub hint: String,
    /// The policy that refused, or the reference of a fault in the log.
    pub reference: Option<String>,
    /// Why the person may not, in one sentence, for whoever asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<Box<str>>,
}

impl Problem {
    /// A problem without detail.
    #[must_use]
    pub fn new(code: Code, title: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code,
            title: title.into(),
            detail: String::new(),
            hint: hint.into(),
            reference: None,
            why: None,
        }
    }

    /// The same with more to say.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The one answer for what does not exist and for what is not this person's to see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            Code::NotFound,
            "There is nothing here that you can see.",
            "Check the reference. If you should have access, ask the court or your organisation's administrator.",
        )
    }

    /// The HTTP status that goes with the code.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.code {
            Code::SignedOut
            | Code::WrongPassword
            | Code::SecondFactorNeeded
            | Code::PasskeyNeeded
            | Code::ProofNeeded
            | Code::StrongProofNeeded => 401,
            Code::Locked => 423,
            Code::TooManyTries => 429,
            Code::NotFound => 404,
            Code::NotPermitted | Code::ReasonNeeded | Code::SecondFactorMissing => 403,
            Code::BadRequest | Code::WrongHash | Code::Truncated => 400,
            Code::Stale => 409,
            Code::Refused | Code::NotReady | Code::VirusFound => 422,
            Code::TooLarge => 413,
            Code::WrongType => 415,
            Code::NoSpace => 507,
            Code::Unreachable | Code::NotScanned => 503,
            Code::Fault => 500,
        }
    }
}
