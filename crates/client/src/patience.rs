//! How often, and how fast, something is tried again. Numbers only.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

/// How long to go on when the connection is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often a command is sent at most, always under the same command id.
    pub tries: u32,
    /// The first wait; each later one is twice as long.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// How long an answer may take.
    pub answer: Duration,
    /// How long a stream may be silent before it counts as lost. The server
    /// sends a sign of life at least every 15 seconds.
    pub silence: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 5,
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(5),
            answer: Duration::from_secs(60),
            silence: Duration::from_secs(45),
        }
    }
}

impl Patience {
    /// The wait before try number `tried + 1`.
    ///
    /// Up to a quarter more at random: when a server comes back, a thousand
    /// windows must not knock in the same moment.
    pub(crate) fn wait(&self, tried: u32) -> Duration {
        let doubled = self
            .first_wait
            .saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1).min(16)));
        let wait = doubled.min(self.longest_wait);
        let chance = RandomState::new().build_hasher().finish() % 256;
        wait + wait.mul_f64(0.25 * chance as f64 / 256.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let patience = Patience::default();
        let within = |tried, low: u64, high: u64| {
            let wait = patience.wait(tried);
            assert!(wait >= Duration::from_millis(low), "{wait:?}");
            assert!(wait <= Duration::from_millis(high), "{wait:?}");
        };
        within(1, 200, 250);
        within(2, 400, 500);
        within(3, 800, 1_000);
        within(40, 5_000, 6_250);
    }
}
