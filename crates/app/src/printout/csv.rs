//! Values with commas between (RFC 4180), in UTF-8 without a mark: lines end with
//! CR LF, and a value that a spreadsheet would take for a formula is text.

/// One line.
pub(crate) fn line<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let values: Vec<String> = values.into_iter().map(value).collect();
    format!("{}\r\n", values.join(","))
}

/// A value. Whatever begins like a formula gets an apostrophe in front, after which
/// a spreadsheet reads text; so does what begins with a sign that spreadsheets skip.
fn value(text: &str) -> String {
    let begins = text.trim_start_matches([' ', '\u{feff}']);
    let formula =
        begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guarded = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if guarded.contains([',', '"', '\r', '\n', '\''])
        || guarded.starts_with(' ')
        || guarded.ends_with(' ')
    {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn commas_quotes_and_lines_stay_within_their_value() {
        assert_eq!(
            line(["Ash, Bo", "said \"no\"", "two\nlines", "", "Siân"]),
            "\"Ash, Bo\",\"said \"\"no\"\"\",\"two\nlines\",,Siân\r\n"
        );
    }

    #[test]
    fn no_value_is_a_formula() {
        for formula in [
            "=1+1",
            "+44",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "  =1",
            "\u{feff}=1",
            "＝1",
        ] {
            let text = line([formula]);
            assert!(text.starts_with("\"'"), "{text:?}");
        }
        assert_eq!(line(["3-5"]), "3-5\r\n");
    }
}
