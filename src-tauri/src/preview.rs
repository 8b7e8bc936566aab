//! The live preview: the same view as the server's, set by the same crate, so
//! that what is seen is what will be issued. Kept in memory only, and not for long.

use contract::{Code, Problem, document::OrderView};
use serde::Serialize;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many are kept.
const KEPT: usize = 20;

/// A preview that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Preview {
    key: String,
}

/// The last previews' bytes.
#[derive(Default)]
pub(crate) struct Previews(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    made: u64,
    last: VecDeque<(String, Arc<Vec<u8>>)>,
}

impl Previews {
    /// The bytes of a preview, if it is still kept.
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Vec<u8>>> {
        self.lock()
            .last
            .iter()
            .find(|(kept, _)| kept == key)
            .map(|(_, bytes)| bytes.clone())
    }

    /// Forgets all: the next person must not see them.
    pub(crate) fn clear(&self) {
        self.lock().last.clear();
    }

    fn keep(&self, bytes: Vec<u8>) -> String {
        let mut kept = self.lock();
        kept.made += 1;
        let key = kept.made.to_string();
        kept.last.push_back((key.clone(), Arc::new(bytes)));
        if kept.last.len() > KEPT {
            kept.last.pop_front();
        }
        key
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets a view, on a thread where it holds up nothing.
pub(crate) async fn make(previews: &Previews, view: Box<OrderView>) -> Result<Preview, Problem> {
    let making = tokio::task::spawn_blocking(move || {
        documents::render(&view).map_err(|error| error.to_string())
    });
    match making.await.unwrap_or_else(|error| Err(error.to_string())) {
        Ok(bytes) => Ok(Preview {
            key: previews.keep(bytes),
        }),
        Err(reason) => {
            tracing::error!(reason, "a preview could not be made");
            Err(Problem::new(
                Code::Fault,
                "The preview could not be made.",
                "Go on without it; tell your organisation's support.",
            )
            .because("Nothing you entered is lost."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_twenty_previews_are_kept() {
        let previews = Previews::default();
        let keys: Vec<String> = (0..=20).map(|number| previews.keep(vec![number])).collect();
        assert_eq!(previews.get(&keys[0]), None);
        assert_eq!(previews.get(&keys[1]).unwrap().as_slice(), [1]);
        assert_eq!(previews.get(&keys[20]).unwrap().as_slice(), [20]);
        previews.clear();
        assert_eq!(previews.get(&keys[20]), None);
    }
}
