//! What was counted and is not kept yet: a line and how often, in memory for the moment until
//! it is written down. What cannot be written comes back here and is added to what came
//! meanwhile.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::atomic::{AtomicBool, Ordering},
};
use vocabulary::Instant;

/// When first, when last, how often.
pub(super) type Counted = (Instant, Instant, u64);

/// Lines on their way.
#[derive(Debug)]
pub(super) struct Waiting<L>(HashMap<L, Counted>);

impl<L> Default for Waiting<L> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<L: Eq + Hash> Waiting<L> {
    pub(super) fn add(&mut self, line: L, now: Instant) {
        self.more(line, (now, now, 1));
    }

    fn more(&mut self, line: L, (first, last, times): Counted) {
        let own = self.0.entry(line).or_insert((first, last, 0));
        own.0 = own.0.min(first);
        own.1 = own.1.max(last);
        own.2 += times;
    }

    pub(super) fn take(&mut self) -> Vec<(L, Counted)> {
        std::mem::take(&mut self.0).into_iter().collect()
    }

    pub(super) fn back(&mut self, lines: Vec<(L, Counted)>) {
        for (line, counted) in lines {
            self.more(line, counted);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One after the other.
pub(super) type Turn = futures::lock::Mutex<()>;

/// Whether what was counted could not be kept the last time.
#[derive(Debug, Default)]
pub(super) struct Stuck(AtomicBool);

impl Stuck {
    pub(super) fn is(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, stuck: bool) {
        self.0.store(stuck, Ordering::Relaxed);
    }
}
