//! `reference check`.

use super::print;
use crate::{catalogue, config::Config};
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};

/// Look at the reference data: results, documents, offences and their rules.
#[derive(Debug, Subcommand)]
pub(super) enum Reference {
    /// List what the reference data lacks, by kind; the counts come last.
    #[command(after_help = "\
Example: your own tables, before they are served
  common-platform-server reference check --reference /srv/tables")]
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
        let tables = catalogue::load(&config)?;
        catalogue::texts(&config, &tables)?;
        print::line(tables.check().to_string());
        Ok(ExitCode::SUCCESS)
    }
}
