//! The live hub: what a commit means for the people who are looking. Each
//! person hears only of what they may see; a stranger is told nothing.

use crate::State;
use app::{caller::SignedIn, ports::Committed};
use contract::live::Live;
use futures::Stream;
use std::{sync::Arc, time::Duration};
use store::Store;
use tokio::{
    sync::{broadcast, mpsc},
    time::MissedTickBehavior,
};
use tokio_stream::wrappers::ReceiverStream;
use vocabulary::OrganisationKind;

/// How many events may wait for one slow window before it is told to look at everything.
const WAITING: usize = 256;
/// How often an open stream asks whether its session still stands, in seconds.
const SESSION_CHECK: u64 = 1;

/// Passes commits on.
#[derive(Clone)]
pub(crate) struct Hub {
    commits: broadcast::Sender<Arc<Committed>>,
}

impl Hub {
    /// A hub over the commits of a store.
    pub(crate) fn new(store: &Store) -> Self {
        let (commits, _) = broadcast::channel(4096);
        let sender = commits.clone();
        let mut source = store.commits();
        tokio::spawn(async move {
            loop {
                match source.recv().await {
                    Ok(committed) => {
                        // Nobody listening is no fault.
                        let _ = sender.send(Arc::new(committed));
                    }
                    Err(broadcast::error::RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "live hub lagged; windows look at everything");
                        let _ = sender.send(Arc::new(Committed {
                            position: 0,
                            touched: Vec::new(),
                            notices: Vec::new(),
                        }));
                    }
                    Err(broadcast::error::RecvError::Closed) => break,
                }
            }
        });
        Self { commits }
    }
}

/// What one person's window is to hear, from now on. A window that was away
/// hears first that everything may be stale; so does one that reads too slowly.
pub(crate) fn follow(
    state: &State,
    person: SignedIn,
    token: String,
    after: Option<u64>,
) -> impl Stream<Item = Live> + use<> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let mut commits = state.hub.commits.subscribe();
    let app = state.app.clone();
    tokio::spawn(async move {
        metrics::gauge!("live_windows").increment(1.0);
        if sender.send(everything(after.unwrap_or(0))).await.is_err() {
            metrics::gauge!("live_windows").decrement(1.0);
            return;
        }
        let mut check = tokio::time::interval(Duration::from_secs(SESSION_CHECK));
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                commit = commits.recv() => {
                    let live = match commit {
                        Ok(committed) if committed.position == 0 => Some(everything(0)),
                        Ok(committed) => concerns(&person, &committed),
                        Err(broadcast::error::RecvError::Lagged(_)) => Some(everything(0)),
                        Err(broadcast::error::RecvError::Closed) => break,
                    };
                    if let Some(live) = live && sender.send(live).await.is_err() {
                        break;
                    }
                }
                // A session that was ended elsewhere hears nothing more.
                _ = check.tick() => {
                    let stands = app::account::signed_in(&app, &token).await;
                    if !matches!(stands, Ok(Some(_)) | Err(_)) {
                        break;
                    }
                }
                () = sender.closed() => break,
            }
        }
        metrics::gauge!("live_windows").decrement(1.0);
    });
    ReceiverStream::new(receiver)
}

fn everything(position: u64) -> Live {
    Live {
        position,
        stale: vec!["everything".to_owned()],
        notice: None,
    }
}

/// What a commit means for one person, if anything.
fn concerns(person: &SignedIn, committed: &Committed) -> Option<Live> {
    let court = person.organisation.kind == OrganisationKind::Court;
    let mut stale: Vec<String> = committed
        .touched
        .iter()
        .filter(|touched| {
            (court && touched.courts) || touched.organisations.contains(&person.organisation.id)
        })
        .map(|touched| touched.tag.clone())
        .collect();
    stale.sort();
    stale.dedup();
    let notice = committed
        .notices
        .iter()
        .find(|(account, _)| *account == person.account.id)
        .map(|(_, notice)| app::notice::present(notice.clone()));
    if notice.is_some() {
        stale.push("notices".to_owned());
    }
    (!stale.is_empty()).then_some(Live {
        position: committed.position,
        stale,
        notice,
    })
}
