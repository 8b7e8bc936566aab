//! The only scripts of this repository: `cargo xtask run`, `test`, `tidy`, `generate`, `bench`,
//! `dist`, `check-windows`, `fmt` and `lint`.
//!
//! They are written in Rust so that they run the same on every machine that can build the product,
//! and can be tested like the rest of it. They hold no knowledge of the courts, and they never
//! repair what they check: `tidy` and `test` only say what is wrong and where.
#![allow(
    clippy::print_stdout,
    reason = "what a command of the workshop has to say, it says on the terminal"
)]

mod bench;
mod build;
mod desktop;
mod dist;
mod generate;
mod packages;
mod process;
mod repository;
mod run;
mod test;
mod tidy;
mod toolchain;
mod ui;
mod windows;

use clap::{Parser, Subcommand};
use process::Outcome;
use repository::Repository;
use std::process::ExitCode;

/// The workshop of Common Platform.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set everything up and open the desktop app on its embedded demo court; without a display,
    /// drive the real window through the guided tour and leave pictures and PDFs in target/tour/
    Run(run::Arguments),
    /// Check and test everything, as the continuous integration does
    Test(test::Arguments),
    /// Check the order of the house: who may depend on whom, file heads, lengths, paths
    Tidy,
    /// Write the front end's types from the contract
    Generate(generate::Arguments),
    /// Run the benchmarks; one JSON line each
    Bench(bench::Arguments),
    /// Build the release and its .deb package
    Dist,
    /// Type-check the whole desktop for Windows, in a target folder of its own
    CheckWindows,
    /// Format every Rust file
    Fmt,
    /// Run clippy as the tests do, warnings denied
    Lint,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = Repository::find().and_then(|repository| perform(&repository, arguments.task));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(repository: &Repository, task: Task) -> Outcome {
    match task {
        Task::Run(arguments) => run::run(repository, &arguments),
        Task::Test(arguments) => test::test(repository, &arguments),
        Task::Tidy => tidy::tidy(repository),
        Task::Generate(arguments) => generate::generate(repository, &arguments),
        Task::Bench(arguments) => bench::bench(repository, &arguments),
        Task::Dist => dist::dist(repository),
        Task::CheckWindows => windows::check(repository),
        Task::Fmt => build::format(repository),
        Task::Lint => {
            ui::ensure_built(repository)?;
            build::lint(repository)
        }
    }
}
