//! Whether the index says of a day's deliveries what the ledger says.

use super::print;
use crate::{State, chance::SystemChance, config::Config};
use app::ports::Chance;
use std::process::ExitCode;
use vocabulary::Day;

/// Differences that are named; of more, how many.
const NAMED: usize = 50;

/// Compares, and names what differs.
pub(super) async fn reconcile(config: &Config, date: Option<Day>) -> Result<ExitCode, String> {
    // Not even its tables are brought up to date: this may be evidence.
    let store = State::record(config).await?;
    store.ready().await.map_err(|error| {
        format!("The deliveries were not compared, and nothing was changed: {error}.")
    })?;
    let day = date.unwrap_or_else(|| SystemChance::starting_on(config.today).now().day());
    let (from, to) = app::delivery::of_day(day);
    let found = store.reconcile_deliveries(from, to).await;
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
