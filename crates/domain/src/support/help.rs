//! A request for help, with what the screen was when it was asked. What the screen said about
//! people goes with it only if whoever asks ticked that: here it is dropped otherwise, whatever
//! an application sends.

use crate::{Refusal, words};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, HelpRequestId, Instant, OrganisationId};

/// A request for help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRequest {
    /// Request.
    pub id: HelpRequestId,
    /// What was asked.
    pub question: String,
    /// Where.
    pub context: Context,
    /// Who asks.
    pub account: AccountId,
    /// Their organisation.
    pub organisation: OrganisationId,
    /// When.
    pub at: Instant,
}

/// Where somebody was when they asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The screen.
    pub screen: String,
    /// A reference: of a case, a document, a fault.
    pub reference: Option<String>,
    /// The version of the application.
    pub version: String,
    /// What the screen was headed, which may name people; only if that was ticked.
    pub shown: Option<String>,
}

impl Context {
    /// The same without what was not ticked, and bounded.
    #[must_use]
    pub fn bounded(self, with_people: bool) -> Self {
        let cut = |text: &str, most| words::words(text).chars().take(most).collect();
        let some = |text: Option<String>, most| {
            let text: String = cut(&text.unwrap_or_default(), most);
            (!text.is_empty()).then_some(text)
        };
        Self {
            screen: cut(&self.screen, 60),
            reference: some(self.reference, 60),
            version: cut(&self.version, 40),
            shown: some(self.shown, 200).filter(|_| with_people),
        }
    }
}

/// A question, or an answer, in words.
///
/// # Errors
/// If it says nothing, or too much.
pub fn said(text: &str) -> Result<String, Refusal> {
    let text = words::said(text);
    let length = text.chars().count();
    if !(3..=4_000).contains(&length) {
        return Err(Refusal::new(
            "no_words",
            "Write what it is about, in 3 to 4,000 characters.",
            "One or two sentences are often enough.",
        ));
    }
    Ok(text)
}

impl HelpRequest {
    /// The same if it can be asked.
    ///
    /// # Errors
    /// As [`said`].
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.question = said(&self.question)?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_people_is_dropped_unless_it_was_ticked() {
        let context = || Context {
            screen: "cases".to_owned(),
            reference: Some(" 29GD7410126 ".to_owned()),
            version: "0.1.0".to_owned(),
            shown: Some("R v Marrowby".to_owned()),
        };
        let without = context().bounded(false);
        assert_eq!(without.shown, None);
        assert_eq!(without.reference.as_deref(), Some("29GD7410126"));
        assert_eq!(
            context().bounded(true).shown.as_deref(),
            Some("R v Marrowby")
        );
        let long = Context {
            screen: "x".repeat(900),
            reference: Some("\n".to_owned()),
            ..context()
        };
        let bounded = long.bounded(true);
        assert_eq!((bounded.screen.len(), bounded.reference), (60, None));
    }

    #[test]
    fn a_question_says_something() {
        assert!(said("Why is the list empty?").is_ok());
        assert!(said("  ?").is_err());
        assert!(said(&"x".repeat(4_001)).is_err());
    }
}
