//! `cargo xtask check-windows`: type-checks the whole desktop for Windows on a Debian machine.
//!
//! The toolchain of this repository has no standard library for Windows here, but Debian ships a
//! compiler together with the sources of its library. They are unpacked into target-win/toolchain,
//! never installed, and build the library on the way. Nothing is linked and nothing is run: this
//! proves that the code compiles for Windows, not that it works there.

use crate::{
    packages,
    process::{self, Failure, Outcome, cargo, program},
    repository::Repository,
    toolchain, ui,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn check(repository: &Repository) -> Outcome {
    packages::ensure(&[packages::BUILD, packages::WINDOWS])?;
    toolchain::check()?;
    ui::ensure_built(repository)?;

    let target = repository.path("target-win");
    let compiler = unpacked_compiler(&target.join("toolchain"))?;
    process::succeed(
        cargo(repository.root())
            .args([
                "check",
                "-Zbuild-std=std,panic_abort",
                "--target",
                "x86_64-pc-windows-gnu",
            ])
            .args(["--package", "common-platform", "--package", "server"])
            .env("RUSTC", compiler.join("usr/bin/rustc"))
            .env("LD_LIBRARY_PATH", compiler.join("usr/lib/x86_64-linux-gnu"))
            // The compiler is a stable one; this lets it build its own standard library.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", &target),
    )?;
    println!("the desktop and the server type-check for Windows (not linked, not run)");
    Ok(())
}

/// Debian's newest packaged compiler with its sources, unpacked once.
fn unpacked_compiler(folder: &Path) -> Outcome<PathBuf> {
    let unpacked = folder.join("unpacked");
    let complete = folder.join("complete");
    if complete.is_file() {
        return Ok(unpacked);
    }
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(&unpacked)?;

    let names = names(folder)?;
    println!(
        "unpacking {} into {} (once, 180 MB)",
        names.join(" "),
        folder.display()
    );
    process::succeed(program("apt-get", folder).arg("download").args(&names))?;
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            process::succeed(program("dpkg", folder).arg("-x").arg(&path).arg(&unpacked))?;
            fs::remove_file(&path)?;
        }
    }
    fs::write(&complete, names.join("\n"))?;
    Ok(unpacked)
}

/// The packages to fetch. Debian moves their version within a release, so apt is asked.
fn names(folder: &Path) -> Outcome<Vec<String>> {
    let library = dependency(folder, "libstd-rust-web-dev", "libstd-rust-web-")?;
    let llvm = dependency(folder, &library, "libllvm")?;
    Ok(vec![
        "rustc-web".to_owned(),
        library,
        "libstd-rust-web-dev".to_owned(),
        "rust-web-src".to_owned(),
        llvm,
    ])
}

/// What the newest version of a package depends on, by the beginning of its name.
fn dependency(folder: &Path, package: &str, beginning: &str) -> Outcome<String> {
    let said =
        process::read(program("apt-cache", folder).args(["show", "--no-all-versions", package]))?;
    said.lines()
        .filter_map(|line| line.strip_prefix("Depends: "))
        .find_map(|line| depended(line, beginning))
        .ok_or_else(|| {
            Failure::new(format!(
                "apt names no {beginning}* behind {package}; run `apt-get update` on Debian 12 or newer"
            ))
        })
}

/// The first package of a dependency line whose name begins so; the development package is not it.
fn depended(line: &str, beginning: &str) -> Option<String> {
    line.split([',', '|'])
        .filter_map(|part| part.split_whitespace().next())
        .find(|name| name.starts_with(beginning) && !name.ends_with("-dev"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_the_library_is_read_from_what_apt_says() {
        let line =
            "libc6 (>= 2.34), libstd-rust-web-dev (= 1.96.0), libstd-rust-web-1.96 (= 1.96.0), gcc";
        assert_eq!(
            depended(line, "libstd-rust-web-").as_deref(),
            Some("libstd-rust-web-1.96")
        );
        assert_eq!(depended(line, "libllvm"), None);
    }
}
