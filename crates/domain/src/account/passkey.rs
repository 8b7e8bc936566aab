//! What becomes of a person's passkeys, and how they may be called. Whether a ceremony is
//! good is worked out by whoever knows WebAuthn; no secret is here, because a passkey's own
//! never leaves its device.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, PasskeyId};

/// How many passkeys one account may have.
pub const MOST: usize = 10;
/// The longest name, in characters.
const LONGEST: usize = 60;

/// What became of a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyEvent {
    /// Whose.
    pub account: AccountId,
    /// Which.
    pub passkey: PasskeyId,
    /// How its person calls it.
    pub name: String,
    /// What.
    pub change: PasskeyChange,
}

/// What may become of a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PasskeyChange {
    /// Its person added it.
    Added {
        /// The credential's id, as WebAuthn has it (base64url).
        credential: String,
        /// Its public key (COSE, RFC 9052), as JSON.
        public_key: String,
    },
    /// Its count went back (Web Authentication Level 3, 6.1.1): there may be a copy of it. It
    /// is good for nothing from then on.
    Refused {
        /// The count that was known.
        known: u32,
        /// The count that came, if it could be told.
        came: Option<u32>,
    },
    /// Its person removed it.
    Removed,
}

/// How a passkey is called from now on, among those that the account has.
///
/// # Errors
/// If it has no name, a name that another has, or the account has as many as it may.
pub fn name(given: &str, others: &[&str]) -> Result<String, Refusal> {
    let name = given.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return Err(Refusal::new(
            "passkey_name",
            "A passkey needs a name of at most 60 letters.",
            "Name the device that holds it, for instance Work laptop.",
        ));
    }
    if others.len() >= MOST {
        return Err(Refusal::new(
            "passkey_too_many",
            format!("You have {MOST} passkeys already, and may have no more."),
            "Remove one that you do not use.",
        ));
    }
    if others.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
        return Err(Refusal::new(
            "passkey_name_taken",
            format!("You have a passkey called {name} already."),
            "Give this one another name.",
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_has_a_name_that_no_other_of_its_person_has() {
        assert_eq!(
            name("  Work\u{a0} laptop ", &["Telephone"]).unwrap(),
            "Work laptop"
        );
        let code = |given: &str, others: &[&str]| name(given, others).unwrap_err().code;
        assert_eq!(code(" ", &[]), "passkey_name");
        assert_eq!(code(&"a".repeat(61), &[]), "passkey_name");
        assert_eq!(code("a\u{7}b", &[]), "passkey_name");
        assert!(name(&"a".repeat(60), &[]).is_ok());
        assert_eq!(code("telephone", &["Telephone"]), "passkey_name_taken");
    }

    #[test]
    fn an_account_has_so_many_and_no_more() {
        let names: Vec<String> = (0..MOST).map(|n| format!("Key {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(name("Another", &names[1..]).is_ok());
        assert_eq!(
            name("Another", &names).unwrap_err().code,
            "passkey_too_many"
        );
    }
}
