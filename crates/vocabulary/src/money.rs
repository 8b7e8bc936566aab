//! Money is whole pence.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum, ops::Add};

/// An amount in pence.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
#[serde(transparent)]
pub struct Pence(pub i64);

impl Pence {
    /// Reads `250`, `£1,250.50` or `0.5`; anything else, or a third decimal, is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('£').replace(',', "");
        let (pounds, pence) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
        if pounds.is_empty() || !digits(pounds) || !digits(pence) || pence.len() > 2 {
            return None;
        }
        let pounds: i64 = pounds.parse().ok()?;
        let pence: i64 = format!("{pence:0<2}").parse().ok()?;
        pounds.checked_mul(100)?.checked_add(pence).map(Self)
    }
}

impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pounds = (self.0 / 100).unsigned_abs().to_string();
        let mut grouped = String::new();
        for (i, c) in pounds.chars().enumerate() {
            if i > 0 && (pounds.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(c);
        }
        write!(f, "{sign}£{grouped}.{:02}", (self.0 % 100).abs())
    }
}

impl Add for Pence {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Pence {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::Pence;

    #[test]
    fn money_is_read_as_people_type_it_and_printed_as_the_court_writes_it() {
        assert_eq!(Pence::parse("250"), Some(Pence(25_000)));
        assert_eq!(Pence::parse("£1,250.5"), Some(Pence(125_050)));
        assert_eq!(Pence::parse("1.234"), None);
        assert_eq!(Pence::parse("-5"), None);
        assert_eq!(Pence(125_050).to_string(), "£1,250.50");
        assert_eq!(Pence(1).to_string(), "£0.01");
    }
}
