//! What a password must be, when a person chooses one. In the spirit of NIST SP
//! 800-63B (section 3.1.1.2) and of the NCSC's guidance: long enough, and none that
//! is tried first. No rule asks for kinds of characters, and none makes anybody
//! change a good one. The list of the commonest is data: the caller asks it.

use crate::Refusal;

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most characters: more is work for us and no safer.
pub const LONGEST: usize = 256;
/// Fewer different characters than this are no password, however many times.
const FEWEST_DIFFERENT: usize = 5;

/// Words of the service that somebody tries first here, and nowhere else.
const OF_THE_SERVICE: [&str; 14] = [
    "commonplatform",
    "common",
    "platform",
    "hmcts",
    "magistrates",
    "tribunals",
    "tribunal",
    "judiciary",
    "justice",
    "courts",
    "court",
    "crown",
    "judge",
    "cps",
];
/// Letters that must be left of a password without the words that are tried first here.
const FEWEST_LEFT: usize = 4;

/// Whether a person with this address may choose this password. `names` are those of the
/// person and of where they work; `common` says whether a word is among the commonest that
/// were breached.
///
/// # Errors
/// What is wrong with it, and what to choose.
pub fn choose_password(
    password: &str,
    email: &str,
    names: &[&str],
    common: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(refused(
            "The password has fewer than 12 characters.",
            "Choose a longer one; three random words make a good password.",
        ));
    }
    if length > LONGEST {
        return Err(refused(
            "The password has more than 256 characters.",
            "Choose a shorter one.",
        ));
    }
    let folded = password.to_lowercase();
    let email = email.trim().to_lowercase();
    let name = email.split('@').next().unwrap_or_default();
    if folded.contains(&email) && !email.is_empty() || folded.trim() == name {
        return Err(refused(
            "The password is your e-mail address.",
            "Choose one that nobody can read anywhere.",
        ));
    }
    let left = without_context(&folded, names);
    let letters = left.chars().filter(|c| c.is_alphabetic()).count();
    if left.len() < squeezed(&folded).len() && (letters < FEWEST_LEFT || common(&left)) {
        return Err(refused(
            "The password is made of names of the service, of your organisation, or of your own.",
            "Choose words that have nothing to do with where you work.",
        ));
    }
    if is_simple(&folded) || common(&folded) || common(core(&folded)) {
        return Err(refused(
            "That password is one of those that are tried first.",
            "Choose another; three random words make a good password.",
        ));
    }
    Ok(())
}

/// Letters and digits alone.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What is left of a password without the words that are tried first of this person here.
fn without_context(folded: &str, names: &[&str]) -> String {
    let mut words: Vec<String> = OF_THE_SERVICE.iter().map(|&word| word.to_owned()).collect();
    for name in names {
        let name = name.to_lowercase();
        words.push(squeezed(&name));
        words.extend(
            name.split(|c: char| !c.is_alphanumeric())
                .map(str::to_owned),
        );
    }
    words.retain(|word| word.chars().count() > 2);
    // The longest first: what holds a shorter one goes as a whole.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut left = squeezed(folded);
    for word in words {
        left = left.replace(&word, "");
    }
    left
}

/// What is left without digits and signs around it, and said once if it is said twice.
fn core(folded: &str) -> &str {
    let word = folded.trim_matches(|c: char| !c.is_alphabetic());
    let (first, second) = word.split_at(
        word.char_indices()
            .nth(word.chars().count() / 2)
            .map_or(word.len(), |(at, _)| at),
    );
    if first == second { first } else { word }
}

/// A few characters again and again, or one after the other.
fn is_simple(folded: &str) -> bool {
    let characters: Vec<u32> = folded.chars().map(u32::from).collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let row = |step: i64| {
        characters
            .windows(2)
            .all(|pair| i64::from(pair[1]) - i64::from(pair[0]) == step)
    };
    different.len() < FEWEST_DIFFERENT || row(1) || row(-1)
}

fn refused(message: &'static str, hint: &'static str) -> Refusal {
    Refusal::new("weak_password", message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(password: &str) -> bool {
        let common = |word: &str| ["password", "q1w2e3r4t5y6"].contains(&word);
        let names = ["Ada Wren-Marsh", "Thorne & Vale LLP"];
        choose_password(
            password,
            "Ada.Wren-Marsh@court.example.test",
            &names,
            common,
        )
        .is_ok()
    }

    #[test]
    fn twelve_characters_are_enough_of_whatever_kind() {
        assert!(chosen("heron brass 7"));
        assert!(chosen("heron lintel"));
        assert!(!chosen("heron linte"));
        assert!(chosen(&"heron brass ".repeat(21)));
        assert!(!chosen(&"heron brass ".repeat(22)));
    }

    #[test]
    fn one_that_is_tried_first_is_refused_in_whatever_dress() {
        for tried in [
            "q1w2e3r4t5y6",
            "Q1W2E3R4T5Y6",
            "Password2026!",
            "2026!!!password",
            "PasswordPassword",
            "aaaabbbbccccdddd",
            "abcdefghijklm",
            "9876543210/.-,",
        ] {
            assert!(!chosen(tried), "{tried}");
        }
        assert!(chosen("password heron lintel"));
    }

    #[test]
    fn the_address_is_no_password() {
        assert!(!chosen("ada.wren-marsh@court.example.test"));
        assert!(!chosen("my ada.wren-marsh@court.example.test"));
        assert!(!chosen("Ada.Wren-Marsh"));
        assert!(chosen("ada and the heron"));
    }

    #[test]
    fn names_of_the_service_of_the_organisation_and_of_oneself_are_no_password() {
        for tried in [
            "CommonPlatform1",
            "common platform",
            "HMCTS-court-2026",
            "hmcts password!",
            "ThorneVale2026!!",
            "Thorne and Vale",
            "ada wren marsh 1",
            "Wren+Court+1234",
        ] {
            assert!(!chosen(tried), "{tried}");
        }
        // Beside other words they are words like any.
        assert!(chosen("the court heard a heron"));
        assert!(chosen("Thorne lintel brass"));
    }

    #[test]
    fn characters_of_every_script_count_as_characters() {
        assert!(chosen("дванадцять слів"));
        assert!(!chosen("слово слово"));
    }
}
