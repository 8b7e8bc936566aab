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

    /// References that differ from this one by a slip of the finger: one digit or letter
    /// is another, one that looks alike is of the other kind, or two changed places.
    #[must_use]
    pub fn one_slip_away(&self) -> Vec<Self> {
        const ALIKE: [(u8, u8); 6] = [
            (b'0', b'O'),
            (b'1', b'I'),
            (b'1', b'L'),
            (b'2', b'Z'),
            (b'5', b'S'),
            (b'8', b'B'),
        ];
        let own = self.0.as_bytes();
        let mut found = std::collections::BTreeSet::new();
        let mut put = |bytes: Vec<u8>| {
            if bytes != own
                && let Ok(text) = String::from_utf8(bytes)
            {
                found.insert(text);
            }
        };
        for at in 0..own.len() {
            let others: Vec<u8> = match own[at] {
                b'0'..=b'9' => (b'0'..=b'9').collect(),
                b'A'..=b'Z' => (b'A'..=b'Z').collect(),
                _ => Vec::new(),
            };
            let alike = ALIKE.iter().filter_map(|(digit, letter)| match own[at] {
                own if own == *digit => Some(*letter),
                own if own == *letter => Some(*digit),
                _ => None,
            });
            for other in others.into_iter().chain(alike) {
                let mut bytes = own.to_vec();
                bytes[at] = other;
                put(bytes);
            }
            if at + 1 < own.len() {
                let mut bytes = own.to_vec();
                bytes.swap(at, at + 1);
                put(bytes);
            }
        }
        found.into_iter().map(Self).collect()
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
    fn one_slip_is_one_wrong_character_or_two_changed_places_and_nothing_more() {
        let urn = Urn::parse("76GD6405821").unwrap();
        let near = urn.one_slip_away();
        let has = |text: &str| near.contains(&Urn::parse(text).unwrap());
        assert!(has("76GD6405827") && has("76GB6405821") && has("67GD6405821"));
        assert!(has("76GD640S821") && has("76GD64O5821"));
        assert!(!has("76GD6405821"), "itself is no slip");
        assert!(!has("76GD6405877") && !has("76GD640582") && !has("76GDX405821"));
        assert!(near.len() < 256, "{}", near.len());
    }

    #[test]
    fn a_reference_is_the_same_however_it_is_typed() {
        let urn = Urn::parse("76GD6405821").unwrap();
        assert_eq!(Urn::parse(" 76 gd 640 5821 ").unwrap(), urn);
        assert!(Urn::parse("76").is_err());
        assert!(Urn::parse("76GD'; drop table").is_err());
    }
}
