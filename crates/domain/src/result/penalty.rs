//! The longest penalty of an offence as the offence data writes it
//! (`S:6M &/or Ultd Fine Oblig disq LE 3-11pp`). What it does not say is not known;
//! nothing is guessed.

use super::{Period, Unit};

/// The most that a fine may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fine {
    /// A level of the standard scale, 1 to 5.
    Level(u8),
    /// No limit.
    Unlimited,
}

/// What the offence data says of the penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Penalty {
    /// The longest imprisonment in a magistrates' court.
    pub imprisonment: Option<Period>,
    /// The highest fine there.
    pub fine: Option<Fine>,
    /// Whoever commits it is disqualified from driving.
    pub disqualifies: bool,
}

impl Penalty {
    /// Reads it; a text without a penalty says nothing at all.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (_, text) = text.split_once(':').unwrap_or(("", text));
        let mut penalty = Self {
            disqualifies: text.to_lowercase().contains("oblig disq"),
            ..Self::default()
        };
        for word in text.split_whitespace() {
            let (number, unit) = word.split_at(
                word.find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(word.len()),
            );
            match (number.parse::<u32>(), unit, word) {
                (Ok(count), "M", _) => {
                    penalty.imprisonment = Some(Period::of(count, Unit::Months));
                }
                (Ok(count), "Y", _) => {
                    penalty.imprisonment = Some(Period::of(count, Unit::Years));
                }
                (_, _, "Ultd") => penalty.fine = Some(Fine::Unlimited),
                (_, _, "L1" | "L2" | "L3" | "L4" | "L5") => {
                    penalty.fine = word[1..].parse().ok().map(Fine::Level);
                }
                _ => {}
            }
        }
        penalty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offence_data_is_read_as_it_is_written() {
        let drink = Penalty::read("S:6M &/or Ultd Fine Oblig disq LE 3-11pp");
        assert_eq!(drink.imprisonment, Some(Period::of(6, Unit::Months)));
        assert_eq!(drink.fine, Some(Fine::Unlimited));
        assert!(drink.disqualifies);
        let speed = Penalty::read("S:L3 LE 3-6pp");
        assert_eq!(
            (speed.imprisonment, speed.fine),
            (None, Some(Fine::Level(3)))
        );
        assert_eq!(Penalty::read("S: L5").fine, Some(Fine::Level(5)));
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        for text in ["", "S:", "Indictable only", "S: LE 3pp", "S:3pp"] {
            assert_eq!(Penalty::read(text), Penalty::default(), "{text}");
        }
    }
}
