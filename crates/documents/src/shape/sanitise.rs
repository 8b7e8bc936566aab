//! Text made fit to be printed: nothing invisible that changes how the rest
//! reads, and nothing silently missing.

use crate::fonts::{Weight, face_for};
use std::{borrow::Cow, fmt::Write};

/// The text as it can be drawn.
///
/// Characters that turn text around are left out, because with them a name
/// could be made to read as another. A character that no shipped face draws
/// is printed as its number, `[U+738B]`, so that it can be seen and looked up.
/// A line feed stays, with a space before it so that words do not join when
/// the document is read aloud.
pub(crate) fn drawable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| matches!(c, ' '..='~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
                out.push('\n');
            }
            '\t' => out.push(' '),
            // Joiners shape words in many scripts and reorder nothing.
            '\u{200C}' | '\u{200D}' => out.push(c),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() || is_ignorable(c) => {}
            c if face_for(c, Weight::Regular).is_some() => out.push(c),
            c => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
        }
    }
    Cow::Owned(out)
}

/// Invisible marks that carry nothing on paper.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::drawable;

    #[test]
    fn a_name_cannot_be_made_to_read_backwards() {
        assert_eq!(drawable("Smith \u{202E}seJ\u{202C}"), "Smith seJ");
    }

    #[test]
    fn a_character_without_a_face_is_printed_as_its_number() {
        assert_eq!(drawable("王 Wang"), "[U+738B] Wang");
    }

    #[test]
    fn words_on_two_lines_are_still_two_words_when_read_aloud() {
        assert_eq!(
            drawable("1 High Street\nNorthmoor é"),
            "1 High Street \nNorthmoor é"
        );
    }
}
