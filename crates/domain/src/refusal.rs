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
        }
    }
}
