//! Work that follows commits: making documents, delivering them, watching for what
//! is overdue, signing checkpoints, sweeping up. Driven by the commits and, after a crash or on
//! another server, by the clock. Whatever goes wrong in a round, the next one
//! comes; `pulse` says when it does not.

use crate::{State, alarms::Alarms};
use app::{
    document::{Setbacks, deliver_due, make_due},
    ports::Committed,
};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{
    sync::{broadcast, watch},
    task::JoinHandle,
    time::{Instant, timeout},
};

/// How long the jobs rest at most.
const REST: Duration = Duration::from_secs(1);
/// Documents that are worked on at once: while one waits for the disk, another is set,
/// and what is recorded of several goes to the disk together.
const AT_ONCE: usize = 16;
/// How often a checkpoint is signed.
const CHECKPOINT: Duration = Duration::from_secs(30);
/// How often counted tries are swept up.
const TRIES: Duration = Duration::from_secs(60);
/// How often what was refused is recorded.
const REFUSALS: Duration = Duration::from_secs(60);
/// How often what was asked for is recorded.
const ASKED: Duration = Duration::from_secs(5 * 60);
/// How often uploads that nobody served are swept up.
const UPLOADS: Duration = Duration::from_secs(60 * 60);

/// Starts the jobs; they end when `stop` says so.
pub(crate) fn start(state: State, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    let mut commits = state.store.commits();
    let life = state.pulse.life();
    tokio::spawn(async move {
        let _life = life;
        let mut jobs = Jobs::new(state);
        loop {
            if AssertUnwindSafe(jobs.round()).catch_unwind().await.is_err() {
                tracing::error!("a round of the jobs panicked; the next one comes");
            }
            jobs.state.pulse.beat();
            tokio::select! {
                changed = stop.changed() => {
                    if changed.is_err() || *stop.borrow() {
                        break;
                    }
                }
                _ = timeout(REST, documents(&mut commits)) => {}
            }
        }
        jobs.refusals().await;
        jobs.asked().await;
    })
}

/// Waits for a commit after which a document is to be made or delivered.
async fn documents(commits: &mut broadcast::Receiver<Committed>) {
    while let Ok(committed) = commits.recv().await {
        if committed.documents {
            return;
        }
    }
}

/// What the jobs remember from round to round.
struct Jobs {
    state: State,
    making: Setbacks,
    delivering: Setbacks,
    alarms: Alarms,
    signed: Instant,
    tries_swept: Option<Instant>,
    refused: Instant,
    asked: Instant,
    uploads_swept: Option<Instant>,
}

impl Jobs {
    fn new(state: State) -> Self {
        Self {
            state,
            making: Setbacks::default(),
            delivering: Setbacks::default(),
            alarms: Alarms::default(),
            signed: Instant::now(),
            tries_swept: None,
            refused: Instant::now(),
            asked: Instant::now(),
            uploads_swept: None,
        }
    }

    async fn round(&mut self) {
        self.documents().await;
        self.alarms.round(&self.state).await;
        if self.signed.elapsed() >= CHECKPOINT {
            self.signed = Instant::now();
            self.checkpoint().await;
        }
        if due(&mut self.tries_swept, TRIES) {
            self.sweep_tries().await;
        }
        if self.refused.elapsed() >= REFUSALS {
            self.refused = Instant::now();
            self.refusals().await;
        }
        if self.asked.elapsed() >= ASKED {
            self.asked = Instant::now();
            self.asked().await;
        }
        if due(&mut self.uploads_swept, UPLOADS) {
            self.sweep_uploads().await;
        }
    }

    async fn documents(&mut self) {
        let app = &self.state.app;
        let (made, received) = tokio::join!(
            make_due(app, &mut self.making, AT_ONCE),
            deliver_due(app, &mut self.delivering, AT_ONCE),
        );
        match made {
            Ok(made) if made > 0 => {
                metrics::counter!("documents_made_total").increment(made as u64);
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "documents could not be made; trying again"),
        }
        match received {
            Ok(received) if received > 0 => {
                metrics::counter!("deliveries_received_total").increment(received as u64);
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "documents could not be delivered; trying again"),
        }
    }

    async fn refusals(&self) {
        if let Err(error) = app::audit::record_refusals(&self.state.app).await {
            tracing::error!(%error, "refusals could not be recorded yet");
        }
    }

    async fn asked(&self) {
        if let Err(error) = app::audit::record_asked(&self.state.app).await {
            tracing::error!(%error, "what was asked for could not be recorded yet");
        }
    }

    async fn checkpoint(&self) {
        if let Err(error) = self.state.store.checkpoint().await {
            tracing::error!(%error, "the ledger's checkpoint could not be signed");
        }
    }

    async fn sweep_tries(&self) {
        let app = &self.state.app;
        let now = app.chance.now();
        let before = now.plus_seconds(-app::account::LONGEST_WINDOW);
        let known_before = now.plus_seconds(-app::account::KNOWN_FOR);
        if let Err(error) = app.work.sweep_tries(before, known_before).await {
            tracing::error!(%error, "counted tries could not be swept up");
        }
    }

    async fn sweep_uploads(&self) {
        let now = self.state.app.chance.now();
        match self.state.store.sweep_uploads(now).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed uploads that nobody served"),
            Err(error) => tracing::error!(%error, "old uploads could not be swept up"),
        }
        match self.state.store.sweep_unreferenced(now).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed bytes to which nothing refers"),
            Err(error) => tracing::error!(%error, "unreferenced bytes could not be swept up"),
        }
    }
}

/// Whether something was not done for so long, noting that it is done now.
fn due(last: &mut Option<Instant>, every: Duration) -> bool {
    let due = last.is_none_or(|last| last.elapsed() >= every);
    if due {
        *last = Some(Instant::now());
    }
    due
}
