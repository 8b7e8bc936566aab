//! Taking on an account: the link that was sent, the password, the terms. Whoever holds the
//! link is the person; nobody is told anything without it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Instant;

/// Whose account is this link for?
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Activation {
    /// The link, or the code in it, as it was sent.
    pub code: String,
}

impl std::fmt::Debug for Activation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Activation { … }")
    }
}

/// The account that waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Invitation {
    /// Full name.
    pub name: String,
    /// E-mail address, with which the person will sign in.
    pub email: String,
    /// Role in words.
    pub role: String,
    /// Organisation.
    pub organisation: String,
    /// The version of the terms.
    pub terms_version: String,
    /// What they say.
    pub terms: Vec<String>,
    /// What a password must be, one sentence.
    pub password_rule: String,
    /// Whether the organisation signs the person in: then they choose no password.
    pub by_provider: bool,
}

/// Take the account on.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Activate {
    /// The link, or the code in it.
    pub code: String,
    /// The password; nothing is kept of it where the organisation signs the person in.
    pub password: String,
    /// The version of the terms that is accepted.
    pub terms: String,
}

impl std::fmt::Debug for Activate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Activate { … }")
    }
}

/// The person can sign in now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Activated {
    /// With this address.
    pub email: String,
    /// Since when.
    pub at: Instant,
}

/// Send me the link again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskAgain {
    /// E-mail address.
    pub email: String,
}

/// The same answer whether the address has an account or not.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AskedAgain {
    /// Whether mail leaves here at all; if not, links are handed over by hand.
    pub mail: bool,
}
