//! The way on which documents reach an organisation. Its inbox here is always one:
//! there lies what it was sent, there it is opened and acknowledged. The other ways
//! carry it out as well. Whether an address answers is not known here.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// The longest address of either kind.
const LONGEST: usize = 500;

/// How documents reach an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Route {
    /// They lie in its inbox.
    #[default]
    Inbox,
    /// They go to a mailbox as well.
    Email {
        /// Its address.
        address: String,
    },
    /// They are handed to its system as well.
    Webhook {
        /// Where that takes them.
        url: String,
    },
}

impl Route {
    /// Whether something leaves here on this way.
    #[must_use]
    pub const fn carries(&self) -> bool {
        !matches!(self, Self::Inbox)
    }

    /// Which way it is, without the address, which is not for everybody.
    #[must_use]
    pub const fn way(&self) -> &'static str {
        match self {
            Self::Inbox => "In its inbox",
            Self::Email { .. } => "By e-mail",
            Self::Webhook { .. } => "To its system",
        }
    }

    /// As whoever settles it reads it.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Inbox => "in its inbox".to_owned(),
            Self::Email { address } => format!("by e-mail to {address}"),
            Self::Webhook { url } => format!("to its system at {url}"),
        }
    }

    /// A way to a mailbox.
    ///
    /// # Errors
    /// If that is no address of one.
    pub fn email(address: &str) -> Result<Self, Refusal> {
        let address = address.trim();
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_graphic() && !"<>()[],;:\\\"@".contains(c))
        };
        let fits = address.len() <= LONGEST
            && address
                .split_once('@')
                .is_some_and(|(name, host)| plain(name) && plain(host));
        if fits {
            return Ok(Self::Email {
                address: address.to_owned(),
            });
        }
        Err(Refusal::new(
            "no_mailbox",
            "This is no address of a mailbox.",
            "Write one address, for instance warrants@prison.example.test.",
        ))
    }

    /// A way to a system.
    ///
    /// # Errors
    /// If that is no address of one.
    pub fn webhook(url: &str) -> Result<Self, Refusal> {
        let url = url.trim();
        let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
        let host = rest.and_then(|rest| rest.split(['/', '?']).next());
        let fits = url.len() <= LONGEST
            && url.chars().all(|c| c.is_ascii_graphic())
            && !url.contains('#')
            && host.is_some_and(|host| !host.is_empty() && !host.contains('@'));
        if fits {
            return Ok(Self::Webhook {
                url: url.to_owned(),
            });
        }
        Err(Refusal::new(
            "no_system",
            "This is no address of a system.",
            "Write the whole address without a user in it, for instance \
             https://prison.example.test/documents.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_mailbox_is_one_and_carries_nothing_else() {
        assert!(Route::email(" warrants@prison.example.test ").is_ok());
        for wrong in [
            "",
            "prison",
            "a@b@c",
            "@prison.test",
            "a@",
            "a b@prison.test",
            "a@prison.test, b@prison.test",
            "a@prison.test\r\nBcc: b@other.test",
        ] {
            assert!(Route::email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_of_a_system_is_whole_and_names_no_user() {
        assert!(Route::webhook("https://prison.example.test/documents?from=court").is_ok());
        assert!(Route::webhook("http://127.0.0.1:8080").is_ok());
        for wrong in [
            "prison.example.test",
            "ftp://prison.example.test",
            "https://",
            "https:///documents",
            "https://court:word@prison.example.test/",
            "https://prison.example.test/#here",
            "https://prison.example.test/a b",
        ] {
            assert!(Route::webhook(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_organisation_of_an_earlier_version_has_its_inbox() {
        assert_eq!(Route::default(), Route::Inbox);
        assert!(!Route::Inbox.carries());
        let kept: Route = serde_json::from_str(r#"{"by":"email","address":"a@b.test"}"#).unwrap();
        assert!(kept.carries());
    }
}
