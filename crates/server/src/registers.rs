//! The end of the court day: registers that somebody has without asking are sent then. Apart from
//! the other jobs, because it reads whole days. Of several servers each asks; what one sent the
//! others find sent.

use crate::State;
use app::printout::{due_register_day, send_registers};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use vocabulary::Day;

/// How often the clock is looked at.
const ROUND: Duration = Duration::from_secs(1);

/// Sends them every day when the time has come, until the server stops.
pub(crate) fn start(
    state: State,
    at: (i8, i8),
    mut stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    // Whether this ends is told with the jobs'.
    let life = state.pulse.life();
    tokio::spawn(async move {
        let _life = life;
        let mut settled: Option<Day> = None;
        loop {
            let due = due_register_day(state.app.chance.now(), at);
            if settled != Some(due) {
                let sending = send_registers(&state.app, due);
                match AssertUnwindSafe(sending).catch_unwind().await {
                    Ok(Ok(sent)) => {
                        settled = Some(due);
                        if sent > 0 {
                            metrics::counter!("registers_sent_total").increment(sent as u64);
                            tracing::info!(%due, sent, "the registers of the court day were sent");
                        }
                    }
                    Ok(Err(error)) => {
                        tracing::error!(%error, "registers could not be sent; trying again");
                    }
                    Err(_) => tracing::error!("sending registers panicked; trying again"),
                }
            }
            if timeout(ROUND, stopped.changed()).await.is_ok() {
                break;
            }
        }
    })
}
