//! `ledger verify`, `ledger compare` and `ledger rebuild`.

use super::print;
use crate::{State, config::Config};
use clap::Subcommand;
use std::process::ExitCode;
use store::{Checkpoint, Compared, FirstBad, Verification, Wrong};

/// The status of a ledger that is whole as far as it goes, and whose end is not proven.
const END_NOT_PROVEN: u8 = 3;

/// Prove that the record was not altered, or make the lists derived from it again.
#[derive(Debug, Subcommand)]
pub(super) enum Ledger {
    /// Prove that nothing in the record was altered or removed.
    ///
    /// Goes through every event from the first on, and holds the end against the
    /// checkpoint that the server signs and keeps with its keys. Changes nothing;
    /// a server may be running meanwhile.
    #[command(after_help = "\
Ends with status
  0  the record is whole, its end included
  1  something was altered or removed (the first such event is named), or the
     record could not be gone through at all
  3  what is there is whole, and there is no checkpoint to prove its end

Example:
  common-platform-server ledger verify --data /srv/court")]
    Verify,
    /// Hold every list and search table against the events.
    ///
    /// Who may do what is decided by lists that follow from the events: roles of
    /// accounts, reasons that were given, who is on record. Whoever can write into the
    /// database could alter those and no event. Makes them all a second time and names
    /// what is another; changes nothing. No server may be running meanwhile.
    #[command(after_help = "\
Ends with status
  0  every list says what the events say
  1  one says something else (it is named), or they could not be compared

Example:
  common-platform-server ledger verify --data /srv/court
  common-platform-server ledger compare --data /srv/court")]
    Compare,
    /// Make every list and search table again from the events.
    ///
    /// For after an update that says so, or when `ledger verify` asks for it. No
    /// event is changed. No server may be running on the record meanwhile.
    #[command(after_help = "\
Example:
  common-platform-server ledger rebuild --data /srv/court")]
    Rebuild,
}

impl Ledger {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        match self {
            Self::Verify => {
                // Not even its tables are brought up to date: this may be evidence.
                let store = State::record(config).await?;
                store.ready().await.map_err(|error| {
                    format!(
                        "The ledger was not gone through, and nothing was changed: {error}. If \
                         the record may be evidence, do so on a copy."
                    )
                })?;
                let found = store.verify().await.map_err(|error| {
                    format!(
                        "The ledger could not be gone through: {error}. If a file is damaged or \
                         missing, put it back from your copy of {}, then verify again.",
                        config.keys.display()
                    )
                })?;
                let (status, said) = judged(&found, config);
                print::line(said);
                Ok(status)
            }
            Self::Compare => {
                let store = State::record(config).await?;
                store.ready().await.map_err(|error| {
                    format!("Nothing was compared, and nothing was changed: {error}.")
                })?;
                let _alone = store.keep_servers_away().map_err(|error| {
                    format!(
                        "Nothing was compared: {error}. Stop every server of {} first, and close \
                         desktops that opened it, then compare again.",
                        config.database_name()
                    )
                })?;
                let compared = store.compare_lists().await.map_err(|error| {
                    format!(
                        "The lists could not be compared, and nothing was changed: {error}. \
                         `ledger verify` says whether the record itself is whole."
                    )
                })?;
                Ok(held_against(&compared))
            }
            Self::Rebuild => {
                let state = State::open(config).await?;
                let _alone = state.store.keep_servers_away().map_err(|error| {
                    format!(
                        "Nothing was rebuilt: {error}. Stop every server of {} first, and close \
                         desktops that opened it, then rebuild again.",
                        config.database_name()
                    )
                })?;
                let rebuilt = state.store.rebuild().await.map_err(|error| {
                    format!(
                        "Nothing was rebuilt, and nothing was changed: {error}. \
                         `ledger verify` says whether the record itself is whole."
                    )
                })?;
                print::line(format!(
                    "Every list and search table was made again from {} events.",
                    rebuilt.events
                ));
                if rebuilt.forgotten > 0 {
                    print::line(format!(
                        "Of them {} are forgotten: their keys were destroyed, and nothing is made of them.",
                        rebuilt.forgotten
                    ));
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// What the lists were found to say.
fn held_against(compared: &Compared) -> ExitCode {
    if compared.differences.is_empty() {
        print::line(format!(
            "Every list says what the events say: {} rows, made again from {} events, and nothing \
             was changed.",
            compared.rows, compared.events
        ));
        return ExitCode::SUCCESS;
    }
    print::line(format!(
        "The lists are not what the events make of them:\n  {}\n\
         What to do: if this version of the program is new to this record, run `ledger rebuild` and \
         compare again. If not, somebody wrote into the database: stop serving it, keep a copy as \
         evidence, find out who, then run `ledger rebuild`.",
        compared.differences.join("\n  ")
    ));
    ExitCode::FAILURE
}

/// What was found, in words, and the status that goes with it.
fn judged(found: &Verification, config: &Config) -> (ExitCode, String) {
    let so_far = format!("{} events in {} streams", found.events, found.streams);
    match (&found.bad, &found.checkpoint) {
        (Some(bad), _) => (ExitCode::FAILURE, wrong(bad, found.events)),
        (None, Some(signed)) => {
            let later = found.events.saturating_sub(signed.position);
            let later = match later {
                0 => String::new(),
                later => format!(
                    "\n  Recorded since then: {later}. They follow on it; that they are the last is \
                     proven by the next checkpoint."
                ),
            };
            let said = format!(
                "The ledger is whole: nothing was altered, nothing was removed.\n  \
                 {so_far}.\n  \
                 The end is proven up to event {}, by the checkpoint.{later}\n  \
                 Hash of the last event: {}",
                signed.position, found.hash
            );
            (ExitCode::SUCCESS, said)
        }
        (None, None) => {
            let said = format!(
                "What is there is whole ({so_far}), but the end is not proven: there is no checkpoint \
                 at {}. Whether later events were removed cannot be told.\n\
                 What to do: if this record was ever served or seeded, put {} back from your copy of \
                 the keys, and verify again before you serve it: a server signs what it finds. \
                 If it never was, serve it: the first checkpoint is signed within a minute.",
                config.keys.join(Checkpoint::FILE).display(),
                Checkpoint::FILE,
            );
            (ExitCode::from(END_NOT_PROVEN), said)
        }
    }
}

fn wrong(bad: &FirstBad, whole: u64) -> String {
    let what = &bad.what;
    let keep = "What to do: stop serving this record, keep the database and the keys as they are \
                (they are the evidence), and restore the last backup that verifies as whole.";
    match bad.wrong {
        Wrong::Event => format!(
            "The ledger is not whole: something was altered or removed.\n  \
             First at event {} (position {}, {}, version {}): {what}.\n  \
             The {whole} events before it are as they were recorded.\n{keep}",
            bad.event_id, bad.position, bad.stream, bad.version
        ),
        Wrong::End => format!(
            "The ledger is not whole: it does not end as this server signed it.\n  \
             At position {}: {what}.\n  \
             The {whole} events that are there follow on each other.\n{keep}",
            bad.position
        ),
        Wrong::Key => format!(
            "The {whole} events are whole, and not all of them can be opened.\n  \
             First, of {}: {what}.\n{keep}",
            bad.stream
        ),
        Wrong::Head => {
            let stream = match bad.stream.as_str() {
                "" => String::new(),
                stream => format!(" ({stream})"),
            };
            format!(
                "The {whole} events are whole, but what is derived from them is not: {what}{stream}.\n\
                 What to do: stop the servers, run `ledger rebuild`, then verify again."
            )
        }
    }
}
