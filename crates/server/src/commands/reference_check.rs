//! `reference check`.

use super::print;
use crate::config::Config;
use clap::Subcommand;
use reference::Catalogue;
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
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let Self::Check { reference } = self;
        let catalogue = match reference.as_deref().or(config.reference.as_deref()) {
            Some(folder) => Catalogue::from_folder(folder),
            None => Catalogue::embedded(),
        }
        .map_err(|error| error.to_string())?;
        print::line(catalogue.check().to_string());
        Ok(ExitCode::SUCCESS)
    }
}
