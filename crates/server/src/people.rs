//! Mail to people and accounts that nobody uses, looked for by the clock. Apart from the other
//! jobs, because mail servers are slow.

use crate::State;
use app::organisation::{send_mail, watch_idle};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep},
};

/// How long this rests.
const REST: Duration = Duration::from_secs(1);
/// How often accounts that nobody uses are looked for.
const IDLE: Duration = Duration::from_secs(60 * 60);

/// Starts it; it ends when `stop` says so.
pub(crate) fn start(state: State, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    // Whether this ends is told with the jobs'.
    let life = state.pulse.life();
    tokio::spawn(async move {
        let _life = life;
        let mut looked: Option<Instant> = None;
        loop {
            let round = async {
                mail(&state).await;
                if looked.is_none_or(|at| at.elapsed() >= IDLE) {
                    idle(&state).await;
                    looked = Some(Instant::now());
                }
            };
            tokio::select! {
                // Mail that is cut off here is sent again: its claim lapses.
                changed = stop.changed() => {
                    if changed.is_err() || *stop.borrow() {
                        break;
                    }
                }
                ended = AssertUnwindSafe(round).catch_unwind() => {
                    if ended.is_err() {
                        tracing::error!("a round of mail panicked; the next one comes");
                    }
                    tokio::select! {
                        changed = stop.changed() => {
                            if changed.is_err() || *stop.borrow() {
                                break;
                            }
                        }
                        () = sleep(REST) => {}
                    }
                }
            }
        }
    })
}

async fn mail(state: &State) {
    match send_mail(&state.app).await {
        Ok(sent) => metrics::counter!("account_mail_sent_total").increment(sent as u64),
        Err(error) => tracing::error!(%error, "mail to people could not be sent; trying again"),
    }
}

async fn idle(state: &State) {
    match watch_idle(&state.app).await {
        Ok((0, 0)) => {}
        Ok((warned, suspended)) => {
            tracing::info!(warned, suspended, "accounts that nobody uses");
        }
        Err(error) => tracing::error!(%error, "accounts that nobody uses could not be looked for"),
    }
}
