//! How long a defendant was held, from what the hearings ordered: what a custody time
//! limit is counted from. A time begins on the day on which a court first ordered it;
//! arrest and police custody before that do not count.

use super::{DefendantState, OffenceState};
use crate::result::{CheckRule, Held, SetLimit, read_day};
use vocabulary::{BailStatus, Day};

/// Whether a defendant of this status is held (the codes C, L, S and P).
#[must_use]
pub const fn in_custody(status: BailStatus) -> bool {
    matches!(
        status,
        BailStatus::Custody
            | BailStatus::LocalAuthority
            | BailStatus::Secure
            | BailStatus::PreRelease
    )
}

impl DefendantState {
    /// The times in custody that hearings before a day ordered, in order; the last one
    /// lasts if nothing ended it.
    #[must_use]
    pub fn held_before(&self, day: Day) -> Vec<Held> {
        let mut set: Vec<_> = self.bail_set.iter().filter(|set| set.day < day).collect();
        set.sort_by_key(|set| set.day);
        let mut held: Vec<Held> = Vec::new();
        for set in set {
            let lasting = held.last_mut().filter(|last| last.to.is_none());
            match (lasting, in_custody(set.status)) {
                (Some(last), false) => last.to = Some(set.day),
                (None, true) => held.push(Held {
                    from: set.day,
                    to: None,
                }),
                _ => {}
            }
        }
        held
    }
}

impl OffenceState {
    /// The day of the first result before a day that a rule names.
    #[must_use]
    pub fn resulted_before(&self, day: Day, side: &[String]) -> Option<Day> {
        let named = self.results.iter().filter(|(on, result)| {
            *on < day && CheckRule::names(side, &result.code, &result.groups)
        });
        named.map(|(on, _)| *on).min()
    }

    /// The custody time limit that the last hearing before a day set in answer to this
    /// question, and when.
    #[must_use]
    pub fn limit_set_before(&self, day: Day, reference: &str) -> Option<SetLimit> {
        let mut before = self.results.iter().rev().filter(|(on, _)| *on < day);
        before.find_map(|(on, result)| {
            Some(SetLimit {
                on: *on,
                expires: read_day(result.answers.get(reference)?)?,
            })
        })
    }
}
