//! `ledger verify` and `ledger rebuild`.

use super::print;
use crate::{State, config::Config};
use clap::Subcommand;
use std::process::ExitCode;

/// The ledger: prove that nothing was altered, or make what is derived from it again.
#[derive(Debug, Subcommand)]
pub(super) enum Ledger {
    /// Walk both chains from the first event and compare with the signed checkpoint.
    /// Ends with status 1 and names the event if anything was altered or removed.
    Verify,
    /// Drop and remake every derived table from the events; nobody should be serving meanwhile.
    Rebuild,
}

impl Ledger {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let state = State::open(config).await?;
        match self {
            Self::Verify => {
                let verification = state.store.verify().await.map_err(|e| e.to_string())?;
                if let Some(bad) = &verification.bad {
                    print::line(format!(
                        "The ledger was altered. Event {} (position {}, {} version {}): {}",
                        bad.event_id, bad.position, bad.stream, bad.version, bad.what
                    ));
                    return Ok(ExitCode::FAILURE);
                }
                let checkpoint = match &verification.checkpoint {
                    Some(checkpoint) => {
                        format!("and the checkpoint signed at event {}", checkpoint.position)
                    }
                    None => "and no checkpoint was signed yet".to_owned(),
                };
                print::line(format!(
                    "The ledger is whole: {} events in {} streams, head {}, {checkpoint}.",
                    verification.events, verification.streams, verification.hash
                ));
            }
            Self::Rebuild => {
                let rebuilt = state.store.rebuild().await.map_err(|e| e.to_string())?;
                print::line(format!(
                    "Made every derived table again from {} events ({} of them forgotten).",
                    rebuilt.events, rebuilt.forgotten
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
