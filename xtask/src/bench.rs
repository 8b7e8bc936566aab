//! `cargo xtask bench [NAME]`: the benchmarks, in release, one JSON line each on standard output.
//!
//! The crate is no default member, so no test run ever builds it. What is measured and against
//! which floor is said in crates/bench. `preview` needs the real window: it is told by
//! tests/e2e/page_beside.rs, which drives the app as it is shipped.

use crate::{
    build, desktop, packages,
    process::{self, Outcome, cargo},
    repository::Repository,
    ui,
};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Which benchmark; all of them when left out
    name: Option<String>,
    /// Passed on to the benchmark
    #[arg(last = true)]
    rest: Vec<String>,
}

pub(crate) fn bench(repository: &Repository, arguments: &Arguments) -> Outcome {
    match arguments.name.as_deref() {
        Some("preview") => preview(repository),
        Some(_) => of_the_server(repository, arguments),
        None => {
            of_the_server(repository, arguments)?;
            preview(repository)
        }
    }
}

fn of_the_server(repository: &Repository, arguments: &Arguments) -> Outcome {
    let with_typst = matches!(arguments.name.as_deref(), None | Some("typst"));
    process::succeed(
        cargo(repository.root())
            .args(["run", "--quiet", "--release", "--package", "bench"])
            .args(with_typst.then_some("--features=typst"))
            .arg("--")
            .args(&arguments.name)
            .args(&arguments.rest),
    )
}

/// From a keystroke to the page that shows it, in the real window.
fn preview(repository: &Repository) -> Outcome {
    packages::ensure(&[packages::BUILD, packages::DESKTOP])?;
    ui::ensure_built(repository)?;
    build::shipped_window(repository)?;
    desktop::ensure_driver(repository)?;
    let mut suite = build::shipped_suite(repository);
    suite.args([
        "--",
        "--nocapture",
        "--test-threads=1",
        "the_page_beside_the_typing",
    ]);
    desktop::within(repository, &suite)
}
