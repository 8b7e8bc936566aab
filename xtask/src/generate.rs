//! `cargo xtask generate`: the front end's types, written from the contract.
//!
//! The contract itself says what the TypeScript looks like; here it is only put into its file, or
//! (`--check`) compared with it. Nobody edits that file.

use crate::{
    process::{Failure, Outcome},
    repository::Repository,
};
use std::fs;

const FILE: &str = "ui/src/contract/index.ts";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail when the file is not what the contract says
    #[arg(long)]
    check: bool,
}

pub(crate) fn generate(repository: &Repository, arguments: &Arguments) -> Outcome {
    if arguments.check {
        check(repository)
    } else {
        write(repository)
    }
}

pub(crate) fn check(repository: &Repository) -> Outcome {
    if is_current(repository) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{FILE} is not what the contract says; run: cargo xtask generate"
    )))
}

fn write(repository: &Repository) -> Outcome {
    // Left untouched when nothing changed, so that the front end is not built again for nothing.
    if is_current(repository) {
        println!("{FILE} is up to date");
        return Ok(());
    }
    let path = repository.path(FILE);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, contract::typescript())?;
    println!("{FILE} written");
    Ok(())
}

fn is_current(repository: &Repository) -> bool {
    // A checkout with Windows line ends holds the same types.
    fs::read_to_string(repository.path(FILE))
        .is_ok_and(|text| text.replace("\r\n", "\n") == contract::typescript())
}
