//! `deliver`: deliveries carried to partners' systems, one call in five failing, one
//! partner away for a while, the server killed (-9) every minute. What counts is not
//! how fast it goes: none lost, none applied twice, all recorded, and the age of the
//! oldest that has not left visible all along.
//!
//! There is no floor: what a partner does with a call is not ours to measure.

use crate::{Outcome, ground::bench_folder, report::rounded, spawned::Spawned};
use serde_json::json;
use std::{fs, time::Duration};
use testkit::{Plan, SETTINGS, drain};

pub(crate) async fn run(deliveries: usize) -> Outcome {
    let folder = bench_folder().join("deliver");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let settings = folder.join("settings.toml");
    fs::write(&settings, SETTINGS)?;
    let plan = Plan {
        deliveries,
        partners: 8,
        failing: 20,
        kill_every: Duration::from_secs(60),
        kills: usize::MAX,
        away: Duration::from_secs(45),
    };
    let mut server: Option<Spawned> = None;
    let drained = drain(&folder, None, &plan, async || {
        if let Some(server) = server.take() {
            server.kill();
        }
        let started = Spawned::delivering(&folder, &settings).unwrap();
        let url = started.url.clone();
        server = Some(started);
        url
    })
    .await;
    drop(server);
    let line = json!({
        "bench": "deliver",
        "value": rounded(drained.applied as f64 / drained.seconds),
        "unit": "deliveries/s",
        "n": drained.asked,
        "seconds": rounded(drained.seconds),
        "applied": drained.applied,
        "lost": drained.lost,
        "unrecorded": drained.unrecorded,
        "calls": drained.calls,
        "called_again": drained.again,
        "kills": drained.kills,
        "wrong": drained.wrong.len(),
        "oldest_unsent_seconds": rounded(drained.oldest_seconds),
        "oldest_unsent_read": drained.samples,
        "oldest_unsent_unreadable": drained.unreadable,
        "goal": "none lost, none applied twice, all recorded, the age of the oldest unsent readable every time",
        "met": drained.is_good(),
    });
    print(&line);
    fs::remove_dir_all(&folder)?;
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the line is what this program is for")]
fn print(line: &serde_json::Value) {
    println!("{line}");
}
