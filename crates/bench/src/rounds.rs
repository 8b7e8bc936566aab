//! Floor and work in turns: A-B-A-B, five times, so that whatever else the
//! machine does meets both. A round in which others took much of the machine is
//! void and tried again; if there is no quiet, the report says so.

use crate::{
    Outcome,
    machine::{self, Meter},
};
use std::time::Duration;

/// Rounds that count.
const WANTED: usize = 5;
/// Rounds that are tried for them.
const MOST: usize = 9;
/// The part of the whole machine that others may take in a round.
const QUIET: f64 = 0.10;

/// One round.
#[derive(Debug, Clone, Copy)]
struct Round {
    value: f64,
    floor: f64,
    quiet: bool,
}

/// Some rounds.
#[derive(Debug)]
pub(crate) struct Rounds {
    pub(crate) kept: Vec<Turn>,
    /// Whether they were disturbed: then the figures say nothing.
    pub(crate) void: bool,
    /// Load average when they ended.
    pub(crate) load: f64,
}

/// What a round came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    value: f64,
    floor: f64,
}

impl Rounds {
    pub(crate) fn values(&self) -> Vec<f64> {
        self.kept.iter().map(|turn| turn.value).collect()
    }

    pub(crate) fn floors(&self) -> Vec<f64> {
        self.kept.iter().map(|turn| turn.floor).collect()
    }

    pub(crate) fn ratios(&self) -> Vec<f64> {
        self.kept
            .iter()
            .map(|turn| turn.value / turn.floor)
            .collect()
    }
}

/// Measures floor and work in turns. `watched` are processes whose CPU seconds
/// are told of each round.
pub(crate) async fn interleaved(
    name: &str,
    watched: &[(&str, u32)],
    mut floor: impl AsyncFnMut() -> Outcome<f64>,
    mut work: impl AsyncFnMut() -> Outcome<f64>,
) -> Outcome<Rounds> {
    let mut rounds: Vec<Round> = Vec::new();
    while rounds.len() < MOST && rounds.iter().filter(|round| round.quiet).count() < WANTED {
        let meter = Meter::start();
        let floored = floor().await?;
        let of_floor = meter.stop();
        let before: Vec<f64> = watched.iter().map(|w| machine::cpu(w.1)).collect();
        let meter = Meter::start();
        let value = work().await?;
        let of_work = meter.stop();
        let quiet = of_floor.others().max(of_work.others()) <= QUIET;
        let parts: Vec<String> = watched
            .iter()
            .zip(before)
            .map(|((part, pid), before)| format!("{part} {:.2}", machine::cpu(*pid) - before))
            .collect();
        eprintln!(
            "{name} {}: floor {floored:.4}, work {value:.4}, ratio {:.3}; load {:.2}, \
             CPU seconds in {:.1} s of work: all ours {:.2}, {}; others {:.0} % and {:.0} %{}",
            rounds.len() + 1,
            value / floored,
            machine::load(),
            of_work.seconds,
            of_work.ours,
            parts.join(", "),
            of_floor.others() * 100.0,
            of_work.others() * 100.0,
            if quiet { "" } else { ": disturbed" },
        );
        rounds.push(Round {
            value,
            floor: floored,
            quiet,
        });
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let quiet = rounds.iter().filter(|round| round.quiet).count();
    let void = quiet < 3;
    Ok(Rounds {
        kept: rounds
            .iter()
            .filter(|round| void || round.quiet)
            .map(|round| Turn {
                value: round.value,
                floor: round.floor,
            })
            .collect(),
        void,
        load: machine::load(),
    })
}
