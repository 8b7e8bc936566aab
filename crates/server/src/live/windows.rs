//! The windows that are open, and which of them a commit concerns. It knows people by what
//! decides what they hear, and asks nobody.

use app::{
    permission::Hears,
    ports::{Committed, Courts, Stands, Touched},
};
use contract::live::Live;
use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
};
use tokio::sync::mpsc::{self, error::TrySendError};
use vocabulary::{AccountId, CaseId, CourtId, Group, Instant, OrganisationId};

/// How many events may wait for one slow window.
pub(super) const WAITING: usize = 256;

/// Who looks, as far as it decides what they hear.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) account: AccountId,
    pub(super) organisation: OrganisationId,
    pub(super) groups: Vec<Group>,
    pub(super) hears: Hears,
}

/// One open window.
pub(super) struct Window {
    pub(super) who: Who,
    /// The cases for which they gave a reason that counts.
    pub(super) opened: BTreeSet<CaseId>,
    /// After which event of people and organisations they were found to be who they are;
    /// none, if that was not asked since the window opened.
    pub(super) found: Option<u64>,
    pub(super) token_hash: String,
    pub(super) sender: mpsc::Sender<Live>,
}

impl Window {
    /// Whether it must be asked who they are now.
    pub(super) fn is_doubtful(&self, stands: &Stands, now: Instant) -> bool {
        self.found != Some(stands.directory)
            || stands.reasoned_until > now
            || !self.opened.is_empty()
    }
}

/// All of them, and who is concerned by what.
#[derive(Default)]
pub(super) struct Windows {
    last: u64,
    /// Of the last commit that was passed on.
    pub(super) position: u64,
    pub(super) open: HashMap<u64, Window>,
    of_organisation: HashMap<OrganisationId, BTreeSet<u64>>,
    of_account: HashMap<AccountId, BTreeSet<u64>>,
    of_court: HashMap<CourtId, BTreeSet<u64>>,
    of_any_court: BTreeSet<u64>,
    of_opened: HashMap<CaseId, BTreeSet<u64>>,
}

impl Windows {
    pub(super) fn add(&mut self, window: Window) {
        self.last += 1;
        let number = self.last;
        let who = &window.who;
        put(&mut self.of_account, who.account, number);
        put(&mut self.of_organisation, who.organisation, number);
        match who.hears {
            Hears::AnyCourt => {
                self.of_any_court.insert(number);
            }
            Hears::Court(court) => put(&mut self.of_court, court, number),
            Hears::Own | Hears::NoCase => {}
        }
        for case in &window.opened {
            put(&mut self.of_opened, *case, number);
        }
        self.open.insert(number, window);
        self.count();
    }

    /// Who looks is known anew. A window whose person is no longer who they were is hung up
    /// on; what somebody gave a reason for is heard of while it counts.
    pub(super) fn find(
        &mut self,
        token_hash: &str,
        who: &Who,
        opened: &BTreeSet<CaseId>,
        directory: u64,
    ) {
        self.close(|window| window.token_hash == token_hash && window.who != *who);
        for (number, window) in &mut self.open {
            if window.token_hash != token_hash {
                continue;
            }
            window.found = Some(directory);
            for case in window.opened.difference(opened) {
                take(&mut self.of_opened, *case, *number);
            }
            for case in opened.difference(&window.opened) {
                put(&mut self.of_opened, *case, *number);
            }
            window.opened.clone_from(opened);
        }
    }

    /// The windows that something concerns.
    fn concerned(&self, touched: &Touched) -> BTreeSet<u64> {
        let mut all = BTreeSet::new();
        let of_organisations = touched.organisations.iter();
        let of_organisations = of_organisations.filter_map(|one| self.of_organisation.get(one));
        all.extend(of_organisations.flatten());
        // To whom it is closed hears of it by name or not at all (docs/decisions/0061).
        for (account, organisation) in &touched.barred {
            for number in self.of_account.get(account).into_iter().flatten() {
                let window = self.open.get(number);
                if window.is_some_and(|window| window.who.organisation == *organisation) {
                    all.remove(number);
                }
            }
        }
        let of_accounts = touched.accounts.iter();
        let of_accounts = of_accounts.filter_map(|one| self.of_account.get(one));
        let of_opened = touched.cases.iter();
        let of_opened = of_opened.filter_map(|one| self.of_opened.get(one));
        all.extend(of_accounts.chain(of_opened).flatten());
        match &touched.courts {
            Courts::None => {}
            Courts::These(courts) => {
                all.extend(
                    courts
                        .iter()
                        .filter_map(|one| self.of_court.get(one))
                        .flatten(),
                );
                all.extend(&self.of_any_court);
            }
            Courts::All => {
                all.extend(self.of_court.values().flatten());
                all.extend(&self.of_any_court);
            }
        }
        if !touched.cases.is_empty() {
            let opens = |number: &u64| {
                let window = self.open.get(number);
                window.is_some_and(|window| window.who.hears != Hears::NoCase)
            };
            all.retain(opens);
        }
        all
    }

    /// Tells each window that a commit concerns what it means there.
    pub(super) fn tell(&mut self, committed: &Committed) {
        self.position = self.position.max(committed.position);
        let mut heard: HashMap<u64, Live> = HashMap::new();
        let nothing = || Live {
            position: committed.position,
            stale: Vec::new(),
            notice: None,
        };
        for touched in &committed.touched {
            for number in self.concerned(touched) {
                let live = heard.entry(number).or_insert_with(nothing);
                live.stale.push(touched.tag.clone());
            }
        }
        for (account, notice) in &committed.notices {
            for number in self.of_account.get(account).into_iter().flatten() {
                // Whoever opens no case is told of none, whatever they were told before.
                let window = self.open.get(number);
                let opens = window.is_some_and(|window| window.who.hears != Hears::NoCase);
                if notice.case_id.is_some() && !opens {
                    continue;
                }
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

    pub(super) fn tell_everything(&mut self) {
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

    pub(super) fn forget_gone(&mut self) {
        self.close(|window| window.sender.is_closed());
    }

    pub(super) fn close(&mut self, which: impl Fn(&Window) -> bool) {
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
        take(&mut self.of_organisation, window.who.organisation, number);
        take(&mut self.of_account, window.who.account, number);
        if let Hears::Court(court) = window.who.hears {
            take(&mut self.of_court, court, number);
        }
        self.of_any_court.remove(&number);
        for case in window.opened {
            take(&mut self.of_opened, case, number);
        }
        self.count();
    }

    fn count(&self) {
        metrics::gauge!("live_windows").set(self.open.len() as f64);
    }
}

fn put<K: Eq + Hash>(map: &mut HashMap<K, BTreeSet<u64>>, key: K, number: u64) {
    map.entry(key).or_default().insert(number);
}

fn take<K: Eq + Hash>(map: &mut HashMap<K, BTreeSet<u64>>, key: K, number: u64) {
    if let Some(numbers) = map.get_mut(&key) {
        numbers.remove(&number);
        if numbers.is_empty() {
            map.remove(&key);
        }
    }
}

pub(super) fn everything(position: u64) -> Live {
    Live {
        position,
        stale: vec!["everything".to_owned()],
        notice: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc::error::TryRecvError;
    use uuid::Uuid;

    const CASE: CaseId = CaseId(Uuid::from_u128(5));

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn court(number: u128) -> CourtId {
        CourtId(Uuid::from_u128(number))
    }

    fn who(account: AccountId, hears: Hears) -> Who {
        Who {
            account,
            organisation: OrganisationId(Uuid::from_u128(9)),
            groups: vec![Group::LegalAdvisers],
            hears,
        }
    }

    /// A window whose token is the number of its account.
    fn open(windows: &mut Windows, who: Who) -> mpsc::Receiver<Live> {
        let (sender, receiver) = mpsc::channel(WAITING);
        windows.add(Window {
            token_hash: who.account.to_string(),
            who,
            opened: BTreeSet::new(),
            found: None,
            sender,
        });
        receiver
    }

    fn commit(position: u64, touched: Touched) -> Committed {
        Committed {
            position,
            touched: vec![Touched {
                tag: "cases".to_owned(),
                ..touched
            }],
            notices: Vec::new(),
            documents: false,
        }
    }

    fn of(accounts: &[AccountId]) -> Touched {
        Touched {
            accounts: accounts.to_vec(),
            ..Touched::default()
        }
    }

    fn of_case(courts: Courts) -> Touched {
        Touched {
            courts,
            cases: vec![CASE],
            ..Touched::default()
        }
    }

    fn hears(window: &mut mpsc::Receiver<Live>) -> bool {
        match window.try_recv() {
            Ok(live) => live.stale == ["cases"],
            Err(error) => {
                assert_eq!(error, TryRecvError::Empty);
                false
            }
        }
    }

    #[test]
    fn a_window_that_reads_too_slowly_is_hung_up_on_and_holds_up_no_other() {
        let mut windows = Windows::default();
        let people = [1, 2].map(account);
        let mut slow = open(&mut windows, who(people[0], Hears::Own));
        let mut quick = open(&mut windows, who(people[1], Hears::Own));
        for position in 0..=WAITING as u64 {
            windows.tell(&commit(position, of(&people)));
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
        let people = [1, 2].map(account);
        let mut concerned = open(&mut windows, who(people[0], Hears::Own));
        let mut another = open(&mut windows, who(people[1], Hears::Own));
        windows.tell(&commit(7, of(&people[..1])));
        assert!(hears(&mut concerned) && !hears(&mut another));
    }

    #[test]
    fn of_a_case_the_courts_that_sit_in_it_hear_and_no_other_learns_that_anything_happened() {
        let mut windows = Windows::default();
        let own = who(account(1), Hears::Court(court(1)));
        let mut own = open(&mut windows, own);
        let mut other = open(&mut windows, who(account(2), Hears::Court(court(2))));
        let mut judge = open(&mut windows, who(account(3), Hears::AnyCourt));
        let mut deputy = open(&mut windows, who(account(4), Hears::Own));
        windows.tell(&commit(7, of_case(Courts::These(vec![court(1)]))));
        assert!(hears(&mut own) && hears(&mut judge));
        assert!(!hears(&mut other) && !hears(&mut deputy));
        windows.tell(&commit(8, of_case(Courts::All)));
        assert!(hears(&mut own) && hears(&mut judge) && hears(&mut other));
        assert!(!hears(&mut deputy));
        windows.tell(&commit(9, of_case(Courts::None)));
        assert!(!hears(&mut own) && !hears(&mut judge));
    }

    #[test]
    fn whoever_gave_a_reason_hears_of_that_case_for_as_long_as_it_counts() {
        let mut windows = Windows::default();
        let elsewhere = who(account(1), Hears::Court(court(2)));
        let mut window = open(&mut windows, elsewhere.clone());
        let here = || of_case(Courts::These(vec![court(1)]));
        let token = account(1).to_string();
        windows.find(&token, &elsewhere, &[CASE].into(), 3);
        windows.tell(&commit(7, here()));
        assert!(hears(&mut window));
        windows.find(&token, &elsewhere, &BTreeSet::new(), 3);
        windows.tell(&commit(8, here()));
        assert!(!hears(&mut window));
        assert!(windows.of_opened.is_empty());
    }

    #[test]
    fn whoever_opens_no_case_hears_of_none_and_of_everything_else() {
        let mut windows = Windows::default();
        let mut administers = open(&mut windows, who(account(1), Hears::NoCase));
        let organisations = vec![OrganisationId(Uuid::from_u128(9))];
        let firm = |cases| Touched {
            organisations: organisations.clone(),
            cases,
            ..Touched::default()
        };
        windows.tell(&commit(7, firm(vec![CASE])));
        assert!(!hears(&mut administers));
        windows.tell(&commit(8, firm(Vec::new())));
        assert!(hears(&mut administers));
    }

    #[test]
    fn to_whom_a_case_is_closed_hears_nothing_of_it_until_they_are_given_it() {
        let mut windows = Windows::default();
        let firm = OrganisationId(Uuid::from_u128(9));
        let mut joiner = open(&mut windows, who(account(1), Hears::Own));
        let mut colleague = open(&mut windows, who(account(2), Hears::Own));
        let of_firm = |accounts: Vec<AccountId>| Touched {
            organisations: vec![firm],
            accounts,
            cases: vec![CASE],
            barred: vec![(account(1), firm)],
            ..Touched::default()
        };
        windows.tell(&commit(7, of_firm(Vec::new())));
        assert!(!hears(&mut joiner) && hears(&mut colleague));
        windows.tell(&commit(8, of_firm(vec![account(1)])));
        assert!(hears(&mut joiner) && hears(&mut colleague));
    }

    #[test]
    fn whoever_is_no_longer_who_they_were_is_hung_up_on_and_nobody_else() {
        let mut windows = Windows::default();
        let before = who(account(1), Hears::Court(court(1)));
        let colleague = who(account(2), Hears::Court(court(1)));
        let mut changed = open(&mut windows, before.clone());
        let mut stays = open(&mut windows, colleague.clone());
        let after = Who {
            groups: vec![Group::OrganisationAdministrator],
            ..before.clone()
        };
        let none = BTreeSet::new();
        windows.find(&account(1).to_string(), &after, &none, 3);
        windows.find(&account(2).to_string(), &colleague, &none, 3);
        assert_eq!(changed.try_recv().unwrap_err(), TryRecvError::Disconnected);
        assert_eq!(stays.try_recv().unwrap_err(), TryRecvError::Empty);
        let stands = |directory| Stands {
            directory,
            reasoned_until: Instant::from_micros(0),
        };
        let (now, window) = (
            Instant::from_micros(9),
            windows.open.values().next().unwrap(),
        );
        assert!(!window.is_doubtful(&stands(3), now));
        assert!(window.is_doubtful(&stands(4), now));
        let reasoned = Stands {
            reasoned_until: Instant::from_micros(10),
            ..stands(3)
        };
        assert!(window.is_doubtful(&reasoned, now));
    }
}
