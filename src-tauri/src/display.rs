//! Where there is no display there is no window: that is told in a sentence. The
//! toolkit knows only a panic for it, which is caught here and nowhere else.

use std::panic::{self, AssertUnwindSafe};

/// What to say to whoever started the application where nothing can be shown.
const NONE: &str = "\
The window cannot be opened: this session has no display that answers. Start the \
application in a desktop session; without one, `cargo xtask run --headless` takes \
the guided tour, and `common-platform-server serve` serves other computers.";

/// Builds what is to be shown.
///
/// # Errors
/// A sentence for whoever started it.
pub(crate) fn open<T, E: std::fmt::Display>(
    build: impl FnOnce() -> Result<T, E>,
) -> Result<T, String> {
    let usual = panic::take_hook();
    // Nothing else runs yet: no other panic goes untold meanwhile.
    panic::set_hook(Box::new(|_| {}));
    // What was half built is never looked at again.
    let built = panic::catch_unwind(AssertUnwindSafe(build));
    panic::set_hook(usual);
    match built {
        Ok(Ok(built)) => Ok(built),
        Ok(Err(error)) => Err(format!(
            "The window cannot be opened: {error}. Install the application again; if that does \
             not help, tell the service centre this sentence."
        )),
        Err(_) => Err(NONE.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toolkit_that_panics_is_told_in_a_sentence() {
        let told = open(|| -> Result<(), String> { panic!("no display") });
        assert_eq!(told, Err(NONE.to_owned()));
        let told = open(|| -> Result<(), _> { Err("no icon") }).unwrap_err();
        assert!(told.contains("no icon"), "{told}");
        assert_eq!(open(|| Ok::<_, String>(7)), Ok(7));
    }
}
