//! The Welsh that translators gave for values of the catalogue: asked for once, known from then
//! on. What was typed in a case is not among them.

use super::Word;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::Instant;

/// The one stream of these events; it is of no case, so that nothing forgets it.
pub const WORDS: Uuid = Uuid::from_u128(0x2b84_90d7_6c1f_4e58_a3d9_04be_71f2_5a36);

/// What happens to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WordsEvent {
    /// Somebody gave the Welsh of values. A later one for the same value takes its place.
    WordsGiven {
        /// Each with its Welsh.
        words: Vec<(Word, String)>,
        /// Who.
        by: String,
    },
}

/// The Welsh of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The Welsh.
    pub welsh: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// What is known now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Number of events so far.
    pub version: u64,
    /// By [`Word::key`].
    pub known: BTreeMap<String, Known>,
}

impl Words {
    /// Folds one event.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &WordsEvent, at: Instant) -> Self {
        let mut now = state.unwrap_or_default();
        now.version += 1;
        let WordsEvent::WordsGiven { words, by } = event;
        for (word, welsh) in words {
            let known = Known {
                welsh: welsh.clone(),
                by: by.clone(),
                at,
            };
            now.known.insert(word.key(), known);
        }
        now
    }

    /// The Welsh of a value.
    #[must_use]
    pub fn of(&self, word: &Word) -> Option<&str> {
        let known = self.known.get(&word.key());
        known.map(|known| known.welsh.as_str())
    }
}
