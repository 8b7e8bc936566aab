//! The ordered appender: one task a process takes what is queued, writes it in
//! one transaction and answers each command. A caller that goes away changes
//! nothing: its command is recorded whole or not at all.

use crate::{
    database::{Database, Dialect},
    keys::Keys,
    ledger::{
        batch::Batch,
        follow::{Myself, notify},
        known::Known,
        recent::Recent,
    },
    pen::Link,
    settings::Faults,
};
use app::ports::{Append, Appended, Committed, Fault};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::{
    sync::{broadcast, mpsc, oneshot},
    time::timeout_at,
};

/// Commands in one batch at most: in larger ones everybody waits for everybody, and
/// nothing is decided while the disk is at work.
const MOST_COMMANDS: usize = 32;
/// Of what nobody waits for, in one batch at most: the more there is in one, the less
/// each costs, and a command that comes meanwhile waits for it.
const MOST_READINGS: usize = 96;
/// Events in one batch at most, so that one large command does not hold up the rest.
const MOST_EVENTS: usize = 2_000;

/// How long commands of a refused batch are tried one by one.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long what nobody waits for may wait for company.
const LEISURE: Duration = Duration::from_millis(500);

/// What the task is asked.
pub(crate) enum Order {
    /// Append this; somebody waits for the answer.
    Now {
        append: Append,
        answer: oneshot::Sender<Result<Appended, Fault>>,
    },
    /// Append this within a second; nobody waits.
    Soon(Append),
    /// Append what waits, now.
    Settle(oneshot::Sender<()>),
    /// Append what waits, and end.
    Stop(oneshot::Sender<()>),
}

/// A command with the place where its answer is awaited, if it is.
struct Waiting {
    append: Append,
    answer: Option<oneshot::Sender<Result<Appended, Fault>>>,
}

/// The task's own things.
pub(crate) struct Appender {
    database: Database,
    keys: Keys,
    faults: Faults,
    commits: broadcast::Sender<Committed>,
    myself: Myself,
    /// Whether what nobody waits for found no space, and still waits.
    behind: Arc<AtomicBool>,
    recent: Arc<Recent>,
    known: Known,
    /// Kept as long as it is known to be sound.
    link: Option<Link>,
}

impl Appender {
    pub(crate) fn new(
        database: Database,
        keys: Keys,
        faults: Faults,
        commits: broadcast::Sender<Committed>,
        myself: Myself,
        behind: Arc<AtomicBool>,
        recent: Arc<Recent>,
    ) -> Self {
        Self {
            database,
            keys,
            faults,
            commits,
            myself,
            behind,
            recent,
            known: Known::default(),
            link: None,
        }
    }

    /// Works beside the current runtime until it is told to stop: where nothing is waited
    /// for but a file, on a thread of its own, so that no request waits behind it.
    pub(crate) fn start(self, orders: mpsc::Receiver<Order>) -> io::Result<()> {
        if self.database.file.is_none() {
            tokio::spawn(self.run(orders));
            return Ok(());
        }
        let clock = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()?;
        thread::Builder::new()
            .name("appender".to_owned())
            .spawn(move || clock.block_on(self.run(orders)))?;
        Ok(())
    }

    /// Works until it is told to stop, or nobody can send any more.
    async fn run(mut self, mut orders: mpsc::Receiver<Order>) {
        let mut soon: Vec<Waiting> = Vec::new();
        let mut due: Option<Instant> = None;
        let mut stop: Option<oneshot::Sender<()>> = None;
        let mut ended = false;
        while !ended {
            let first = match due {
                None => orders.recv().await,
                Some(moment) => {
                    let Ok(first) = timeout_at(moment.into(), orders.recv()).await else {
                        (soon, due) = self.serve_soon(soon).await;
                        continue;
                    };
                    first
                }
            };
            ended = first.is_none();
            let mut now: Vec<Waiting> = Vec::new();
            let mut settled: Vec<oneshot::Sender<()>> = Vec::new();
            let mut events = 0;
            let mut next = first;
            // What is queued goes along, as far as one transaction should hold.
            while let Some(order) = next.take() {
                match order {
                    Order::Now { append, answer } => {
                        events += append.streams.iter().map(|s| s.events.len()).sum::<usize>();
                        let answer = Some(answer);
                        now.push(Waiting { append, answer });
                    }
                    Order::Soon(append) => {
                        due = due.or_else(|| Instant::now().checked_add(LEISURE));
                        let answer = None;
                        soon.push(Waiting { append, answer });
                    }
                    Order::Settle(told) => settled.push(told),
                    Order::Stop(stopped) => {
                        stop = Some(stopped);
                        ended = true;
                        break;
                    }
                }
                if now.len() < MOST_COMMANDS && soon.len() < MOST_READINGS && events < MOST_EVENTS {
                    next = orders.try_recv().ok();
                }
            }
            if !now.is_empty() {
                self.serve(now).await;
            }
            let over = due.is_some_and(|due| due <= Instant::now());
            // What found no space waits its time, however much comes after it.
            let full = soon.len() >= MOST_READINGS && !self.behind.load(Ordering::SeqCst);
            if over || ended || full || !settled.is_empty() {
                (soon, due) = self.serve_soon(soon).await;
            }
            for told in settled {
                // Whoever asked may have gone.
                let _ = told.send(());
            }
        }
        if !soon.is_empty() {
            tracing::error!(
                readings = soon.len(),
                "no space: readings were not recorded"
            );
        }
        // Whoever stops us closes the connections next.
        drop(self);
        if let Some(stopped) = stop {
            // Whoever asked may have gone.
            let _ = stopped.send(());
        }
    }

    /// Serves what nobody waits for. What finds no space waits for the next time,
    /// and meanwhile no more is taken without waiting: nobody goes on to look at
    /// cases of which no record can be made.
    async fn serve_soon(&mut self, soon: Vec<Waiting>) -> (Vec<Waiting>, Option<Instant>) {
        let waiting = self.serve(soon).await;
        self.behind.store(!waiting.is_empty(), Ordering::SeqCst);
        let due = (!waiting.is_empty()).then(|| Instant::now() + LEISURE);
        (waiting, due)
    }

    /// One batch; if the database refuses it, its commands one by one, so that
    /// nobody fails for a neighbour. Gives back what nobody waits for and found no space.
    async fn serve(&mut self, batch: Vec<Waiting>) -> Vec<Waiting> {
        if batch.is_empty() {
            return batch;
        }
        metrics::histogram!("store_append_batch_commands").record(batch.len() as f64);
        let appends: Vec<&Append> = batch.iter().map(|waiting| &waiting.append).collect();
        let outcomes = match self.commit(&appends).await {
            Ok(outcomes) => outcomes,
            Err(Fault::NoSpace) => {
                tracing::error!("no space left for the ledger: nothing was recorded");
                appends.iter().map(|_| Err(Fault::NoSpace)).collect()
            }
            Err(refused) if appends.len() == 1 => {
                tracing::error!(fault = %refused, "an append was refused");
                vec![Err(refused)]
            }
            Err(refused) => {
                tracing::warn!(fault = %refused, "a batch was refused: its commands one by one");
                let begun = Instant::now();
                let mut outcomes = Vec::with_capacity(appends.len());
                for append in appends {
                    // A database that cannot be reached refuses each of them, slowly:
                    // then all are told at once.
                    let outcome = if begun.elapsed() < PATIENCE {
                        self.commit(&[append]).await
                    } else {
                        Err(refused.clone())
                    };
                    outcomes.push(outcome.and_then(|mut one| {
                        one.pop()
                            .unwrap_or_else(|| Err(Fault::Broken("no outcome".to_owned())))
                    }));
                }
                outcomes
            }
        };
        let mut again = Vec::new();
        for (waiting, outcome) in batch.into_iter().zip(outcomes) {
            match (waiting.answer, outcome) {
                // A caller that went away will ask again with the same command id.
                (Some(answer), outcome) => drop(answer.send(outcome)),
                (None, Ok(_)) => {}
                (None, Err(Fault::NoSpace)) => again.push(Waiting {
                    append: waiting.append,
                    answer: None,
                }),
                (None, Err(refused)) => {
                    tracing::error!(fault = %refused, "a reading was not recorded");
                }
            }
        }
        again
    }

    /// Writes one batch in one transaction. An error means that nothing was written,
    /// or, if the connection broke in the commit, that nobody knows: the command
    /// ids make trying again safe.
    async fn commit(&mut self, appends: &[&Append]) -> Result<Vec<Result<Appended, Fault>>, Fault> {
        let _gate = self.database.gate().await;
        let mut link = match self.link.take() {
            Some(link) => link,
            None => self.database.link().await?,
        };
        let mut known = std::mem::take(&mut self.known);
        let mut begun = self.database.begin(&mut link).await?;
        let (keys, recent) = (&self.keys, &self.recent);
        let (outcomes, outside) =
            Batch::write(begun.pen(), &mut known, keys, recent, appends).await?;
        if outside.nothing_written {
            begun.undo().await?;
        } else {
            if self.faults.strikes_append() {
                return Err(Fault::NoSpace);
            }
            if self.database.dialect == Dialect::Postgres {
                notify(begun.pen(), &self.myself, &outside.committed).await?;
            }
            begun.commit().await?;
        }
        if let Some((position, _)) = &known.end {
            self.myself.seen.fetch_max(*position, Ordering::SeqCst);
        }
        for stream in &outside.grown {
            if let Some(head) = known.heads.get(stream)
                && let Some(state) = &head.state
            {
                self.recent
                    .put(*stream, head.version, head.hash.clone(), state.clone());
            }
        }
        // Only now is what is remembered true, and the connection known to be sound.
        self.known = known;
        self.link = Some(link);
        for committed in outside.committed {
            // Nobody may be looking.
            let _ = self.commits.send(committed);
        }
        Ok(outcomes)
    }
}
