//! A line in pieces: one piece for each result, and the words of each piece.
//! Ranges are bytes of the typed text and always on a character's border, so
//! that whoever asked can show which words are meant. Nothing is dropped but
//! the marks between.

use std::ops::Range;

/// One word, number or quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// What it says, without quotation marks and without the `=`.
    pub text: &'a str,
    /// Where it stands, marks included.
    pub range: Range<usize>,
    /// It stood in quotation marks: it is text and nothing else.
    pub quoted: bool,
    /// An `=` follows: it names the question that the next words answer.
    pub names: bool,
    /// A comma follows: no name or list item goes on beyond it.
    pub comma: bool,
}

/// Where a quotation that opens at `at` ends (the byte after its closing mark),
/// and the length of its marks. A mark that is never closed is an ordinary one.
fn quotation(text: &str, at: usize) -> Option<(usize, usize, usize)> {
    let open = text[at..].chars().next()?;
    let close = match open {
        '"' => '"',
        '\u{201c}' => '\u{201d}',
        _ => return None,
    };
    let from = at + open.len_utf8();
    let found = text[from..].find([close, '\n'])?;
    let end = from + found;
    text[end..]
        .starts_with(close)
        .then(|| (end + close.len_utf8(), open.len_utf8(), close.len_utf8()))
}

/// The pieces between semicolons and line ends, blanks trimmed; empty ones are
/// left out.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((end, ..)) = quotation(text, at) {
            at = end;
            continue;
        }
        let next = at + c.len_utf8();
        if matches!(c, ';' | '\n' | '\r') {
            found.push(from..at);
            from = next;
        }
        at = next;
    }
    found.push(from..text.len());
    found
        .into_iter()
        .map(|range| trimmed(text, range))
        .filter(|range| !range.is_empty())
        .collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..(start + piece.trim().len())
}

/// The words of one piece.
pub(super) fn tokens(text: &str, piece: Range<usize>) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut at = piece.start;
    while at < piece.end {
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if c.is_whitespace() || c == ',' || c == '=' {
            if let Some(last) = found.last_mut() {
                last.comma |= c == ',';
                last.names |= c == '=' && !last.quoted && !last.comma;
            }
            at += c.len_utf8();
            continue;
        }
        if let Some((end, open, close)) = quotation(text, at).filter(|(end, ..)| *end <= piece.end)
        {
            found.push(Token {
                text: text[at + open..end - close].trim(),
                range: at..end,
                quoted: true,
                names: false,
                comma: false,
            });
            at = end;
            continue;
        }
        let end = word_end(text, at, piece.end);
        found.push(Token {
            text: &text[at..end],
            range: at..end,
            quoted: false,
            names: false,
            comma: false,
        });
        at = end;
    }
    found
}

/// The comma of `1,200` is part of the number.
fn word_end(text: &str, from: usize, most: usize) -> usize {
    let mut end = from;
    let mut before = None;
    let mut rest = text[from..most].chars().peekable();
    while let Some(c) = rest.next() {
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = c == ',' && digits(before) && digits(rest.peek().copied());
        if c.is_whitespace() || c == '=' || (c == ',' && !inside) {
            break;
        }
        end += c.len_utf8();
        before = Some(c);
    }
    end.max(from + text[from..].chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Vec<&str>> {
        pieces(text)
            .into_iter()
            .map(|piece| tokens(text, piece).iter().map(|t| t.text).collect())
            .collect()
    }

    #[test]
    fn a_semicolon_or_a_new_line_begins_the_next_result() {
        assert_eq!(
            all("FO 250; FCPC 85"),
            [vec!["FO", "250"], vec!["FCPC", "85"]]
        );
        assert_eq!(
            all("fo 250\nfvs 100"),
            [vec!["fo", "250"], vec!["fvs", "100"]]
        );
        assert_eq!(all(" ;; \n ; "), Vec::<Vec<&str>>::new());
    }

    #[test]
    fn quotation_marks_keep_words_and_semicolons_together() {
        assert_eq!(
            all("d \"not to go; or stay\" 2y"),
            [vec!["d", "not to go; or stay", "2y"]]
        );
        assert_eq!(all("a \u{201c}b c\u{201d}"), [vec!["a", "b c"]]);
        // One that is never closed takes nothing with it.
        assert_eq!(all("a \"b; c"), [vec!["a", "\"b"], vec!["c"]]);
    }

    #[test]
    fn the_comma_of_a_number_is_part_of_it() {
        assert_eq!(all("fo 1,200"), [vec!["fo", "1,200"]]);
        assert_eq!(all("rc tea,poff, x"), [vec!["rc", "tea", "poff", "x"]]);
    }

    #[test]
    fn an_equals_sign_names_a_question() {
        let text = "rc excused=no";
        let piece = pieces(text).remove(0);
        let named: Vec<_> = tokens(text, piece).iter().map(|t| t.names).collect();
        assert_eq!(named, [false, true, false]);
    }
}
