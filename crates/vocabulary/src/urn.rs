//! The unique reference number of a case. People write it with spaces and in
//! any case; the record knows one form of it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A case reference in its one form: upper case, letters, digits and hyphens only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
#[serde(transparent)]
pub struct Urn(String);

/// What was typed is no case reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a case reference has 4 to 16 letters and digits")]
pub struct UrnError;

impl Urn {
    /// Reads a reference as typed: spaces vanish, letters become capitals.
    ///
    /// # Errors
    /// If what remains is not 4 to 16 letters, digits and hyphens.
    pub fn parse(text: &str) -> Result<Self, UrnError> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '/')
            .flat_map(char::to_uppercase)
            .collect();
        let fits = (4..=16).contains(&plain.len())
            && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if fits { Ok(Self(plain)) } else { Err(UrnError) }
    }

    /// The reference as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Urn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Urn {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Urn;

    #[test]
    fn a_reference_is_the_same_however_it_is_typed() {
        let urn = Urn::parse("76GD6405821").unwrap();
        assert_eq!(Urn::parse(" 76 gd 640 5821 ").unwrap(), urn);
        assert!(Urn::parse("76").is_err());
        assert!(Urn::parse("76GD'; drop table").is_err());
    }
}
