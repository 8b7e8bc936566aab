//! Many deliveries, carried on a bad day: partners fail and one is away, and the
//! server is killed (-9) again and again. What came of it is counted on both sides:
//! none lost, none applied twice, all recorded. All along it is read off the server how
//! old the oldest delivery is that has not left.

use crate::{Asked, Partner, ask_for};
use app::{account::choose_route, demo::SeedOptions};
use domain::account::{Organisation, Route};
use server::{State, config::Config};
use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};
use vocabulary::DeliveryState;

/// Settings of the server that is killed.
pub const SETTINGS: &str = "callbacks_to_private = true\ncarry_seconds = 2\n";
/// How long nothing may happen before it is called lost: longer than the longest wait
/// between two tries.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// How often the age of the oldest is read.
const SAMPLE: Duration = Duration::from_millis(500);
/// What it is called among the metrics.
const OLDEST: &str = "delivery_oldest_unsent_seconds";

/// A bad day.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Deliveries.
    pub deliveries: usize,
    /// Partners to whom they go in turn.
    pub partners: usize,
    /// Calls in a hundred that fail.
    pub failing: usize,
    /// After how long the server is killed, each time.
    pub kill_every: Duration,
    /// How often at most.
    pub kills: usize,
    /// How long one partner is away, from the beginning on.
    pub away: Duration,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Drained {
    /// Deliveries that were asked for.
    pub asked: usize,
    /// Seconds until all of them were applied and recorded.
    pub seconds: f64,
    /// Deliveries applied by their partner.
    pub applied: usize,
    /// Deliveries that no partner, or the wrong one, applied.
    pub lost: usize,
    /// Deliveries that the record does not call received.
    pub unrecorded: usize,
    /// Calls.
    pub calls: usize,
    /// Calls about what was applied before, and was not applied again.
    pub again: usize,
    /// How often the server was killed.
    pub kills: usize,
    /// How often the age of the oldest unsent was asked for.
    pub samples: usize,
    /// How often it could not be read.
    pub unreadable: usize,
    /// The highest that was read, in seconds.
    pub oldest_seconds: f64,
    /// Calls that nobody could trust, or that said something else than the first time.
    pub wrong: Vec<String>,
}

impl Drained {
    /// None lost, none applied twice, all recorded, the age of the oldest always visible.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let all = self.asked > 0 && self.applied == self.asked;
        let visible = self.samples > 0 && self.unreadable == 0;
        all && visible && self.lost == 0 && self.unrecorded == 0 && self.wrong.is_empty()
    }
}

/// Makes a court in an empty folder and drains its deliveries. `kill` kills the server
/// that serves the folder with [`SETTINGS`], if it runs, starts it, and says where it
/// serves. On a fixed day its clock begins anew at each start, and no wait may be longer than a life.
///
/// # Panics
/// If the court cannot be made.
pub async fn drain(
    folder: &Path,
    today: Option<&str>,
    plan: &Plan,
    mut kill: impl AsyncFnMut() -> String,
) -> Drained {
    let config = Config {
        today: today.map(|day| day.parse().expect("a day")),
        demo: true,
        ..Config::in_folder(folder)
    };
    let state = State::open(&config).await.expect("the record opens");
    let (mut partners, recipients) = court(&state, plan.partners).await;
    let asked = ask_for(&state.app, &recipients, plan.deliveries).await;
    for partner in &partners {
        partner.book().failing = plan.failing;
    }
    state.store.close().await.expect("it is closed");

    let begun = Instant::now();
    partners[0].go();
    let mut url = kill().await;
    let mut gauge = Gauge::default();
    let (mut killed, mut away, mut kills) = (Instant::now(), true, 0);
    let (mut most, mut moved) = (0, Instant::now());
    while most < plan.deliveries && moved.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if away && begun.elapsed() >= plan.away {
            partners[0].come();
            away = false;
        }
        if kills < plan.kills && killed.elapsed() >= plan.kill_every {
            url = kill().await;
            (killed, kills) = (Instant::now(), kills + 1);
        }
        gauge.read(&url).await;
        let applied = partners.iter().map(|one| one.book().applied.len()).sum();
        if applied > most {
            (most, moved) = (applied, Instant::now());
        }
    }
    let unrecorded = unrecorded(&config, &asked).await;
    let mut drained = Drained {
        asked: asked.len(),
        seconds: begun.elapsed().as_secs_f64(),
        unrecorded,
        kills,
        samples: gauge.samples,
        unreadable: gauge.unreadable,
        oldest_seconds: gauge.highest,
        ..Drained::default()
    };
    for (nth, partner) in partners.iter().enumerate() {
        let book = partner.book();
        let theirs = asked.iter().skip(nth).step_by(partners.len());
        let theirs: BTreeSet<String> = theirs.map(|one| one.delivery.to_string()).collect();
        let applied: BTreeSet<String> = book.applied.keys().cloned().collect();
        drained.applied += applied.len();
        drained.lost += theirs.difference(&applied).count();
        drained.calls += book.calls;
        drained.again += book.again;
        drained.wrong.extend(book.wrong.iter().cloned());
    }
    drained
}

/// The age of the oldest delivery that has not left, as whoever watches the server reads it.
#[derive(Default)]
struct Gauge {
    last: Option<Instant>,
    samples: usize,
    unreadable: usize,
    highest: f64,
}

impl Gauge {
    /// Reads it off a server, if its time has come.
    async fn read(&mut self, url: &str) {
        if self.last.is_some_and(|at| at.elapsed() < SAMPLE) {
            return;
        }
        self.last = Some(Instant::now());
        self.samples += 1;
        match oldest(url).await {
            Some(age) => self.highest = self.highest.max(age),
            None => self.unreadable += 1,
        }
    }
}

async fn oldest(url: &str) -> Option<f64> {
    let answer = reqwest::get(format!("{url}/metrics")).await.ok()?;
    let metrics = answer.text().await.ok()?;
    let mut lines = metrics.lines();
    let age = lines.find_map(|line| line.strip_prefix(OLDEST)?.strip_prefix(' '))?;
    age.trim().parse().ok()
}

/// A court with so many organisations that have a system each.
async fn court(state: &State, count: usize) -> (Vec<Partner>, Vec<Organisation>) {
    let options = SeedOptions {
        cases: 1,
        ..SeedOptions::on(state.app.chance.now().day())
    };
    app::demo::seed(&state.app, &options)
        .await
        .expect("the court is made");
    let index = &state.app.index;
    let all = index.organisations().await.expect("organisations");
    let (mut partners, mut recipients) = (Vec::new(), Vec::new());
    for organisation in all.into_iter().take(count) {
        let partner = Partner::start();
        let route = Route::webhook(&partner.url()).expect("an address");
        let secret = choose_route(&state.app, &organisation, route).await;
        partner.book().secret = secret.expect("it is recorded").expect("a secret");
        let found = index.organisation(organisation.id).await.expect("it reads");
        recipients.extend(found);
        partners.push(partner);
    }
    (partners, recipients)
}

/// How many deliveries the record does not call received, once nothing waits any more.
async fn unrecorded(config: &Config, asked: &[Asked]) -> usize {
    let state = State::open(config).await.expect("the record opens");
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let waiting = state.app.carrying.waiting().await.expect("it reads");
        if waiting.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let mut received = 0;
    for some in asked.chunks(500) {
        let ids: Vec<_> = some.iter().map(|one| one.document).collect();
        let documents = state.app.ledger.documents(&ids).await.expect("it reads");
        let deliveries = documents.iter().flat_map(|one| &one.deliveries);
        received += deliveries
            .filter(|one| one.state == DeliveryState::Received)
            .count();
    }
    state.store.close().await.expect("it is closed");
    asked.len() - received
}
