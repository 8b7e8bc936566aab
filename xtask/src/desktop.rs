//! A desktop for tests on a machine that has none: the WebDriver for Tauri and the harness of
//! tests/desktop/session.sh around a command.
//!
//! What happens in the window is the business of tests/e2e.

use crate::{
    process::{self, Failure, Outcome, cargo, program},
    repository::Repository,
};
use std::{path::PathBuf, process::Command};

/// The version that was proven with this Tauri.
const TAURI_DRIVER: &str = "2.1.0";

/// Longer than any honest run: a hanging window must not hang the build.
const TIME_LIMIT_SECONDS: u32 = 1200;

/// Installs tauri-driver into .tools/, once.
pub(crate) fn ensure_driver(repository: &Repository) -> Outcome {
    if driver(repository).is_file() {
        return Ok(());
    }
    println!("tauri-driver {TAURI_DRIVER} is installed into .tools/ (once, about a minute)");
    process::succeed(
        cargo(repository.root())
            .args([
                "install",
                "tauri-driver",
                "--version",
                TAURI_DRIVER,
                "--locked",
                "--root",
            ])
            .arg(repository.path(".tools")),
    )
}

fn driver(repository: &Repository) -> PathBuf {
    repository.path(".tools/bin").join(if cfg!(windows) {
        "tauri-driver.exe"
    } else {
        "tauri-driver"
    })
}

/// Runs a command on a virtual desktop: its own display, session bus, keyring, notification daemon
/// and home folders. Ends it when it takes far too long.
pub(crate) fn within(repository: &Repository, inner: &Command) -> Outcome {
    let session = repository.path("tests/desktop/session.sh");
    if !session.is_file() {
        return Err(Failure::new("tests/desktop/session.sh is missing"));
    }
    let mut outer = program("timeout", repository.root());
    outer
        .args(["--kill-after=20", &TIME_LIMIT_SECONDS.to_string()])
        .arg(session)
        .arg(inner.get_program())
        .args(inner.get_args())
        .env("TAURI_DRIVER", driver(repository));
    for (key, value) in inner.get_envs() {
        match value {
            Some(value) => outer.env(key, value),
            None => outer.env_remove(key),
        };
    }
    process::succeed(&mut outer)
}
