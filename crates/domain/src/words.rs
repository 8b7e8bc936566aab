//! What people write in a box: reasons, notes, names. Some signs nobody sees; a reason made
//! of them would be none that anybody reads, and a name with one of them is another and
//! looks the same.

/// What somebody wrote as a reason or a note, as it is kept: without the signs that nobody
/// sees and without space around it, its lines as they were. It is empty if there is not one
/// letter or figure in it, for then it says nothing.
#[must_use]
pub fn said(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect();
    if !seen.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    seen.trim().to_owned()
}

/// One space between words, none around them; nothing that is no text.
#[must_use]
pub(crate) fn words(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nobody sees a sign: marks of direction, joiners, fillers.
const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_says_nothing() {
        for nothing in [
            "",
            " \u{a0}\u{2003}",
            "\u{200b}\u{2060}\u{2800}",
            "\u{3164}\u{115f}\u{ffa0}",
            "\u{202e}\u{feff}\n\t",
            "…!",
            ".",
        ] {
            assert_eq!(said(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn what_is_seen_stays_as_it_was_written() {
        assert_eq!(
            said(" Ei thad,\r\nŵyr neb.\u{200b} "),
            "Ei thad, \nŵyr neb."
        );
        assert_eq!(said("7"), "7");
        assert_eq!(said("a\u{202e}b"), "ab");
        assert_eq!(words(" two\n\u{200b}words "), "two words");
    }
}
