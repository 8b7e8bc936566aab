//! `deliveries reconcile`.

use super::{print, typed};
use crate::{State, config::Config};
use clap::Subcommand;
use std::process::ExitCode;
use vocabulary::Day;

/// Differences that are named; of more, how many.
const NAMED: usize = 50;

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
        let Self::Reconcile { date } = self;
        let state = State::open(config).await?;
        let day = date.unwrap_or_else(|| state.app.chance.now().day());
        let (from, to) = app::delivery::of_day(day);
        let found = state.store.reconcile_deliveries(from, to).await;
        let found = found.map_err(|error| {
            format!(
                "The deliveries of {day} could not be compared: {error}. `ledger verify` says \
                 whether the record itself is whole."
            )
        })?;
        if found.forgotten > 0 {
            print::line(format!(
                "{} documents of {day} are forgotten: their keys were destroyed, and nothing can be said of them.",
                found.forgotten
            ));
        }
        if found.differences.is_empty() {
            print::line(format!(
                "The index says of the {} deliveries of {day} what the ledger says.",
                found.deliveries
            ));
            return Ok(ExitCode::SUCCESS);
        }
        for difference in found.differences.iter().take(NAMED) {
            print::line(difference.clone());
        }
        if found.differences.len() > NAMED {
            print::line(format!("And {} more.", found.differences.len() - NAMED));
        }
        print::line(format!(
            "The index is not what the ledger says of the {} deliveries of {day}: {} differences.\n\
             What to do: `ledger verify`; if the record is whole, stop the servers and run `ledger rebuild`.",
            found.deliveries,
            found.differences.len()
        ));
        Ok(ExitCode::FAILURE)
    }
}
