//! The court would say no.

use std::borrow::Cow;

/// A refusal: a closed code, a sentence, and the next step. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Closed code, for instance `already_represented`.
    pub code: &'static str,
    /// What is not possible, one sentence.
    pub message: Cow<'static, str>,
    /// What to do instead.
    pub hint: Cow<'static, str>,
    /// What else stands against it, each in one sentence.
    pub also: Vec<String>,
}

impl Refusal {
    /// A refusal in words.
    pub fn new(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            hint: hint.into(),
            also: Vec::new(),
        }
    }

    /// The same, with what else stands against it; nothing is said twice.
    #[must_use]
    pub fn with(mut self, also: impl IntoIterator<Item = String>) -> Self {
        for one in also {
            if one != self.message && !self.also.contains(&one) {
                self.also.push(one);
            }
        }
        self
    }

    /// All that stands against it, in one text.
    #[must_use]
    pub fn in_full(&self) -> String {
        let all = std::iter::once(&*self.message).chain(self.also.iter().map(String::as_str));
        all.collect::<Vec<_>>().join(" ")
    }
}
