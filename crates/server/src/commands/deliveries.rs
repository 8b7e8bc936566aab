//! `deliveries reconcile`.

use super::{reconcile, typed};
use crate::config::Config;
use clap::Subcommand;
use std::process::ExitCode;
use vocabulary::Day;

/// Prove what became of the deliveries of a day.
#[derive(Debug, Subcommand)]
pub(super) enum Deliveries {
    /// Compare the deliveries of a day with the ledger.
    ///
    /// Folds every document that was asked for on the day from its events once more,
    /// and holds each delivery against the index, from which alarms and the daily
    /// reconciliation are shown. Changes nothing; a server may be running meanwhile.
    #[command(after_help = "\
Ends with status
  0  the index says what the ledger says
  1  something differs (each difference is named), or it could not be compared

Example:
  common-platform-server deliveries reconcile --date 2026-11-23 --data /srv/court")]
    Reconcile {
        /// The day on which the documents were asked for. [default: today]
        #[arg(long, value_name = "DATE", value_parser = typed::day)]
        date: Option<Day>,
    },
}

impl Deliveries {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        match self {
            Self::Reconcile { date } => reconcile::reconcile(config, date).await,
        }
    }
}
