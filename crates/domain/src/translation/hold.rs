//! What goes at once in English and what waits for its Welsh: data, delivery by delivery. An
//! order that somebody is held, tagged or kept safe by never waits for a translator.

use serde::{Deserialize, Serialize};
use vocabulary::{Day, DocumentKind};

/// What a row of the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hold {
    /// It goes at once, in English, with the words that the Welsh follows.
    AtOnce,
    /// It waits, and alarms the court after so many minutes.
    Until(u32),
}

/// A row of the table. What is empty speaks of everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// The subscription; `*` is all.
    pub subscription: String,
    /// The document; `*` is all.
    pub now: String,
    /// Notice, order, warrant or electronic notification.
    pub kind: Option<DocumentKind>,
    /// Only what is urgent, or only what is not.
    pub urgent: Option<bool>,
    /// Only what must be acknowledged, or only what need not be.
    pub acknowledged: Option<bool>,
    /// The first day of the hearings it speaks of.
    pub from: Day,
    /// What it says.
    pub then: Hold,
}

/// A delivery as the table asks about it.
#[derive(Debug, Clone, Copy)]
pub struct Going<'a> {
    /// The subscription.
    pub subscription: &'a str,
    /// The document.
    pub now: &'a str,
    /// Its kind.
    pub kind: DocumentKind,
    /// Whether somebody's custody or safety hangs on it.
    pub urgent: bool,
    /// Whether it must be acknowledged.
    pub acknowledged: bool,
}

/// What becomes of a delivery whose document lacks Welsh: what the first row says that speaks of
/// it. What no row speaks of goes at once: nothing is held back by a gap in a table.
#[must_use]
pub fn hold_for(rows: &[HoldRow], going: Going<'_>, day: Day) -> Hold {
    let named = |own: &str, other: &str| own == "*" || own == other;
    rows.iter()
        .find(|row| {
            row.from <= day
                && named(&row.subscription, going.subscription)
                && named(&row.now, going.now)
                && row.kind.is_none_or(|own| own == going.kind)
                && row.urgent.is_none_or(|own| own == going.urgent)
                && row.acknowledged.is_none_or(|own| own == going.acknowledged)
        })
        .map_or(Hold::AtOnce, |row| row.then)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(subscription: &str, urgent: Option<bool>, then: Hold) -> HoldRow {
        HoldRow {
            subscription: subscription.to_owned(),
            now: "*".to_owned(),
            kind: None,
            urgent,
            acknowledged: None,
            from: "2026-11-01".parse().unwrap(),
            then,
        }
    }

    fn going(subscription: &str, urgent: bool) -> Going<'_> {
        Going {
            subscription,
            now: "Community order",
            kind: DocumentKind::Order,
            urgent,
            acknowledged: false,
        }
    }

    #[test]
    fn the_first_row_that_speaks_of_a_delivery_decides() {
        let day: Day = "2026-11-27".parse().unwrap();
        let rows = [
            row("*", Some(true), Hold::AtOnce),
            row("Defendant", None, Hold::Until(2_880)),
        ];
        assert_eq!(hold_for(&rows, going("Defendant", true), day), Hold::AtOnce);
        assert_eq!(
            hold_for(&rows, going("Defendant", false), day),
            Hold::Until(2_880)
        );
    }

    #[test]
    fn what_no_row_speaks_of_goes_at_once() {
        let rows = [row("Defendant", None, Hold::Until(2_880))];
        let day: Day = "2026-11-27".parse().unwrap();
        assert_eq!(hold_for(&rows, going("Prison", false), day), Hold::AtOnce);
        // Nor is anything held by a row that is not in force yet.
        let before: Day = "2026-10-31".parse().unwrap();
        assert_eq!(
            hold_for(&rows, going("Defendant", false), before),
            Hold::AtOnce
        );
    }
}
