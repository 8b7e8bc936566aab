//! Somebody who types has the page beside it made anew at every keystroke: that
//! is one look, not hundreds. Known in this process only; after a restart, or on
//! another server, a look is recorded once more rather than once less.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use vocabulary::{AccountId, CaseId, Instant};

/// How long a look lasts, in seconds.
const LASTS: i64 = 60;
/// Looks that are remembered at most; then all are forgotten.
const MOST: usize = 10_000;

/// The looks that are recorded already.
#[derive(Debug, Default)]
pub struct Looks(Mutex<HashMap<(AccountId, CaseId), Instant>>);

impl Looks {
    /// Whether this person's look at this case is recorded already.
    pub(super) fn lasts(&self, account: AccountId, case: CaseId, now: Instant) -> bool {
        self.lock()
            .get(&(account, case))
            .is_some_and(|since| now < since.plus_seconds(LASTS))
    }

    /// A look was recorded.
    pub(super) fn recorded(&self, account: AccountId, case: CaseId, now: Instant) {
        let mut looks = self.lock();
        if looks.len() >= MOST {
            looks.clear();
        }
        looks.insert((account, case), now);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(AccountId, CaseId), Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_look_lasts_a_minute_for_one_person_and_one_case() {
        let looks = Looks::default();
        let (ada, ben) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let (case, other) = (CaseId(Uuid::from_u128(3)), CaseId(Uuid::from_u128(4)));
        let now = Instant::from_micros(0);
        assert!(!looks.lasts(ada, case, now));
        looks.recorded(ada, case, now);
        assert!(looks.lasts(ada, case, now.plus_seconds(59)));
        assert!(!looks.lasts(ada, case, now.plus_seconds(60)));
        assert!(!looks.lasts(ben, case, now));
        assert!(!looks.lasts(ada, other, now));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let looks = Looks::default();
        let now = Instant::from_micros(0);
        for number in 0..=MOST {
            let case = CaseId(Uuid::from_u128(number as u128));
            looks.recorded(AccountId(Uuid::nil()), case, now);
        }
        assert_eq!(looks.lock().len(), 1);
    }
}
