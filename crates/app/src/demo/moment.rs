//! The clock and chance of the demo court: every seeded thing happens at the
//! time that its story says, and its ids follow from that story, so that the
//! same day and the same seed always make the same court.

use crate::{App, ports::Chance};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;
use vocabulary::Instant;

/// The namespace of every id of the demo court.
pub(super) const DEMO: Uuid = Uuid::from_u128(0x5c3e_8f0b_6d71_4a2c_9e84_1b70_cf25_a6d9);

/// A moment of the story.
struct Told {
    at: Instant,
    story: Uuid,
    count: AtomicU64,
    /// Secrets are never told in advance.
    real: Arc<dyn Chance>,
}

impl Chance for Told {
    fn now(&self) -> Instant {
        self.at
    }

    fn id(&self) -> Uuid {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let random = Uuid::new_v5(&self.story, &count.to_be_bytes());
        // Ordered by time like every other id, but with told instead of random bits.
        let mut bits = [0; 10];
        bits.copy_from_slice(&random.as_bytes()[..10]);
        let millis = u64::try_from(self.at.micros() / 1_000).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        self.real.secret()
    }
}

/// The use cases as they run at a moment of the story; `name` tells the moment
/// apart from all others.
pub(super) fn told(app: &App, at: Instant, name: &str) -> App {
    App {
        chance: Arc::new(Told {
            at,
            story: Uuid::new_v5(&DEMO, name.as_bytes()),
            count: AtomicU64::new(0),
            real: Arc::clone(&app.chance),
        }),
        ..app.clone()
    }
}
