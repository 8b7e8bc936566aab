//! Keeps what was asked for and refused, four times a second: what a crash loses of it is less
//! than a second old. Apart from the other jobs, which may have much to do. Making events of
//! it is theirs.

use crate::State;
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// How long this rests.
const REST: Duration = Duration::from_millis(250);

/// Starts it; it ends when `stop` says so.
pub(crate) fn start(state: State, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    // Whether this ends is told with the jobs'.
    let life = state.pulse.life();
    tokio::spawn(async move {
        let _life = life;
        let mut failing = false;
        loop {
            let kept = AssertUnwindSafe(app::audit::keep(&state.app));
            let failed = match kept.catch_unwind().await {
                Ok(Ok(())) => false,
                Ok(Err(error)) => {
                    // Said once, not four times a second.
                    if !failing {
                        tracing::error!(%error, "what was asked for and refused cannot be kept; trying again");
                    }
                    true
                }
                Err(_) => {
                    tracing::error!("keeping what was asked for panicked; it is tried again");
                    true
                }
            };
            if failing && !failed {
                tracing::info!("what was asked for and refused is kept again");
            }
            failing = failed;
            if let Ok(changed) = timeout(REST, stop.changed()).await
                && (changed.is_err() || *stop.borrow())
            {
                break;
            }
        }
    })
}
