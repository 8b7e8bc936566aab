//! The reasons that people gave for opening sensitive cases, as long as they count.
//! Each is in the ledger; here is only what still opens a case. Known in this process
//! alone: after a restart, or on another server, a reason is asked for once more
//! rather than once less.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};
use vocabulary::{AccountId, CaseId, Instant};

/// For how long a reason counts, in seconds: a morning in court.
pub(super) const LASTS: i64 = 4 * 60 * 60;
/// Reasons that are remembered at most; then those that no longer count are forgotten,
/// and if all of them do, all.
const MOST: usize = 10_000;

/// Which cases are open to whom for a reason.
#[derive(Debug, Default)]
pub struct Reasons(RwLock<HashMap<AccountId, Vec<(CaseId, Instant)>>>);

impl Reasons {
    /// The cases that somebody opened for a reason that counts at this moment.
    #[must_use]
    pub fn given_by(&self, account: AccountId, now: Instant) -> Vec<CaseId> {
        let reasons = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let own = reasons.get(&account).into_iter().flatten();
        own.filter(|(_, until)| now < *until)
            .map(|(case, _)| *case)
            .collect()
    }

    /// Somebody gave a reason, and it is in the record.
    pub(super) fn given(&self, account: AccountId, case: CaseId, now: Instant) -> Instant {
        let until = now.plus_seconds(LASTS);
        let mut reasons = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if reasons.values().map(Vec::len).sum::<usize>() >= MOST {
            for own in reasons.values_mut() {
                own.retain(|(_, until)| now < *until);
            }
            reasons.retain(|_, own| !own.is_empty());
            if reasons.values().map(Vec::len).sum::<usize>() >= MOST {
                reasons.clear();
            }
        }
        let own = reasons.entry(account).or_default();
        own.retain(|(other, _)| *other != case);
        own.push((case, until));
        until
    }

    /// What was opened for a reason is closed again: it was reviewed and found wrong.
    pub(super) fn end(&self, account: AccountId, case: CaseId) {
        let mut reasons = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = reasons.get_mut(&account) {
            own.retain(|(other, _)| *other != case);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_reason_counts_four_hours_for_one_person_and_one_case_unless_it_is_ended() {
        let reasons = Reasons::default();
        let (ada, ben) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let case = CaseId(Uuid::from_u128(3));
        let now = Instant::from_micros(0);
        reasons.given(ada, case, now);
        assert_eq!(reasons.given_by(ada, now.plus_seconds(LASTS - 1)), [case]);
        assert!(reasons.given_by(ada, now.plus_seconds(LASTS)).is_empty());
        assert!(reasons.given_by(ben, now).is_empty());
        reasons.end(ada, case);
        assert!(reasons.given_by(ada, now).is_empty());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let reasons = Reasons::default();
        let now = Instant::from_micros(0);
        for number in 0..=MOST {
            let case = CaseId(Uuid::from_u128(number as u128));
            reasons.given(AccountId(Uuid::nil()), case, now);
        }
        assert_eq!(reasons.given_by(AccountId(Uuid::nil()), now).len(), 1);
    }
}
