//! The commonest passwords that were breached, as shipped with the program
//! (`reference/common_passwords.txt`): no folder overrides them. They are the first three
//! thousand of the list by how often each was found that zxcvbn ships (MIT), in small letters,
//! and those of its thirty thousand that are long enough to be chosen here or are the word that
//! such a one is made of.

use std::{collections::HashSet, sync::LazyLock};

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../reference/common_passwords.txt")
        .lines()
        .collect()
});

/// Whether a password in small letters is one of the commonest, or the word that
/// one of them is made of.
#[must_use]
pub fn is_common_password(folded: &str) -> bool {
    COMMON.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_there_in_small_letters_and_knows_what_is_tried_first() {
        assert!(COMMON.len() > 3_000);
        assert!(COMMON.iter().all(|word| *word == word.to_lowercase()));
        for tried in ["password", "q1w2e3r4t5y6", "qwerty123456"] {
            assert!(is_common_password(tried), "{tried}");
        }
        assert!(!is_common_password("heron brass lintel"));
    }
}
