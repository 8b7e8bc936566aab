//! `reference check`.

use super::print;
use crate::{catalogue, config::Config};
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};

/// The result definitions and other reference data.
#[derive(Debug, Subcommand)]
pub(super) enum Reference {
    /// Print the counts and every open gap.
    Check {
        /// Check this folder instead of the data built in.
        #[arg(long, value_name = "FOLDER")]
        reference: Option<PathBuf>,
    },
}

impl Reference {
    pub(super) fn run(self, mut config: Config) -> Result<ExitCode, String> {
        let Self::Check { reference } = self;
        config.reference = reference.or(config.reference);
        print::line(catalogue::load(&config)?.check().to_string());
        Ok(ExitCode::SUCCESS)
    }
}
