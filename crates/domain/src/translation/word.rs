//! One English value that a document prints, as a translator meets it.

use serde::{Deserialize, Serialize};

/// What kind of value it is: by that people know what to do with it, and whether its Welsh is
/// known from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The name of a court.
    Court,
    /// The label of a result.
    Label,
    /// What a result asks.
    Question,
    /// A word of a list, a period, a room: whatever else the catalogue or the court gives.
    Choice,
    /// The title of an offence.
    Offence,
    /// A sentence or a title of a text of ours that has no Welsh.
    Text,
    /// A Welsh text of ours that no qualified translator has read.
    Check,
    /// What somebody typed in court, or a sentence that names people or things of the case.
    Free,
}

impl Kind {
    /// The word as kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Court => "court",
            Self::Label => "label",
            Self::Question => "question",
            Self::Choice => "choice",
            Self::Offence => "offence",
            Self::Text => "text",
            Self::Check => "check",
            Self::Free => "free",
        }
    }

    /// As people read it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Court => "name of a court",
            Self::Label => "label of a result",
            Self::Question => "question of a result",
            Self::Choice => "chosen word",
            Self::Offence => "title of an offence",
            Self::Text => "sentence of the document",
            Self::Check => "Welsh text to be checked",
            Self::Free => "words of this case",
        }
    }

    /// Whether its Welsh is the same wherever it stands, so that it is asked for once. What was
    /// typed in one case is of that case, and may name people: it is never kept elsewhere.
    #[must_use]
    pub const fn is_remembered(self) -> bool {
        !matches!(self, Self::Free)
    }
}

/// A value without Welsh.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Word {
    /// What kind of value.
    pub kind: Kind,
    /// The question or result under which it stands, where its Welsh may depend on that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The English.
    pub english: String,
}

impl Word {
    /// A value that means the same wherever it stands.
    pub fn new(kind: Kind, english: impl Into<String>) -> Self {
        Self::about(kind, "", english)
    }

    /// A value under a question.
    pub fn about(kind: Kind, about: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            kind,
            about: about.into(),
            english: english.into(),
        }
    }

    /// The key under which its Welsh is kept.
    #[must_use]
    pub fn key(&self) -> String {
        format!(
            "{}\u{1f}{}\u{1f}{}",
            self.kind.as_str(),
            self.about,
            self.english
        )
    }
}
