//! Percent-encoding of a file's name, which travels in a header and may be in
//! any script (RFC 3986 section 2).

/// The name with every byte outside the unreserved set written as `%XX`.
pub(crate) fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_any_script_becomes_plain_ascii() {
        assert_eq!(encode("IDPC ŵ 1/2%.pdf"), "IDPC%20%C5%B5%201%2F2%25.pdf");
        assert_eq!(encode("bundle-1_a.pdf~"), "bundle-1_a.pdf~");
    }
}
