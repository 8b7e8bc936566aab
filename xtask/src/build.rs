//! Every call of cargo, in one place, so that they all resolve the same features.
//!
//! cargo resolves features for the *packages* that a command selects and only then looks at which
//! of their *targets* are wanted. So every command here selects the default members and narrows by
//! target (`--bin`, `--lib`, `--test`), never by `--package`: then nothing is compiled a second
//! time between `run`, `test` and `lint`. `tidy` guards the other half of this: development
//! dependencies that would change features.

use crate::{
    process::{self, Outcome, cargo},
    repository::Repository,
    tidy::manifest::{self, Package},
};
use std::process::Command;

/// The test binaries of tests/.
pub(crate) const SUITES: &[&str] = &["conformance", "journeys", "golden", "e2e"];

/// The desktop app and the server.
pub(crate) fn binaries(repository: &Repository) -> Outcome {
    process::succeed(builder(repository).args([
        "build",
        "--bin",
        "common-platform",
        "--bin",
        "common-platform-server",
    ]))
}

/// Every test binary, without running one.
pub(crate) fn tests(repository: &Repository) -> Outcome {
    process::succeed(builder(repository).args(["test", "--no-run", "--tests"]))
}

/// Runs the tests of every room: those inside its sources and those beside them.
pub(crate) fn run_unit(repository: &Repository) -> Outcome {
    let mut command = cargo(repository.root());
    command.args(["test", "--lib", "--bins"]);
    for name in beside_sources(&manifest::read(repository)?) {
        command.args(["--test", &name]);
    }
    process::succeed(&mut command)
}

/// The test targets of the default members that are not one of the suites.
fn beside_sources(packages: &[Package]) -> Vec<String> {
    let mut names: Vec<String> = packages
        .iter()
        .filter(|package| package.name != "bench")
        .flat_map(|package| &package.targets)
        .filter(|target| target.kind.iter().any(|kind| kind == "test"))
        .map(|target| target.name.clone())
        .filter(|name| !SUITES.contains(&name.as_str()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The binary of one suite of tests/, without running it.
pub(crate) fn suite_binary(repository: &Repository, name: &str) -> Outcome {
    process::succeed(builder(repository).args(["test", "--no-run", "--test", name]))
}

/// The command that runs one suite of tests/.
pub(crate) fn suite(repository: &Repository, name: &str) -> Command {
    let mut command = cargo(repository.root());
    command.args(["test", "--test", name]);
    command
}

/// The app as it is shipped, and the suite that drives its window, without running it.
pub(crate) fn shipped_window(repository: &Repository) -> Outcome {
    process::succeed(builder(repository).args([
        "build",
        "--release",
        "--bin",
        "common-platform",
        "--bin",
        "common-platform-server",
    ]))?;
    process::succeed(builder(repository).args(["test", "--release", "--no-run", "--test", "e2e"]))
}

/// The command that drives the window of the app as it is shipped.
pub(crate) fn shipped_suite(repository: &Repository) -> Command {
    let mut command = cargo(repository.root());
    command.args(["test", "--release", "--test", "e2e"]);
    command
}

pub(crate) fn lint(repository: &Repository) -> Outcome {
    process::succeed(builder(repository).args(["clippy", "--all-targets", "--", "-D", "warnings"]))
}

pub(crate) fn format(repository: &Repository) -> Outcome {
    process::succeed(cargo(repository.root()).args(["fmt", "--all"]))
}

pub(crate) fn check_format(repository: &Repository) -> Outcome {
    process::succeed(cargo(repository.root()).args(["fmt", "--all", "--", "--check"]))
}

/// cargo under mold, where there is one: it links faster, and because it works from outside no
/// flag differs and nothing is compiled again. Only builds run under it, never the built programs.
fn builder(repository: &Repository) -> Command {
    let plain = cargo(repository.root());
    if process::which("mold").is_none() {
        return plain;
    }
    let mut command = process::program("mold", repository.root());
    command.arg("-run").arg(plain.get_program());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_beside_its_sources_is_run_with_the_units_and_a_suite_is_not() {
        let json = r#"{"packages":[
            {"name":"client","dependencies":[],"targets":[{"name":"client","kind":["lib"]},{"name":"sending","kind":["test"]}]},
            {"name":"tests","dependencies":[],"targets":[{"name":"golden","kind":["test"]}]},
            {"name":"bench","dependencies":[],"targets":[{"name":"smoke","kind":["test"]}]}
        ]}"#;
        assert_eq!(
            beside_sources(&manifest::packages(json).unwrap()),
            ["sending"]
        );
    }
}
