//! Documents that could not be made or delivered, and when each is tried again.
//! One that cannot be must not hold up those behind it, nor be tried without end
//! at every turn. Kept in the process only: after a restart each is tried at once.

use crate::Error;
use futures::FutureExt;
use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe};
use vocabulary::{DocumentId, Instant};

/// The first wait, in seconds; each further one is twice as long.
const FIRST: i64 = 1;
/// The longest wait, in seconds.
const LONGEST: i64 = 60;

/// What did not work lately.
#[derive(Debug, Default)]
pub struct Setbacks(HashMap<DocumentId, Setback>);

#[derive(Debug)]
struct Setback {
    wait: i64,
    until: Instant,
}

impl Setbacks {
    /// How many more must be looked at, so that these do not fill the list.
    pub(super) fn count(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX / 2)
    }

    /// Those of a list whose time has come. What is not on the list any more is forgotten.
    pub(super) fn due(&mut self, listed: Vec<DocumentId>, now: Instant) -> Vec<DocumentId> {
        self.0.retain(|id, _| listed.contains(id));
        let waits = |id: &DocumentId| self.0.get(id).is_some_and(|one| one.until > now);
        listed.into_iter().filter(|id| !waits(id)).collect()
    }

    /// Notes what came of the work on one document, and says it if it came to something.
    /// What went wrong, be it a panic, is logged with the document's id.
    pub(super) fn note<T>(
        &mut self,
        id: DocumentId,
        now: Instant,
        outcome: Result<T, String>,
    ) -> Option<T> {
        let error = match outcome {
            Ok(done) => {
                self.0.remove(&id);
                return Some(done);
            }
            Err(error) => error,
        };
        let wait = self
            .0
            .get(&id)
            .map_or(FIRST, |one| (one.wait * 2).min(LONGEST));
        tracing::error!(document = %id, error, wait, "a document could not be worked on");
        let until = now.plus_seconds(wait);
        self.0.insert(id, Setback { wait, until });
        None
    }
}

/// Does the work on one document; a panic is an error of it alone.
pub(super) async fn contained<T>(
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, String> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("panicked".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> DocumentId {
        DocumentId(uuid::Uuid::from_u128(n))
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    fn fails(setbacks: &mut Setbacks, id: DocumentId, now: Instant) {
        let work = async { Err::<(), _>(Error::Broken("no ink".to_owned())) };
        let outcome = futures::executor::block_on(contained(work));
        assert!(setbacks.note(id, now, outcome).is_none(), "it failed");
    }

    #[test]
    fn what_failed_waits_twice_as_long_each_time_and_no_longer_than_a_minute() {
        let mut setbacks = Setbacks::default();
        let mut now = at(0);
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            fails(&mut setbacks, id(1), now);
            assert!(
                setbacks
                    .due(vec![id(1)], now.plus_seconds(wait - 1))
                    .is_empty()
            );
            now = now.plus_seconds(wait);
            assert_eq!(setbacks.due(vec![id(1)], now), [id(1)]);
        }
    }

    #[test]
    fn what_failed_holds_up_nothing_behind_it() {
        let mut setbacks = Setbacks::default();
        fails(&mut setbacks, id(1), at(0));
        assert_eq!(setbacks.count(), 1);
        assert_eq!(setbacks.due(vec![id(1), id(2)], at(0)), [id(2)]);
    }

    #[test]
    fn a_panic_is_a_setback_and_what_works_is_none() {
        let mut setbacks = Setbacks::default();
        let panics = async {
            assert!(id(1) == id(2), "a rule of the printer is broken");
            Ok(())
        };
        let outcome = futures::executor::block_on(contained(panics));
        assert!(setbacks.note(id(1), at(0), outcome).is_none());
        assert_eq!(setbacks.count(), 1);
        let works = async { Ok::<_, Error>(7) };
        let outcome = futures::executor::block_on(contained(works));
        let done = setbacks.note(id(1), at(1), outcome);
        assert_eq!((done, setbacks.count()), (Some(7), 0));
    }
}
