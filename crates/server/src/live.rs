//! The live hub: what a commit means for the people who are looking. Each
//! person hears only of what they may see; a stranger is told nothing. What that is, is
//! asked when the window opens and again within a second of every change to people and
//! organisations: a stream whose person is no longer who they were ends, and the window
//! opens another as what they are now (decision 42).
//!
//! One task tells every window: a commit goes to the windows that it concerns
//! and wakes no other (`windows`). A window that reads too slowly is hung up on; it connects
//! again, and hears first that everything may be stale.

mod windows;

use crate::State;
use app::{
    App,
    account::{token_hash, used_since},
    caller::SignedIn,
    permission::hears,
    ports::{Committed, Courts, Stands, Touched},
};
use contract::live::Live;
use futures::{Stream, StreamExt};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc, watch,
    },
    time::MissedTickBehavior,
};
use tokio_stream::wrappers::ReceiverStream;
use vocabulary::CaseId;
use windows::{WAITING, Who, Window, Windows, everything};

/// How often it is asked whether the sessions of open windows still stand.
const SESSION_CHECK: Duration = Duration::from_millis(500);
/// How many are asked at once who they are now.
const AT_ONCE: usize = 64;

/// The open windows.
#[derive(Clone, Default)]
pub(crate) struct Hub {
    windows: Arc<Mutex<Windows>>,
}

impl Hub {
    /// Passes on what is committed, until the server stops.
    pub(crate) fn start(
        &self,
        app: App,
        mut commits: broadcast::Receiver<Committed>,
        mut stopped: watch::Receiver<bool>,
    ) {
        let hub = self.clone();
        let mut ended = stopped.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    commit = commits.recv() => match commit {
                        Ok(committed) => hub.windows().tell(&committed),
                        Err(RecvError::Lagged(missed)) => {
                            tracing::warn!(missed, "live hub lagged; windows look at everything");
                            hub.windows().tell_everything();
                        }
                        Err(RecvError::Closed) => break,
                    },
                    _ = ended.changed() => break,
                }
            }
        });
        // Apart: a slow database must hold up no notice.
        let hub = self.clone();
        tokio::spawn(async move {
            let mut check = tokio::time::interval(SESSION_CHECK);
            check.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = check.tick() => hub.check(&app).await,
                    _ = stopped.changed() => break,
                }
            }
        });
    }

    /// Tells the courts' windows that the clock made these stale; no commit did.
    pub(crate) fn tell_courts(&self, stale: Vec<(String, Courts)>) {
        let mut windows = self.windows();
        let position = windows.position;
        let touched = |(tag, courts)| Touched {
            tag,
            courts,
            ..Touched::default()
        };
        windows.tell(&Committed {
            position,
            touched: stale.into_iter().map(touched).collect(),
            notices: Vec::new(),
            documents: false,
        });
    }

    /// Hangs up on the windows whose session was ended or left unused, and on those of people
    /// who are not any more who they were; forgets those that went.
    async fn check(&self, app: &App) {
        let hashes: Vec<String> = {
            let mut windows = self.windows();
            windows.forget_gone();
            let hashes: HashSet<&String> = windows.open.values().map(|w| &w.token_hash).collect();
            hashes.into_iter().cloned().collect()
        };
        if hashes.is_empty() {
            return;
        }
        let now = app.chance.now();
        let since = used_since(app, now);
        let standing = match app.work.standing(&hashes, now, since).await {
            Ok(standing) => standing,
            // The database is away: whoever was let in hears nothing new meanwhile anyway.
            Err(fault) => return tracing::warn!(%fault, "open windows could not be checked"),
        };
        let doubtful: HashMap<String, Stands> = {
            let asked: HashSet<String> = hashes.into_iter().collect();
            let mut windows = self.windows();
            windows.close(|window| {
                asked.contains(&window.token_hash) && !standing.contains_key(&window.token_hash)
            });
            windows
                .open
                .values()
                .filter_map(|window| Some((window, standing.get(&window.token_hash)?)))
                .filter(|(window, stands)| window.is_doubtful(stands, now))
                .map(|(window, stands)| (window.token_hash.clone(), *stands))
                .collect()
        };
        let found = futures::stream::iter(doubtful)
            .map(async |(hash, stands)| {
                let person = app.work.signed_in(&hash, now).await;
                (hash, stands, person)
            })
            .buffer_unordered(AT_ONCE);
        let mut found = std::pin::pin!(found);
        while let Some((hash, stands, person)) = found.next().await {
            match person {
                Ok(Some(person)) => {
                    let whose = who(app, &person);
                    let opened = opened(&person);
                    let mut windows = self.windows();
                    windows.find(&hash, &whose, &opened, stands.directory);
                }
                Ok(None) => self.windows().close(|window| window.token_hash == hash),
                Err(fault) => tracing::warn!(%fault, "who looks could not be asked; trying again"),
            }
        }
    }

    fn windows(&self) -> MutexGuard<'_, Windows> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one person's window is to hear, from now on. A window that was away
/// hears first that everything may be stale.
pub(crate) fn follow(
    state: &State,
    person: &SignedIn,
    token: &str,
    after: Option<u64>,
) -> impl Stream<Item = Live> + use<> {
    let (sender, receiver) = mpsc::channel(WAITING);
    // There is room: nothing was sent before.
    let _ = sender.try_send(everything(after.unwrap_or(0)));
    let window = Window {
        who: who(&state.app, person),
        opened: opened(person),
        found: None,
        token_hash: token_hash(token),
        sender,
    };
    state.hub.windows().add(window);
    ReceiverStream::new(receiver)
}

/// The cases for which somebody gave a reason that counts.
fn opened(person: &SignedIn) -> BTreeSet<CaseId> {
    let own = &person.circumstances;
    own.reasoned.iter().chain(&own.stated).copied().collect()
}

fn who(app: &App, person: &SignedIn) -> Who {
    Who {
        account: person.account.id,
        organisation: person.organisation.id,
        groups: person.account.groups.clone(),
        hears: hears(app, person),
    }
}
