//! The forms that national numbers, postcodes and e-mail addresses have
//! (the government's data standards). Form only: nobody is
//! asked whether the number was ever given out.

/// `SW1A 1AA`: one or two letters, a digit and perhaps one more sign; then a digit and two letters.
#[must_use]
pub(super) fn is_postcode(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    if !plain.iter().all(char::is_ascii_alphanumeric) || !(5..=7).contains(&plain.len()) {
        return false;
    }
    let (outward, inward) = plain.split_at(plain.len() - 3);
    let letters = outward
        .iter()
        .take_while(|c| c.is_ascii_alphabetic())
        .count();
    let tail = &outward[letters..];
    let outward_fits =
        matches!(letters, 1 | 2) && matches!(tail, [first] | [first, _] if first.is_ascii_digit());
    outward_fits && inward[0].is_ascii_digit() && inward[1..].iter().all(char::is_ascii_alphabetic)
}

/// Something before and after one `@`, with a dot after it and no blanks.
#[must_use]
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else {
        return false;
    };
    let dotted = host
        .split_once('.')
        .is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
    !local.is_empty()
        && dotted
        && !host.contains('@')
        && !host.ends_with('.')
        && !text.chars().any(char::is_whitespace)
        && text.chars().count() <= 254
}

/// `2020/1234567L`: the year, seven digits, one check letter.
#[must_use]
pub(super) fn is_pnc_id(text: &str) -> bool {
    let Some((year, number)) = text.split_once('/') else {
        return false;
    };
    digits(year, 4) && numbered(number, 7)
}

/// `123456/20L`, or `SF20/123456M` for a file that is searched by name.
#[must_use]
pub(super) fn is_cro_number(text: &str) -> bool {
    let Some((first, second)) = text.split_once('/') else {
        return false;
    };
    match first.strip_prefix("SF") {
        Some(year) => digits(year, 2) && (1..=7).any(|count| numbered(second, count)),
        None => {
            (1..=6).contains(&first.len())
                && first.bytes().all(|b| b.is_ascii_digit())
                && numbered(second, 2)
        }
    }
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// `count` digits and one capital letter.
fn numbered(text: &str, count: usize) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == count + 1
        && bytes[..count].iter().all(u8::is_ascii_digit)
        && bytes[count].is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_has_its_two_halves_with_or_without_the_space() {
        for good in ["SW1A 1AA", "CR0 1XX", "M1 1AE", "ZX99 9ZZ", "cf101aa"] {
            assert!(is_postcode(good), "{good}");
        }
        for bad in [
            "", "SW1A", "1AA SW1", "SW1A 11A", "SWAA 1AA", "Llanfair", "ŵ1 1AA",
        ] {
            assert!(!is_postcode(bad), "{bad}");
        }
    }

    #[test]
    fn an_email_address_has_one_at_and_a_dotted_host() {
        assert!(is_email("siân@post.example"));
        for bad in ["", "a@b", "a b@c.d", "@c.d", "a@c.", "a@@c.d", "a@.d"] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_pnc_id_has_its_year_and_check_letter() {
        assert!(is_pnc_id("2020/1234567L"));
        for bad in [
            "20/1234567L",
            "2020/123456L",
            "2020/1234567l",
            "2020/12345678",
            "ValidPncid1",
        ] {
            assert!(!is_pnc_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_cro_number_is_numbered_by_year_or_filed_by_name() {
        for good in ["123456/20L", "1/98A", "SF20/123456M"] {
            assert!(is_cro_number(good), "{good}");
        }
        for bad in ["1234567/20L", "123456/2L", "SF2020/123456M", "CRO12312678"] {
            assert!(!is_cro_number(bad), "{bad}");
        }
    }
}
