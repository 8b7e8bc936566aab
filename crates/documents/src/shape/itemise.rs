//! Cuts text into runs of one face, one script and one direction.

use crate::fonts::{Face, Weight, draws, face_for};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript};

/// A piece of text to be shaped at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) range: Range<usize>,
    pub(crate) face: Face,
    pub(crate) script: Script,
    /// The embedding level: odd runs from right to left.
    pub(crate) level: u8,
}

/// Cuts `text` into items. A line feed belongs to none.
pub(crate) fn itemise(text: &str, weight: Weight) -> Vec<Item> {
    let levels = levels(text);
    let mut items: Vec<Item> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            open = false;
            continue;
        }
        let level = levels.as_ref().map_or(0, |levels| levels[at].number());
        let last = items.last_mut().filter(|_| open);
        let script = c.script();
        let shared = matches!(script, Script::Common | Script::Inherited | Script::Unknown);
        // Spaces, digits and marks go with what precedes them where its face has them.
        if let Some(last) = last.filter(|last| last.level == level) {
            let fits = if shared {
                draws(last.face, c) || is_joiner(c)
            } else {
                (last.script == script || is_shared(last.script))
                    && face_for(c, weight) == Some(last.face)
            };
            if fits {
                last.range.end = at + c.len_utf8();
                if is_shared(last.script) {
                    last.script = script;
                }
                continue;
            }
        }
        items.push(Item {
            range: at..at + c.len_utf8(),
            face: face_for(c, weight).unwrap_or(match weight {
                Weight::Regular => Face::Regular,
                Weight::Bold => Face::Bold,
            }),
            script,
            level,
        });
        open = true;
    }
    items
}

fn is_shared(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Joiners shape the letters beside them and are drawn by no face.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// The level of every byte, or `None` if all of it runs from left to right.
fn levels(text: &str) -> Option<Vec<Level>> {
    if text.chars().all(|c| u32::from(c) < 0x0590) {
        return None;
    }
    let bidi = BidiInfo::new(text, Some(Level::ltr()));
    bidi.has_rtl().then_some(bidi.levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arabic_name_in_an_english_sentence_is_a_run_of_its_own() {
        let items = itemise("Order against محمد علی today", Weight::Regular);
        let faces: Vec<_> = items.iter().map(|i| (i.face, i.level)).collect();
        assert_eq!(
            faces,
            [(Face::Regular, 0), (Face::Arabic, 1), (Face::Regular, 0)]
        );
    }

    #[test]
    fn a_mark_that_the_face_of_its_letter_lacks_is_drawn_by_one_that_has_it() {
        // An acute on a Hebrew, a Thai and an Armenian letter: none of their faces has one.
        for text in ["\u{05D0}\u{0301}", "\u{0E01}\u{0301}", "\u{0531}\u{0301}"] {
            for item in itemise(text, Weight::Regular) {
                for c in text[item.range.clone()].chars() {
                    assert!(draws(item.face, c), "{c:?} in {:?}", item.face);
                }
            }
        }
    }

    #[test]
    fn a_joiner_stays_between_the_letters_that_it_joins() {
        assert_eq!(
            itemise("\u{0915}\u{094D}\u{200D}\u{0937}", Weight::Regular).len(),
            1
        );
    }

    #[test]
    fn a_plain_sentence_is_one_run() {
        assert_eq!(
            itemise("Pay £250.00 by 3 May, Siân Ŵyn.", Weight::Regular).len(),
            1
        );
    }
}
