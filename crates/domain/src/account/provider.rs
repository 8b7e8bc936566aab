//! How an organisation's people sign in: whether a second factor is asked of them,
//! and the organisation's own identity provider (OpenID Connect).

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// How an organisation's people sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningIn {
    /// Whether nobody of it works here without a second factor.
    #[serde(default)]
    pub second_factor: bool,
    /// Its own identity provider.
    #[serde(default)]
    pub provider: Option<Provider>,
}

/// An organisation's identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its issuer, as its tokens name it.
    pub issuer: String,
    /// Who we are for it: a public client (RFC 8252), so there is no secret.
    pub client_id: String,
    /// What stands after the `@` in the addresses of its people.
    pub domains: Vec<String>,
}

impl Provider {
    /// A provider in order.
    ///
    /// # Errors
    /// If the issuer is no address by https (or of this computer), or a domain is none.
    pub fn new(issuer: &str, client_id: &str, domains: &[String]) -> Result<Self, Refusal> {
        let wrong = |message, hint| Err(Refusal::new("bad_provider", message, hint));
        let issuer = issuer_of(issuer)?;
        if client_id.trim().is_empty() {
            return wrong(
                "The provider knows us by no client id.",
                "Give the client id under which this service is registered there.",
            );
        }
        let domains: Vec<String> = domains
            .iter()
            .map(|one| one.trim().trim_start_matches('@').to_lowercase())
            .collect();
        let is_one = |one: &String| {
            one.contains('.')
                && !one.contains("..")
                && one.chars().all(|c| c.is_alphanumeric() || ".-".contains(c))
        };
        if domains.is_empty() || !domains.iter().all(is_one) {
            return wrong(
                "The provider needs the domains of its people's addresses.",
                "Give each as firm.example.test, without the @.",
            );
        }
        Ok(Self {
            issuer,
            client_id: client_id.trim().to_owned(),
            domains,
        })
    }

    /// Whether it speaks for an address.
    #[must_use]
    pub fn speaks_for(&self, email: &str) -> bool {
        email
            .trim()
            .rsplit_once('@')
            .is_some_and(|(_, domain)| self.domains.iter().any(|d| d.eq_ignore_ascii_case(domain)))
    }
}

/// An issuer as it is compared: https, or http on this computer.
///
/// # Errors
/// If it is neither.
pub fn issuer_of(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let here = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let is_here = here.iter().any(|own| {
        text.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    });
    let is_one = (is_here
        || text
            .strip_prefix("https://")
            .is_some_and(|rest| !rest.is_empty()))
        && !text.contains(['?', '#', '@', ' ']);
    if is_one {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new(
            "bad_provider",
            "The issuer is no address by https.",
            "Give it as the provider names itself, for instance https://id.firm.example.test.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(issuer: &str, domain: &str) -> Result<Provider, Refusal> {
        Provider::new(issuer, "common-platform", &[domain.to_owned()])
    }

    #[test]
    fn a_provider_is_asked_by_https_or_on_this_computer() {
        for right in ["https://id.firm.example.test", "http://127.0.0.1:4000"] {
            assert!(provider(right, "firm.example.test").is_ok(), "{right}");
        }
        for wrong in [
            "http://id.firm.example.test",
            "http://127.0.0.1.example",
            "https://",
            "https://user@id.example",
            "id.example",
        ] {
            assert!(provider(wrong, "firm.example.test").is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_provider_speaks_for_the_addresses_of_its_domains_alone() {
        let own = provider("https://id.firm.example.test", "@Firm.example.test").unwrap();
        assert!(own.speaks_for("iris@firm.example.test"));
        assert!(own.speaks_for("IRIS@FIRM.EXAMPLE.TEST"));
        for other in [
            "iris@other.example.test",
            "iris@sub.firm.example.test",
            "iris@firm.example.test.evil.test",
            "iris",
        ] {
            assert!(!own.speaks_for(other), "{other}");
        }
        assert!(provider("https://id.firm.example.test", "firm").is_err());
    }
}
