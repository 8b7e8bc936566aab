//! The three things that a person installs by hand: Rust (there, or this would not run), Node and
//! a C compiler.
//!
//! They are checked and named, never installed: which Node a machine has is its owner's choice.

use crate::process::{self, Failure, Outcome, program};
use std::path::Path;

/// The oldest Node that the front end's build works with.
const NODE: (u32, u32) = (20, 19);

/// Stops with the next step when something is missing.
pub(crate) fn check() -> Outcome {
    if process::which("cc").is_none() && cfg!(target_os = "linux") {
        return Err(Failure::new(
            "there is no C compiler (`cc`); install one, on Debian with: sudo apt-get install -y build-essential",
        ));
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if process::which(npm).is_none() {
        return Err(Failure::new(
            "npm was not found; install Node.js 20.19 or newer (it brings npm) from https://nodejs.org",
        ));
    }
    let version = process::read(program("node", Path::new(".")).arg("--version"))
        .map_err(|_| Failure::new("node was not found; install Node.js 20.19 or newer"))?;
    match parse(&version) {
        Some(found) if found >= NODE => Ok(()),
        _ => Err(Failure::new(format!(
            "Node {} is too old for the front end's build; install Node.js {}.{} or newer",
            version.trim(),
            NODE.0,
            NODE.1
        ))),
    }
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.trim().trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse("v20.20.2\n"), Some((20, 20)));
        assert!(parse("v20.9.0") < Some(NODE));
        assert!(parse("v22.1.0") > Some(NODE));
        assert_eq!(parse("nonsense"), None);
    }
}
