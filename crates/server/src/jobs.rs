//! Work that follows commits: making documents, delivering them, signing
//! checkpoints. Driven by the commits and, after a crash or on another server,
//! by the clock.

use crate::State;
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle, time::timeout};

/// How long the jobs rest at most.
const REST: Duration = Duration::from_secs(1);
/// How often a checkpoint is signed.
const CHECKPOINT: Duration = Duration::from_secs(30);

/// Starts the jobs; they end when `stop` says so.
pub(crate) fn start(state: State, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    let mut commits = state.store.commits();
    tokio::spawn(async move {
        let mut signed = tokio::time::Instant::now();
        loop {
            work(&state).await;
            if signed.elapsed() >= CHECKPOINT {
                signed = tokio::time::Instant::now();
                checkpoint(&state).await;
            }
            tokio::select! {
                changed = stop.changed() => {
                    if changed.is_err() || *stop.borrow() {
                        break;
                    }
                }
                _ = timeout(REST, commits.recv()) => {}
            }
        }
        checkpoint(&state).await;
    })
}

async fn work(state: &State) {
    match app::document::make_waiting(&state.app).await {
        Ok(made) if made > 0 => metrics::counter!("documents_made_total").increment(made as u64),
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "documents could not be made; trying again"),
    }
    match app::document::deliver_waiting(&state.app).await {
        Ok(received) if received > 0 => {
            metrics::counter!("deliveries_received_total").increment(received as u64);
        }
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "documents could not be delivered; trying again"),
    }
}

async fn checkpoint(state: &State) {
    if let Err(error) = state.store.checkpoint().await {
        tracing::error!(%error, "the ledger's checkpoint could not be signed");
    }
}
