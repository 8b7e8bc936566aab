//! The front end: its packages, its build, its checks, each done only when it is needed.
//!
//! The desktop app embeds ui/dist while it is compiled, so every task that compiles calls
//! [`ensure_built`] first. Which tools the front end is built with is said in ui/package.json only.

use crate::{
    process::{self, Failure, Outcome, program},
    repository::{Repository, newest_change},
};
use std::{path::Path, process::Command};

/// What ui/dist is made of.
const SOURCES: &[&str] = &[
    "src",
    "public",
    "index.html",
    "package-lock.json",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
];

/// `npm ci` when the packages are absent or older than the lock file; `npm run build` when
/// ui/dist is older than what it is made of.
pub(crate) fn ensure_built(repository: &Repository) -> Outcome {
    ensure_packages(repository)?;
    let ui = repository.ui();
    if is_stale(&ui) {
        process::succeed(npm(&ui).args(["run", "build"]))?;
        if !ui.join("dist/index.html").is_file() {
            return Err(Failure::new("`npm run build` left no ui/dist/index.html"));
        }
    }
    Ok(())
}

/// svelte-check: types and markup.
pub(crate) fn check(repository: &Repository) -> Outcome {
    process::succeed(npm(&repository.ui()).args(["run", "check"]))
}

/// The component tests.
pub(crate) fn test(repository: &Repository) -> Outcome {
    process::succeed(npm(&repository.ui()).args(["run", "test"]))
}

fn ensure_packages(repository: &Repository) -> Outcome {
    let ui = repository.ui();
    let installed = newest_file(&ui.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < newest_file(&ui.join("package-lock.json")) {
        process::succeed(npm(&ui).args(["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

fn is_stale(ui: &Path) -> bool {
    let Some(built) = newest_file(&ui.join("dist/index.html")) else {
        return true;
    };
    SOURCES
        .iter()
        .filter_map(|source| newest_change(&ui.join(source)))
        .any(|time| time > built)
}

fn newest_file(path: &Path) -> Option<std::time::SystemTime> {
    path.metadata()
        .and_then(|metadata| metadata.modified())
        .ok()
}

fn npm(folder: &Path) -> Command {
    program(if cfg!(windows) { "npm.cmd" } else { "npm" }, folder)
}
