//! `cargo xtask bench [NAME]`: the benchmarks, in release, one JSON line each on standard output.
//!
//! The crate is no default member, so no test run ever builds it. What is measured and against
//! which floor is said in crates/bench.

use crate::{
    process::{self, Outcome, cargo},
    repository::Repository,
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
    process::succeed(
        cargo(repository.root())
            .args(["run", "--quiet", "--release", "--package", "bench", "--"])
            .args(&arguments.name)
            .args(&arguments.rest),
    )
}
