//! An account that nobody signs in with: warned, warned again, suspended; never deleted. Nobody
//! is suspended who was not warned the last time, however long a server stood still: the last
//! warning and the suspension are at least as far apart as the limits say.

use super::Account;
use vocabulary::{Day, Instant};

/// The limits of a day, in days without a signing in.
#[derive(Debug, Clone, Copy)]
pub struct IdleLimits<'a> {
    /// When the person is warned, in order.
    pub warn_after: &'a [i64],
    /// When the account is suspended.
    pub suspend_after: i64,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A warning.
    Warn {
        /// After how many days without a signing in.
        days: i64,
        /// The day on which it is suspended.
        suspended_on: Day,
    },
    /// The suspension.
    Suspend,
}

/// What is due today for an account that was last used then. Days are counted as people count
/// them, by the calendar.
#[must_use]
pub fn due(account: &Account, used: Instant, today: Day, limits: IdleLimits<'_>) -> Option<Due> {
    if !account.active {
        return None;
    }
    let last = *limits.warn_after.last()?;
    let idle = used.day().days_until(today);
    // A warning before the last use was of another time.
    let warned = account.life.warned.filter(|warned| warned.at >= used);
    let grace = limits.suspend_after - last;
    let warned_last = warned.filter(|warned| warned.days >= last);
    if idle >= limits.suspend_after
        && warned_last.is_some_and(|warned| warned.at.day().plus_days(grace) <= today)
    {
        return Some(Due::Suspend);
    }
    let days = limits.warn_after.iter().rev().find(|days| **days <= idle)?;
    if warned.is_some_and(|warned| warned.days >= *days) {
        return None;
    }
    // As planned, or later, if this warning comes too late for that.
    let planned = used.day().plus_days(limits.suspend_after);
    Some(Due::Warn {
        days: *days,
        suspended_on: planned.max(today.plus_days(grace)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Life, Warned};

    const LIMITS: IdleLimits<'static> = IdleLimits {
        warn_after: &[60, 75, 85],
        suspend_after: 90,
    };

    fn date(days: i64) -> Day {
        let first: Day = "2026-01-05".parse().unwrap();
        first.plus_days(days)
    }

    fn day(days: i64) -> Instant {
        date(days).at(9, 30)
    }

    fn account(warned: Option<(i64, i64)>) -> Account {
        Account {
            id: vocabulary::AccountId(uuid::Uuid::nil()),
            email: "gita@firm.example.test".to_owned(),
            name: "Gita Rowe".to_owned(),
            role: "Solicitor".to_owned(),
            organisation: vocabulary::OrganisationId(uuid::Uuid::nil()),
            groups: Vec::new(),
            active: true,
            life: Life {
                warned: warned.map(|(days, at)| Warned { days, at: day(at) }),
                ..Life::default()
            },
        }
    }

    fn on(now: i64, warned: Option<(i64, i64)>) -> Option<Due> {
        due(&account(warned), day(0), date(now), LIMITS)
    }

    #[test]
    fn warnings_come_each_on_its_day_and_once() {
        assert_eq!(on(59, None), None);
        let Some(Due::Warn {
            days: 60,
            suspended_on,
        }) = on(60, None)
        else {
            panic!("a warning");
        };
        assert_eq!(suspended_on, date(90));
        assert_eq!(on(61, Some((60, 60))), None);
        assert!(matches!(
            on(75, Some((60, 60))),
            Some(Due::Warn { days: 75, .. })
        ));
        assert!(matches!(
            on(85, Some((75, 75))),
            Some(Due::Warn { days: 85, .. })
        ));
        assert_eq!(on(89, Some((85, 85))), None);
        assert_eq!(on(90, Some((85, 85))), Some(Due::Suspend));
    }

    #[test]
    fn nobody_is_suspended_who_was_not_warned_in_time() {
        // The server stood still from the 50th to the 100th day.
        let Some(Due::Warn {
            days: 85,
            suspended_on,
        }) = on(100, None)
        else {
            panic!("a warning first");
        };
        assert_eq!(suspended_on, date(105));
        assert_eq!(on(104, Some((85, 100))), None);
        assert_eq!(on(105, Some((85, 100))), Some(Due::Suspend));
    }

    #[test]
    fn a_warning_of_an_earlier_time_counts_for_nothing() {
        let account = account(Some((85, 5)));
        let came_back = day(6);
        assert_eq!(due(&account, came_back, date(6 + 59), LIMITS), None);
        assert!(matches!(
            due(&account, came_back, date(6 + 90), LIMITS),
            Some(Due::Warn { days: 85, .. })
        ));
    }

    #[test]
    fn an_account_that_is_not_active_is_left_alone() {
        let mut account = account(Some((85, 85)));
        account.active = false;
        assert_eq!(due(&account, day(0), date(400), LIMITS), None);
    }
}
