//! The live hub: what a commit means for the people who are looking. Each
//! person hears only of what they may see; a stranger is told nothing.
//!
//! One task tells every window: a commit goes to the windows that it concerns
//! and wakes no other. A window that reads too slowly is hung up on; it connects
//! again, and hears first that everything may be stale.

use crate::{State, alarms::touched};
use access::Action;
use app::{
    App,
    account::{token_hash, used_since},
    caller::SignedIn,
    permission::{Asked, explain},
    ports::Committed,
};
use contract::live::Live;
use futures::Stream;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        mpsc::{self, error::TrySendError},
        watch,
    },
    time::MissedTickBehavior,
};
use tokio_stream::wrappers::ReceiverStream;
use vocabulary::{AccountId, OrganisationId, OrganisationKind};

/// How many events may wait for one slow window.
const WAITING: usize = 256;
/// How often it is asked whether the sessions of open windows still stand.
const SESSION_CHECK: Duration = Duration::from_millis(500);

/// The open windows.
#[derive(Clone, Default)]
pub(crate) struct Hub {
    windows: Arc<Mutex<Windows>>,
}

/// One open window.
struct Window {
    account: AccountId,
    organisation: OrganisationId,
    token_hash: String,
    sender: mpsc::Sender<Live>,
}

/// All of them, and who is concerned by what.
#[derive(Default)]
struct Windows {
    last: u64,
    /// Of the last commit that was passed on.
    position: u64,
    open: HashMap<u64, Window>,
    of_organisation: HashMap<OrganisationId, BTreeSet<u64>>,
    of_account: HashMap<AccountId, BTreeSet<u64>>,
    of_courts: BTreeSet<u64>,
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
    pub(crate) fn tell_courts(&self, tags: Vec<String>) {
        let mut windows = self.windows();
        let position = windows.position;
        windows.tell(&Committed {
            position,
            touched: tags.into_iter().map(touched).collect(),
            notices: Vec::new(),
            documents: false,
        });
    }

    /// Hangs up on the windows whose session was ended or left unused, and forgets those that went.
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
        match app.work.standing(&hashes, now, since).await {
            Ok(standing) => {
                let asked: HashSet<String> = hashes.into_iter().collect();
                self.windows().close(|window| {
                    asked.contains(&window.token_hash) && !standing.contains(&window.token_hash)
                });
            }
            // The database is away: whoever was let in hears nothing new meanwhile anyway.
            Err(fault) => tracing::warn!(%fault, "open windows could not be checked"),
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
    // Of what courts do hear those who see what their court hears; whoever of a court sees
    // single cases only is told of those.
    let asked = Asked::Nothing;
    let sees = person.organisation.kind == OrganisationKind::Court
        && explain(&state.app, person, Action::ViewCase, &asked).allowed;
    let mut windows = state.hub.windows();
    windows.add(person, token_hash(token), sender, sees);
    drop(windows);
    ReceiverStream::new(receiver)
}

impl Windows {
    fn add(
        &mut self,
        person: &SignedIn,
        token_hash: String,
        sender: mpsc::Sender<Live>,
        of_courts: bool,
    ) {
        self.last += 1;
        let number = self.last;
        let (account, organisation) = (person.account.id, person.organisation.id);
        self.of_account.entry(account).or_default().insert(number);
        let of_organisation = self.of_organisation.entry(organisation).or_default();
        of_organisation.insert(number);
        if of_courts {
            self.of_courts.insert(number);
        }
        let window = Window {
            account,
            organisation,
            token_hash,
            sender,
        };
        self.open.insert(number, window);
        self.count();
    }

    /// Tells each window that a commit concerns what it means there.
    fn tell(&mut self, committed: &Committed) {
        self.position = self.position.max(committed.position);
        let mut heard: HashMap<u64, Live> = HashMap::new();
        let nothing = || Live {
            position: committed.position,
            stale: Vec::new(),
            notice: None,
        };
        for touched in &committed.touched {
            let of_organisations = touched
                .organisations
                .iter()
                .filter_map(|organisation| self.of_organisation.get(organisation))
                .flatten();
            let of_accounts = touched
                .accounts
                .iter()
                .filter_map(|account| self.of_account.get(account))
                .flatten();
            let courts = touched.courts.then_some(&self.of_courts);
            let concerned = of_organisations.chain(of_accounts);
            for number in concerned.chain(courts.into_iter().flatten()) {
                let live = heard.entry(*number).or_insert_with(nothing);
                live.stale.push(touched.tag.clone());
            }
        }
        for (account, notice) in &committed.notices {
            for number in self.of_account.get(account).into_iter().flatten() {
                let live = heard.entry(*number).or_insert_with(nothing);
                if live.notice.is_none() {
                    live.notice = Some(app::notice::present(notice.clone()));
                }
                live.stale.push("notices".to_owned());
            }
        }
        for (number, mut live) in heard {
            live.stale.sort();
            live.stale.dedup();
            self.send(number, live);
        }
    }

    fn tell_everything(&mut self) {
        let numbers: Vec<u64> = self.open.keys().copied().collect();
        for number in numbers {
            self.send(number, everything(0));
        }
    }

    fn send(&mut self, number: u64, live: Live) {
        let Some(window) = self.open.get(&number) else {
            return;
        };
        match window.sender.try_send(live) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => self.remove(number),
        }
    }

    fn forget_gone(&mut self) {
        self.close(|window| window.sender.is_closed());
    }

    fn close(&mut self, which: impl Fn(&Window) -> bool) {
        let gone: Vec<u64> = self
            .open
            .iter()
            .filter(|(_, window)| which(window))
            .map(|(number, _)| *number)
            .collect();
        for number in gone {
            self.remove(number);
        }
    }

    /// Its stream ends when what was sent has been read.
    fn remove(&mut self, number: u64) {
        let Some(window) = self.open.remove(&number) else {
            return;
        };
        take(&mut self.of_organisation, window.organisation, number);
        take(&mut self.of_account, window.account, number);
        self.of_courts.remove(&number);
        self.count();
    }

    fn count(&self) {
        metrics::gauge!("live_windows").set(self.open.len() as f64);
    }
}

fn take<K: Eq + Hash>(map: &mut HashMap<K, BTreeSet<u64>>, key: K, number: u64) {
    if let Some(numbers) = map.get_mut(&key) {
        numbers.remove(&number);
        if numbers.is_empty() {
            map.remove(&key);
        }
    }
}

fn everything(position: u64) -> Live {
    Live {
        position,
        stale: vec!["everything".to_owned()],
        notice: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::ports::Touched;
    use tokio::sync::mpsc::error::TryRecvError;
    use uuid::Uuid;

    fn open(windows: &mut Windows, account: AccountId) -> mpsc::Receiver<Live> {
        let (sender, receiver) = mpsc::channel(WAITING);
        windows.last += 1;
        let number = windows.last;
        let organisation = OrganisationId(Uuid::from_u128(9));
        let token_hash = number.to_string();
        let window = Window {
            account,
            organisation,
            token_hash,
            sender,
        };
        windows.open.insert(number, window);
        let of_account = windows.of_account.entry(account).or_default();
        of_account.insert(number);
        receiver
    }

    fn commit(position: u64, accounts: Vec<AccountId>) -> Committed {
        Committed {
            position,
            touched: vec![Touched {
                tag: "cases".to_owned(),
                organisations: Vec::new(),
                accounts,
                courts: false,
            }],
            notices: Vec::new(),
            documents: false,
        }
    }

    #[test]
    fn a_window_that_reads_too_slowly_is_hung_up_on_and_holds_up_no_other() {
        let mut windows = Windows::default();
        let people = [1, 2].map(|number| AccountId(Uuid::from_u128(number)));
        let mut slow = open(&mut windows, people[0]);
        let mut quick = open(&mut windows, people[1]);
        for position in 0..=WAITING as u64 {
            windows.tell(&commit(position, people.to_vec()));
            assert_eq!(quick.try_recv().unwrap().position, position);
        }
        assert_eq!(windows.open.len(), 1);
        for position in 0..WAITING as u64 {
            assert_eq!(slow.try_recv().unwrap().position, position);
        }
        assert_eq!(slow.try_recv().unwrap_err(), TryRecvError::Disconnected);
        assert_eq!(quick.try_recv().unwrap_err(), TryRecvError::Empty);
    }

    #[test]
    fn a_commit_wakes_those_alone_whom_it_concerns() {
        let mut windows = Windows::default();
        let people = [1, 2].map(|number| AccountId(Uuid::from_u128(number)));
        let mut concerned = open(&mut windows, people[0]);
        let mut another = open(&mut windows, people[1]);
        windows.tell(&commit(7, vec![people[0]]));
        assert_eq!(concerned.try_recv().unwrap().stale, ["cases"]);
        assert_eq!(another.try_recv().unwrap_err(), TryRecvError::Empty);
    }
}
