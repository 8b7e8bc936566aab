//! The daily reconciliation. At a time of day the deliveries of the day before are reckoned from
//! the ledger alone, kept agency by agency, and held against the lists; where they differ, the
//! courts have an alarm until a later look finds them the same. Each day is claimed: of servers on
//! one record one does it, and if that one is killed another does once its claim has lapsed.
//! Apart from the other jobs, because a large day takes its time.

use crate::State;
use app::{
    delivery::{due_day, due_days, of_day},
    ports::{Courts, Fault},
};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant as Monotonic, timeout},
};
use vocabulary::{Day, Instant};

/// How often the clock is looked at.
const ROUND: Duration = Duration::from_secs(1);
/// How often it is asked what other servers found, when there is nothing to do.
const LOOK: Duration = Duration::from_secs(5);
/// For how long a server holds a day, in seconds.
const CLAIM: i64 = 10 * 60;
/// After how many seconds a day that differed is looked at again.
const AGAIN: i64 = 60 * 60;
/// Whatever the clock showed when it was looked at last: it may have been set back since.
const YEARS: i64 = 10 * 366 * 24 * 60 * 60;

/// Reckons every day when its time has come, until the server stops.
pub(crate) fn start(
    state: State,
    at: (i8, i8),
    mut stopped: watch::Receiver<bool>,
) -> JoinHandle<()> {
    // Whether this ends is told with the jobs'.
    let life = state.pulse.life();
    tokio::spawn(async move {
        let _life = life;
        let mut reckoner = Reckoner {
            state,
            at,
            settled: None,
            looked: None,
            differing: Vec::new(),
            begins: true,
        };
        loop {
            match AssertUnwindSafe(reckoner.round()).catch_unwind().await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::error!(%error, "the day's deliveries could not be reconciled; trying again");
                }
                Err(_) => {
                    tracing::error!("reconciling the day's deliveries panicked; trying again");
                }
            }
            if timeout(ROUND, stopped.changed()).await.is_ok() {
                break;
            }
        }
    })
}

struct Reckoner {
    state: State,
    at: (i8, i8),
    /// The day that was due when everything was done.
    settled: Option<Day>,
    looked: Option<Monotonic>,
    differing: Vec<Day>,
    /// Nothing was looked at again yet: somebody may have mended the lists meanwhile.
    begins: bool,
}

impl Reckoner {
    async fn round(&mut self) -> Result<(), Fault> {
        let app = &self.state.app;
        let now = app.chance.now();
        let due = due_day(now, self.at);
        let looked = self.looked.is_some_and(|at| at.elapsed() < LOOK);
        if self.settled == Some(due) && looked {
            return Ok(());
        }
        self.looked = Some(Monotonic::now());
        let come = app.reckoning.reckonings().await?;
        let never = Instant::from_micros(0);
        for day in due_days(&come, due) {
            self.reckon(day, never).await?;
        }
        let again = if self.begins {
            now.plus_seconds(YEARS)
        } else {
            now.plus_seconds(-AGAIN)
        };
        for day in &come.differing {
            self.reckon(*day, again).await?;
        }
        self.begins = false;
        let come = app.reckoning.reckonings().await?;
        let all = come.open.is_empty() && come.last >= Some(due);
        self.settled = all.then_some(due);
        metrics::gauge!("reconciliation_differing_days").set(come.differing.len() as f64);
        if come.differing != self.differing {
            self.differing = come.differing;
            let stale = vec![("alarms".to_owned(), Courts::All)];
            self.state.hub.tell_courts(stale);
        }
        Ok(())
    }

    /// Reckons a day, if it is this server's to do.
    async fn reckon(&self, day: Day, again: Instant) -> Result<(), Fault> {
        let app = &self.state.app;
        let now = app.chance.now();
        let until = now.plus_seconds(CLAIM);
        let ours = app.reckoning.claim_reckoning(day, now, until, again);
        if !ours.await? {
            return Ok(());
        }
        let (from, to) = of_day(day);
        let found = self.state.store.reconcile_deliveries(from, to).await?;
        let (at, figures) = (app.chance.now(), &found.agencies);
        if !app
            .reckoning
            .keep_reckoning(day, at, until, figures)
            .await?
        {
            tracing::warn!(%day, "another server reconciled the day's deliveries meanwhile");
            return Ok(());
        }
        let (deliveries, forgotten) = (found.deliveries, found.forgotten);
        let differing: u64 = figures.iter().map(|own| own.differing).sum();
        if differing == 0 {
            tracing::info!(%day, deliveries, forgotten, "the lists say of the day's deliveries what the ledger says");
        } else {
            tracing::error!(
                %day, deliveries, forgotten, differing,
                "the lists do not say of the day's deliveries what the ledger says: \
                 `deliveries reconcile --date` names what differs"
            );
        }
        Ok(())
    }
}
