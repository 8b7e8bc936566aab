//! Do typed words fit a phrase of the catalogue? Every word must be one of its
//! words, or begin one with three letters at least.

use vocabulary::fold_name;

/// Words that say nothing by themselves.
const NOISE: [&str; 19] = [
    "a", "an", "and", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "per", "the",
    "to", "until", "with", "within",
];

/// Only words that say nothing by themselves, and marks?
pub(super) fn noise(text: &str) -> bool {
    fold_name(text)
        .split(' ')
        .all(|word| word.is_empty() || NOISE.contains(&word))
}

/// How well the typed text (folded) fits the phrase (folded): two for each word
/// that is there, one for each that begins one, and one more if nothing else is
/// in the phrase. `None` if a word does not fit.
pub(super) fn fit(typed: &str, phrase: &str) -> Option<u32> {
    if typed.is_empty() {
        return None;
    }
    let mut score = 0;
    let mut count = 0;
    for word in typed.split(' ') {
        let best = phrase.split(' ').filter_map(|own| {
            if own == word {
                Some(2)
            } else {
                (word.chars().count() >= 3 && own.starts_with(word)).then_some(1)
            }
        });
        score += best.max()?;
        count += 1;
    }
    let whole = phrase.split(' ').count() == count && score == 2 * count;
    Some(2 * u32::try_from(score).ok()? + u32::from(whole))
}

/// The one phrase that the typed text fits best; `None` if none or several do.
pub(super) fn best<T>(typed: &str, phrases: impl Iterator<Item = (T, String)>) -> Option<(u32, T)> {
    if noise(typed) {
        return None;
    }
    let mut best: Option<(u32, T)> = None;
    let mut tie = false;
    for (own, phrase) in phrases {
        let Some(score) = fit(typed, &phrase) else {
            continue;
        };
        match &best {
            Some((most, _)) if *most > score => {}
            Some((most, _)) if *most == score => tie = true,
            _ => {
                best = Some((score, own));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_in_any_order_and_by_their_beginnings() {
        assert!(fit("abscond likely", "likely to abscond").is_some());
        assert!(fit("absc", "likely to abscond").is_some());
        assert_eq!(fit("ab", "likely to abscond"), None);
        assert_eq!(fit("likely to flee", "likely to abscond"), None);
    }

    #[test]
    fn a_whole_word_beats_a_beginning_and_two_equals_are_none() {
        let phrases = ["defendant to attend", "attendance excused"];
        let of = |typed: &str| {
            best(typed, phrases.iter().map(|p| (*p, (*p).to_owned()))).map(|(_, own)| own)
        };
        assert_eq!(of("attend"), Some(phrases[0]));
        assert_eq!(of("excused"), Some(phrases[1]));
        assert_eq!(of("atten"), None);
        assert_eq!(of("to"), None);
    }
}
