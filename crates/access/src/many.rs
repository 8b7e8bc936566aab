//! One action asked of many things: a list of papers, say. Things that stand alike get
//! one decision, and how one stands is worked out once for all that have the same key.

use crate::{Access, Action, Facts, Who};
use std::hash::Hash;

/// Decides for many things that a person may do the same to.
pub struct Many<'a, K> {
    access: &'a Access,
    who: Who<'a>,
    action: Action,
    decided: hashbrown::HashMap<K, bool>,
}

impl Access {
    /// Begins to decide on many things. `K` is whatever the facts follow from: for
    /// papers of one case, the section and whose they are.
    #[must_use]
    pub fn many<'a, K: Eq + Hash>(&'a self, who: Who<'a>, action: Action) -> Many<'a, K> {
        Many {
            access: self,
            who,
            action,
            decided: hashbrown::HashMap::new(),
        }
    }
}

impl<K: Eq + Hash> Many<'_, K> {
    /// Whether they may, for a thing with this key; `facts` are asked for once a key.
    pub fn allows(&mut self, key: K, facts: impl FnOnce() -> Facts) -> bool {
        let (access, who, action) = (self.access, self.who, self.action);
        *self
            .decided
            .entry(key)
            .or_insert_with(|| access.decide(who, action, &facts()).allowed)
    }
}
