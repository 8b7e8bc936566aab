//! Whose turn it is to be carried to. Each recipient has a round of its own, and many
//! are under way at once; one that is away is left alone for a while, longer each
//! time, and holds up no other. Apart from the other jobs, because the world outside
//! is slow.

use crate::State;
use app::{
    document::{Round, carry_to},
    ports::Towards,
};
use futures::FutureExt;
use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    time::Duration,
};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep, timeout},
};

/// How many recipients are carried to at once.
const AT_ONCE: usize = 32;
/// How long this rests at most when nothing waits.
const REST: Duration = Duration::from_secs(1);
/// How long it rests at least: a list of who waits costs the database something.
const BREATH: Duration = Duration::from_millis(100);
/// The first time for which a recipient that is away is left alone; each further one
/// is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST: Duration = Duration::from_secs(60);
/// How often the gauges are set.
const GAUGES: Duration = Duration::from_secs(5);
/// How often old tries are swept up.
const SWEEP: Duration = Duration::from_secs(60 * 60);
/// How long those on their way may take when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// Starts carrying; it ends when `stop` says so.
pub(crate) async fn start(
    state: State,
    give_up: i64,
    mut stop: watch::Receiver<bool>,
) -> JoinHandle<()> {
    // Whether this ends is told with the jobs'.
    let life = state.pulse.life();
    let mut rounds = Rounds {
        state,
        give_up,
        under_way: JoinSet::new(),
        busy: HashSet::new(),
        away: HashMap::new(),
        listed: None,
        gauged: None,
        swept: None,
    };
    // Before anybody can ask: what waits is visible in every answer of a server that was
    // killed and comes back.
    rounds.gauge().await;
    tokio::spawn(async move {
        let _life = life;
        loop {
            rounds.begin().await;
            rounds.gauge().await;
            rounds.sweep().await;
            let rest = if rounds.busy.is_empty() { REST } else { BREATH };
            tokio::select! {
                changed = stop.changed() => {
                    if changed.is_err() || *stop.borrow() {
                        break;
                    }
                }
                () = rounds.rest(rest) => {}
            }
        }
        // What is cut off here is sent again: its claim lapses.
        let ended = async { while rounds.under_way.join_next().await.is_some() {} };
        let _ = timeout(GRACE, ended).await;
    })
}

type Ended = (Towards, Option<Round>);

struct Rounds {
    state: State,
    give_up: i64,
    under_way: JoinSet<Ended>,
    busy: HashSet<Towards>,
    away: HashMap<Towards, (Duration, Instant)>,
    listed: Option<Instant>,
    gauged: Option<Instant>,
    swept: Option<Instant>,
}

impl Rounds {
    /// Begins a round for everybody for whom something waits, as far as there is room.
    async fn begin(&mut self) {
        // Whoever has more goes on by itself; the list is for those who come new.
        let listed = self.listed.is_some_and(|at| at.elapsed() < REST);
        if self.busy.len() >= AT_ONCE || (listed && !self.busy.is_empty()) {
            return;
        }
        self.listed = Some(Instant::now());
        let app = &self.state.app;
        let waiting = match app.carrying.recipients(app.chance.now()).await {
            Ok(waiting) => waiting,
            Err(error) => {
                tracing::error!(%error, "who waits for deliveries cannot be told; trying again");
                return;
            }
        };
        let now = Instant::now();
        for to in waiting {
            let rests = |(_, until): &(Duration, Instant)| *until > now;
            if self.busy.len() >= AT_ONCE {
                break;
            }
            if self.away.get(&to).is_some_and(rests) || !self.busy.insert(to) {
                continue;
            }
            self.round(to);
        }
    }

    /// A round for one recipient. What breaks there is told and holds up nobody.
    fn round(&mut self, to: Towards) {
        let (app, give_up) = (self.state.app.clone(), self.give_up);
        self.under_way.spawn(async move {
            let round = AssertUnwindSafe(carry_to(&app, to, give_up));
            let ended = match round.catch_unwind().await {
                Ok(Ok(round)) => Some(round),
                Ok(Err(error)) => {
                    tracing::error!(?to, %error, "deliveries could not be carried");
                    None
                }
                Err(_) => {
                    tracing::error!(?to, "carrying deliveries panicked");
                    None
                }
            };
            (to, ended)
        });
    }

    /// Until a round ends, or for so long.
    async fn rest(&mut self, rest: Duration) {
        if self.under_way.is_empty() {
            sleep(rest).await;
            return;
        }
        let begun = Instant::now();
        if let Ok(Some(ended)) = timeout(REST, self.under_way.join_next()).await {
            self.ended(ended);
        }
        while let Some(ended) = self.under_way.try_join_next() {
            self.ended(ended);
        }
        sleep(BREATH.saturating_sub(begun.elapsed()).min(rest)).await;
    }

    fn ended(&mut self, ended: Result<Ended, tokio::task::JoinError>) {
        // What panics is caught inside; a task that was not let end is no recipient's fault.
        let Ok((to, round)) = ended else {
            return;
        };
        self.busy.remove(&to);
        if let Some(round) = round {
            metrics::counter!("deliveries_carried_total").increment(round.taken as u64);
            metrics::counter!("deliveries_dead_total").increment(round.dead as u64);
            if !round.away {
                self.away.remove(&to);
                // As long as it goes well and there is room for others, what waits behind
                // needs no list.
                if round.full && round.taken > 0 && self.busy.len() < AT_ONCE / 2 {
                    self.busy.insert(to);
                    self.round(to);
                }
                return;
            }
        }
        let last = self.away.get(&to).map(|(wait, _)| *wait);
        let wait = last.map_or(FIRST, |wait| (wait * 2).min(LONGEST));
        self.away.insert(to, (wait, Instant::now() + wait));
    }

    /// Forgets the tries of what was superseded while it waited.
    async fn sweep(&mut self) {
        if self.swept.is_some_and(|at| at.elapsed() < SWEEP) {
            return;
        }
        self.swept = Some(Instant::now());
        let app = &self.state.app;
        if let Err(error) = app.carrying.sweep_attempts(app.chance.now()).await {
            tracing::warn!(%error, "old tries of deliveries could not be swept up");
        }
    }

    /// How old the oldest delivery is that has not left, and how many are dead letters.
    async fn gauge(&mut self) {
        if self.gauged.is_some_and(|at| at.elapsed() < GAUGES) {
            return;
        }
        self.gauged = Some(Instant::now());
        let app = &self.state.app;
        let (oldest, dead) = match (
            app.carrying.oldest_waiting().await,
            app.carrying.count_dead().await,
        ) {
            (Ok(oldest), Ok(dead)) => (oldest, dead),
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "the age of deliveries cannot be told");
                return;
            }
        };
        let now = app.chance.now().micros();
        let age = oldest.map_or(0, |oldest| (now - oldest.micros()).max(0) / 1_000_000);
        metrics::gauge!("delivery_oldest_unsent_seconds").set(age as f64);
        metrics::gauge!("deliveries_dead").set(dead as f64);
    }
}
