//! States that were opened or made a moment ago, by stream. Whoever finds the
//! same version with the same hash in the record need not unseal and read its
//! snapshot again: what the record says is asked every time, what it means is
//! remembered. Two generations, so that what is asked for stays.

use super::state::State;
use domain::Stream;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// States of one generation.
const MOST: usize = 256;

struct Known {
    version: u64,
    hash: String,
    state: State,
}

/// The states. Nothing here says that a key still exists: whoever asks must know.
#[derive(Default)]
pub(crate) struct Recent {
    generations: Mutex<[HashMap<Stream, Known>; 2]>,
}

impl Recent {
    /// The state of a stream at this version, if it is remembered.
    pub(crate) fn get(&self, stream: Stream, version: u64, hash: &str) -> Option<State> {
        let generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = generations
            .iter()
            .find_map(|generation| generation.get(&stream))?;
        (known.version == version && known.hash == hash).then(|| known.state.clone())
    }

    /// Remembers nothing any more: a key was destroyed.
    pub(crate) fn clear(&self) {
        *self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Default::default();
    }

    /// Remembers a state.
    pub(crate) fn put(&self, stream: Stream, version: u64, hash: String, state: State) {
        let mut generations = self
            .generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let [young, old] = &mut *generations;
        if young.len() >= MOST {
            *old = std::mem::take(young);
        }
        let known = Known {
            version,
            hash,
            state,
        };
        young.insert(stream, known);
    }
}
