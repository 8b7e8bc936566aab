//! Codes that people carry over by hand or by paste: a hundred and thirty bits in twenty-six
//! letters and digits, none of which looks like another. Kept as hashes only; with so many
//! bits nobody finds one by trying, here or with what is kept in hand. Those that were given
//! out before had sixteen, and are good as long as they were to be.

use super::session::token_hash;
use crate::App;

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;
/// Letters of the codes of before.
const LENGTH_BEFORE: usize = 16;

/// A fresh code, in groups of four.
pub(super) fn fresh(app: &App) -> String {
    let secret = app.chance.secret();
    let mut code = String::with_capacity(LENGTH + 6);
    for (place, byte) in secret.iter().take(LENGTH).enumerate() {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    code
}

/// What a code is kept as, however it was typed; none if it is no code.
pub(super) fn hash(typed: &str) -> Option<String> {
    // Nothing that is much longer is a code.
    let plain: String = typed
        .chars()
        .take(4 * LENGTH)
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    matches!(plain.len(), LENGTH | LENGTH_BEFORE).then(|| token_hash(&format!("code {plain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let kept = hash("0a1b-cdef-ghjk-mnpq").unwrap();
        for typed in [
            "0a1bcdefghjkmnpq",
            " OA1B CDEF GHJK MNPQ ",
            "oalb-cdef-ghjk-mnpq",
            "0A1B\u{2010}CDEF\u{2010}GHJK\u{2010}MNPQ",
        ] {
            assert_eq!(hash(typed).as_ref(), Some(&kept), "{typed}");
        }
        assert_ne!(hash("0a1b-cdef-ghjk-mnpr"), Some(kept));
        let kept = hash("0a1b-cdef-ghjk-mnpq-rstv-wxyz-01").unwrap();
        assert_eq!(hash("OA1BCDEFGHJK MNPQRSTVWXYZ 01"), Some(kept));
    }

    #[test]
    fn what_is_too_short_or_too_long_is_no_code() {
        for typed in [
            "",
            "123456",
            "0a1b-cdef-ghjk-mnp",
            "0a1b-cdef-ghjk-mnpqr",
            "0a1b-cdef-ghjk-mnpq-rstv-wxyz-012",
        ] {
            assert_eq!(hash(typed), None, "{typed}");
        }
        assert_eq!(hash(&"a".repeat(1_000_000)), None);
    }
}
