//! `cargo xtask dist`: the release build and its .deb package, by the stock Tauri command line.
//!
//! Installers for Windows and macOS are made on those systems: their tools cannot be had here.

use crate::{
    packages,
    process::{self, Failure, Outcome, program},
    repository::Repository,
    toolchain, ui,
};

pub(crate) fn dist(repository: &Repository) -> Outcome {
    packages::ensure(&[packages::BUILD])?;
    toolchain::check()?;
    ui::ensure_built(repository)?;
    process::succeed(
        program(
            repository.path("ui/node_modules/.bin/tauri"),
            repository.root(),
        )
        .args(["build", "--bundles", "deb"]),
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
