//! Whether the jobs still come round: a server that answers requests but makes
//! no document any more is not ready.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How long a round may take.
const LONGEST: Duration = Duration::from_secs(60);

/// The pulse of the jobs.
#[derive(Debug)]
pub(crate) struct Pulse {
    begun: Instant,
    last: AtomicU64,
    ended: AtomicBool,
}

/// Says that the jobs have ended when it is dropped, however they end.
pub(crate) struct Life(Arc<Pulse>);

impl Drop for Life {
    fn drop(&mut self) {
        self.0.ended.store(true, Ordering::Relaxed);
    }
}

impl Pulse {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            begun: Instant::now(),
            last: AtomicU64::new(0),
            ended: AtomicBool::new(false),
        })
    }

    /// The jobs begin.
    pub(crate) fn life(self: &Arc<Self>) -> Life {
        self.beat();
        self.ended.store(false, Ordering::Relaxed);
        Life(Arc::clone(self))
    }

    /// A round is done.
    pub(crate) fn beat(&self) {
        self.last.store(self.millis(), Ordering::Relaxed);
    }

    /// What is wrong with the jobs, if anything.
    pub(crate) fn complaint(&self) -> Option<&'static str> {
        self.complaint_at(self.millis())
    }

    fn complaint_at(&self, millis: u64) -> Option<&'static str> {
        if self.ended.load(Ordering::Relaxed) {
            return Some("the jobs have ended");
        }
        let since = millis.saturating_sub(self.last.load(Ordering::Relaxed));
        (Duration::from_millis(since) > LONGEST).then_some("the jobs do not come round")
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_that_come_round_are_no_reason_for_complaint() {
        let pulse = Pulse::new();
        let _life = pulse.life();
        assert_eq!(pulse.complaint(), None);
        assert_eq!(pulse.complaint_at(60_000), None);
    }

    #[test]
    fn jobs_that_hang_are_told() {
        let pulse = Pulse::new();
        let _life = pulse.life();
        let late = pulse.millis() + 60_001;
        assert_eq!(pulse.complaint_at(late), Some("the jobs do not come round"));
    }

    #[tokio::test]
    async fn jobs_that_ended_are_told_even_if_they_panicked() {
        let pulse = Pulse::new();
        let life = pulse.life();
        let jobs = tokio::spawn(async move {
            let _life = life;
            panic!("the jobs break");
        });
        assert!(jobs.await.is_err());
        assert_eq!(pulse.complaint(), Some("the jobs have ended"));
    }
}
