//! Names folded to one form before they are compared or searched, because the
//! two databases would each fold them differently.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name in lower case without marks, one space between words: `Siân  ŵyn` is `sian wyn`.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn marks_case_and_spaces_do_not_distinguish_names() {
        assert_eq!(fold_name("  Siân  O'Ŵyn "), "sian o wyn");
        assert_eq!(fold_name("Ðorđe"), "ðorđe");
        assert_eq!(fold_name("محمد"), "محمد");
    }
}
