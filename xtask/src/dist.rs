//! `cargo xtask dist`: the release build and its .deb package, by the stock Tauri command line.
//!
//! Installers for Windows and macOS are made on those systems: their tools cannot be had here.

use crate::{
    packages,
    process::{self, Failure, Outcome, program},
    repository::Repository,
    toolchain, ui,
};

/// The stock Tauri command line; its binary comes inside the package.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

pub(crate) fn dist(repository: &Repository) -> Outcome {
    packages::ensure(&[packages::BUILD])?;
    toolchain::check()?;
    ui::ensure_built(repository)?;
    // Kept out of the front end's packages: its binaries for other systems are not in every
    // registry, and `npm ci` insists on all of them.
    let tools = repository.target().join("tools");
    std::fs::create_dir_all(&tools)?;
    process::succeed(
        program("npm", repository.root())
            .args(["install", "--no-save", "--no-package-lock", "--prefix"])
            .arg(&tools)
            .arg(TAURI_CLI),
    )?;
    process::succeed(
        program(tools.join("node_modules/.bin/tauri"), repository.root()).args([
            "build",
            "--bundles",
            "deb",
        ]),
    )?;
    let folder = repository.target().join("release/bundle/deb");
    let mut packages: Vec<_> = folder
        .read_dir()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .collect();
    packages.sort();
    if packages.is_empty() {
        return Err(Failure::new(format!(
            "no .deb was left in {}",
            folder.display()
        )));
    }
    for package in packages {
        println!("{}", package.display());
    }
    Ok(())
}
