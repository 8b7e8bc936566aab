//! What a command has to say goes to standard output; logs go elsewhere.

use std::io::Write;

/// One line. A reader that went away is no fault.
pub(super) fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", text.as_ref());
}
