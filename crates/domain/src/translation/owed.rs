//! What a document still lacks in Welsh, and the text into which it goes. The text is kept with
//! the document as it was shared, so that the copy in both languages is made from the same
//! results, whatever has happened since.

use super::Word;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vocabulary::{DocumentId, Instant};

use crate::document::Taken;

/// Between these a hole in a text says which value goes there. Nobody can type them: they are of
/// a range that has no characters.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// The hole for the value at this place.
#[must_use]
pub fn hole(place: usize) -> String {
    format!("{OPEN}{place}{CLOSE}")
}

/// A value without Welsh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What.
    pub word: Word,
    /// What it might be, from a source that is not certain; a translator decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<String>,
    /// What a translator gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
}

/// The Welsh that a document owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// The values, each at its place.
    pub missing: Vec<Missing>,
    /// The Welsh text with holes: the contract's `WelshText` with the name of the court, as JSON.
    pub draft: Value,
    /// Who sees to it.
    #[serde(default)]
    pub taken: Option<Taken>,
    /// The copy in both languages, once it was asked for, and when.
    #[serde(default)]
    pub followed: Option<(DocumentId, Instant)>,
}

impl Owed {
    /// What is asked for.
    #[must_use]
    pub const fn new(missing: Vec<Missing>, draft: Value) -> Self {
        Self {
            missing,
            draft,
            taken: None,
            followed: None,
        }
    }

    /// How many values are still without Welsh.
    #[must_use]
    pub fn left(&self) -> usize {
        self.missing
            .iter()
            .filter(|own| own.given.is_none())
            .count()
    }
}

/// A text with what was given in its holes.
#[must_use]
pub fn filled(draft: &Value, missing: &[Missing]) -> Value {
    match draft {
        Value::String(text) => Value::String(without_holes(text, missing)),
        Value::Array(all) => all.iter().map(|own| filled(own, missing)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, own)| (name.clone(), filled(own, missing)))
            .collect(),
        other => other.clone(),
    }
}

fn without_holes(text: &str, missing: &[Missing]) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        whole.push_str(before);
        let Some((place, after)) = after.split_once(CLOSE) else {
            rest = after;
            continue;
        };
        let own = place.parse::<usize>().ok().and_then(|at| missing.get(at));
        if let Some(own) = own {
            // What is not given yet is shown by its English, for whoever reads the draft.
            match &own.given {
                Some(given) => whole.push_str(given),
                None => {
                    whole.push('[');
                    whole.push_str(&own.word.english);
                    whole.push(']');
                }
            }
        }
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::Kind;

    fn missing(english: &str, given: Option<&str>) -> Missing {
        Missing {
            word: Word::new(Kind::Court, english),
            suggested: None,
            given: given.map(str::to_owned),
        }
    }

    #[test]
    fn what_is_given_goes_into_its_hole_wherever_it_stands() {
        let draft = serde_json::json!({
            "title": "Gorchymyn",
            "plain": [{ "text": format!("Gwnaeth {} a {}.", hole(1), hole(0)) }],
            "unchecked": false,
        });
        let all = [missing("A", Some("Yr A")), missing("B", Some("Y B"))];
        let whole = filled(&draft, &all);
        assert_eq!(whole["plain"][0]["text"], "Gwnaeth Y B a Yr A.");
        assert_eq!(whole["title"], "Gorchymyn");
        assert_eq!(whole["unchecked"], false);
    }

    #[test]
    fn what_is_not_given_yet_is_shown_by_its_english_and_nothing_else_is_lost() {
        let draft = Value::String(format!("Ar {} yn {}", hole(0), hole(7)));
        let one = [missing("Monday", None)];
        assert_eq!(filled(&draft, &one), "Ar [Monday] yn ");
        let torn = Value::String(format!("a{OPEN}b"));
        assert_eq!(filled(&torn, &one), "ab");
    }

    #[test]
    fn a_translator_cannot_make_a_hole() {
        // Given text goes in once and is not read again.
        let draft = Value::String(hole(0));
        let all = [missing("A", Some(&hole(0)))];
        assert_eq!(filled(&draft, &all), hole(0).as_str());
    }
}
