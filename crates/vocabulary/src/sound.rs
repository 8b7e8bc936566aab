//! Names as people mishear and misspell them. A key says how a word sounds, so
//! that an index finds it on both databases alike; whether two names fit is then
//! looked at letter by letter. Nothing here says who somebody is.

use crate::fold::fold_name;

/// The longest key.
const LONGEST: usize = 8;

/// How a word sounds: classes of consonants, vowels left out but for the first.
/// A word of another script is its own key.
#[must_use]
pub fn sound(word: &str) -> String {
    let word = fold_name(word).replace(' ', "");
    if !word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return word.chars().take(LONGEST).collect();
    }
    let mut plain = word;
    for (from, to) in [
        ("ph", "f"),
        ("gh", "h"),
        ("wr", "r"),
        ("kn", "n"),
        ("gn", "n"),
        ("sch", "s"),
        ("tch", "c"),
        ("mac", "mc"),
    ] {
        plain = plain.replace(from, to);
    }
    let mut key = String::new();
    let mut last = None;
    for (at, letter) in plain.chars().enumerate() {
        let class = match letter {
            'b' | 'f' | 'p' | 'v' => Some('1'),
            'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => Some('2'),
            'd' | 't' => Some('3'),
            'l' => Some('4'),
            'm' | 'n' => Some('5'),
            'r' => Some('6'),
            digit if digit.is_ascii_digit() => Some(digit),
            _ => None,
        };
        match class {
            Some(class) if last != Some(class) => key.push(class),
            None if at == 0 => key.push('a'),
            _ => {}
        }
        // A vowel parts two consonants of one class, `h` and `w` do not.
        if !matches!(letter, 'h' | 'w') {
            last = class;
        }
    }
    key.chars().take(LONGEST).collect()
}

/// The keys under which a name is found: its first and its last word.
#[must_use]
pub fn name_keys(name: &str) -> Vec<String> {
    let folded = fold_name(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    let mut keys = vec![sound(first), sound(last)];
    keys.sort();
    keys.dedup();
    keys
}

/// Whether a name as somebody wrote it is this name, spelling aside: first and last
/// word, in either order, each with a slip or two.
#[must_use]
pub fn name_fits(written: &str, name: &str) -> bool {
    let (written, name) = (fold_name(written), fold_name(name));
    let ends = |text: &str| -> Option<(String, String)> {
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let first = words.next()?.to_owned();
        let last = words
            .next_back()
            .map_or_else(|| first.clone(), str::to_owned);
        Some((first, last))
    };
    if written == name {
        return true;
    }
    let (Some((a, b)), Some((c, d))) = (ends(&written), ends(&name)) else {
        return false;
    };
    // One word alone is nobody's whole name.
    if written.split(' ').count() < 2 && name.split(' ').count() > 1 {
        return false;
    }
    (near(&a, &c) && near(&b, &d)) || (near(&a, &d) && near(&b, &c))
}

/// Whether two words differ by a slip, or in a long word by two.
fn near(one: &str, other: &str) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    let allowed = match longest {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    distance(one, other) <= allowed
        || (longest > 3 && sound(one) == sound(other) && distance(one, other) <= allowed + 1)
}

/// Letters that must be changed, put in, taken out or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().abs_diff(b.len()) > 3 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (above[j] + usize::from(x != y))
                .min(above[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = above;
        above = row;
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_misheard_has_the_key_of_the_name() {
        for (one, other) in [
            ("Vaughan", "Vaughn"),
            ("Stephens", "Stevens"),
            ("Philips", "Fillips"),
            ("Catrin", "Katrin"),
            ("MacDonald", "McDonald"),
            ("Wright", "Rite"),
            ("Siân", "Sian"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        assert_ne!(sound("Marsh"), sound("Bailey"));
        assert_eq!(sound("محمد"), "محمد");
    }

    #[test]
    fn a_name_fits_with_a_slip_and_not_with_another_name() {
        let name = "Siân Eleri Vaughan";
        for written in [
            "Sian Vaughan",
            "sian eleri vaughan",
            "Sain Vaughn",
            "Vaughan, Siân",
            "Sian Vaugan",
        ] {
            assert!(name_fits(written, name), "{written}");
        }
        for written in ["Vaughan", "Sian", "Owen Vaughan", "Sian Marsh", "", "S V"] {
            assert!(!name_fits(written, name), "{written}");
        }
        assert!(name_fits("Ashmere Haulage Ltd", "Ashmere Haulage Ltd"));
        assert!(!name_fits("Jo", "Jo Li"));
    }

    #[test]
    fn every_name_that_fits_shares_a_key() {
        for (written, name) in [
            ("Sian Vaughn", "Siân Eleri Vaughan"),
            ("Kofi Brandis", "Kofi Brandys"),
            ("Bradnys Kofi", "Kofi Brandys"),
        ] {
            assert!(name_fits(written, name), "{written}");
            let keys = name_keys(name);
            assert!(
                name_keys(written).iter().any(|key| keys.contains(key)),
                "{written}"
            );
        }
    }
}
