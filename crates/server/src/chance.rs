//! The system's clock and randomness.

use app::ports::Chance;
use jiff::Timestamp;
use uuid::Uuid;
use vocabulary::{Day, Instant};

/// The real clock, or one that starts at nine o'clock of a given day and then
/// runs: a demo court of a fixed day.
#[derive(Debug, Clone, Copy)]
pub struct SystemChance {
    ahead_micros: i64,
}

impl SystemChance {
    /// The clock of a server.
    #[must_use]
    pub fn starting_on(today: Option<Day>) -> Self {
        let ahead_micros = today.map_or(0, |day| {
            day.at(9, 0).micros() - Timestamp::now().as_microsecond()
        });
        Self { ahead_micros }
    }
}

impl Chance for SystemChance {
    fn now(&self) -> Instant {
        Instant::from_micros(Timestamp::now().as_microsecond() + self.ahead_micros)
    }

    fn outside(&self) -> Instant {
        Instant::from_micros(Timestamp::now().as_microsecond())
    }

    fn id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // A server without randomness cannot issue secrets: it must not go on.
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "the system gives no randomness");
            std::process::abort();
        }
        bytes
    }
}
