//! What people asked for that leaves no event of its own, on its way into the record: lists,
//! queues, choices, a draft that was saved. The same thing asked by the same person from the
//! same place is added up: here until it is kept, which is a moment, and where it is kept
//! (`ports::Heard`) until it becomes one event of theirs, in some minutes. A crash loses that
//! moment at most, and nothing is lost to an error: what cannot be kept stays here, and until
//! it is, no list is answered.

use super::waiting::{Counted, Stuck, Turn, Waiting};
use crate::{
    App, Caller, Error,
    ports::{Append, Expected, Fault, HeardBatch, HeardKind, HeardLine, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Origin, Stream, StreamKind,
    reading::{AskedFor, ReadingEvent},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;
use vocabulary::{AccountId, CaseId, CommandId, Day, Instant, OrganisationId};

/// People and places whose lines are known apart; from that many on they are known anew.
const MOST: usize = 20_000;

/// Lines of one person and place that are kept apart; what is asked beyond that is added up
/// without the thing that it was about.
const MOST_OF_ONE: usize = 200;
/// Cases of lists that are known to be recorded today; from that many on they are known anew.
const MOST_TOLD: usize = 500_000;
/// The most letters of what it was about.
const LONGEST: usize = 80;
/// The namespace of lines that are kept.
const LINES: Uuid = Uuid::from_u128(0x2f0c_8d11_5be7_4b6a_8a41_07d3_92c6_51e9);

/// What is recorded where it is answered, and is not counted a second time; and who one is,
/// which every window asks when it opens.
const RECORDED_THERE: [&str; 9] = [
    "account.current",
    "case.find",
    "case.view",
    "defence.find",
    "hearing.view",
    "hearing.preview",
    "hearing.compare_versions",
    "legal_aid.representation",
    "audit.report",
];

/// Commands that change working state alone.
const LEAVE_NO_EVENT: [&str; 6] = [
    "account.enrol_second_factor",
    "account.begin_passkey",
    "account.begin_passkey_proof",
    "case.mark_seen",
    "hearing.save_draft",
    "notice.mark_read",
];

/// One person at one place.
type Whose = (AccountId, Option<Origin>);

/// What somebody asked for, as it is kept: who, from where, what, about which thing and under
/// which policies.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Line {
    account: AccountId,
    name: String,
    organisation: OrganisationId,
    from: Option<Origin>,
    what: String,
    about: String,
    under: Option<String>,
    /// Cases that it named to them for the first time that day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cases: Vec<CaseId>,
}

impl Line {
    fn kept(&self, (first, last, times): Counted) -> Result<HeardLine, serde_json::Error> {
        let body = serde_json::to_string(self)?;
        let whose = serde_json::to_vec(&(&self.account, &self.from))?;
        Ok(HeardLine {
            kind: HeardKind::Asked,
            id: Uuid::new_v5(&LINES, body.as_bytes()),
            whose: Uuid::new_v5(&LINES, &whose),
            body,
            first,
            last,
            times,
        })
    }
}

#[derive(Debug, Default)]
struct Kept {
    /// What is known of each, so that there are no more lines than are kept apart.
    known: HashMap<Whose, HashSet<(&'static str, String)>>,
    waiting: Waiting<Line>,
    told: Told,
}

/// Which lists named which cases to whom today: a list that stands open is asked for again and
/// again, and what it names goes into the record once a day.
#[derive(Debug, Default)]
struct Told {
    day: Option<Day>,
    of: HashMap<Whose, HashSet<(&'static str, CaseId)>>,
    all: usize,
}

impl Told {
    /// Those of these cases that were not told of today.
    fn first(
        &mut self,
        whose: Whose,
        what: &'static str,
        mut cases: Vec<CaseId>,
        today: Day,
    ) -> Vec<CaseId> {
        if cases.is_empty() {
            return cases;
        }
        if self.day != Some(today) || self.all >= MOST_TOLD {
            *self = Self {
                day: Some(today),
                ..Self::default()
            };
        }
        let known = self.of.entry(whose).or_default();
        cases.retain(|case| known.insert((what, *case)));
        self.all += cases.len();
        cases
    }
}

/// What was asked for and is not kept yet.
#[derive(Debug, Default)]
pub struct Asked {
    kept: Mutex<Kept>,
    stuck: Stuck,
    /// Whoever keeps or records waits for what another is keeping: it is neither here nor there.
    turn: Turn,
}

impl Asked {
    /// Whether a command or query is counted here: it leaves nothing else in the record.
    #[must_use]
    pub fn counts(what: &str, is_command: bool) -> bool {
        match is_command {
            true => LEAVE_NO_EVENT.contains(&what),
            false => !RECORDED_THERE.contains(&what),
        }
    }

    /// Whether what was asked could not be kept the last time: then no query that is counted
    /// here is answered before it could.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.stuck.is()
    }

    /// Counts what somebody who is signed in was answered, and the thing that they named.
    pub fn note(&self, who: &Caller, what: &'static str, about: &str, now: Instant) {
        let Some(person) = &who.person else {
            return;
        };
        let mut about: String = about.chars().take(LONGEST).collect();
        let account = &person.account;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.known.len() >= MOST && !self.stuck.is() {
            kept.known.clear();
        }
        let known = kept
            .known
            .entry((account.id, who.from.clone()))
            .or_default();
        if known.len() >= MOST_OF_ONE && !known.contains(&(what, about.clone())) {
            about.clear();
        }
        known.insert((what, about.clone()));
        let whose = (account.id, who.from.clone());
        let shown = person.circumstances.cases_shown();
        let cases = kept.told.first(whose, what, shown, now.day());
        let line = Line {
            account: account.id,
            name: account.name.clone(),
            organisation: person.organisation.id,
            from: who.from.clone(),
            what: what.to_owned(),
            about,
            under: person.circumstances.under(),
            cases,
        };
        kept.waiting.add(line, now);
    }

    fn take(&self) -> Vec<(Line, Counted)> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.waiting.take()
    }

    fn back(&self, lines: Vec<(Line, Counted)>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.waiting.back(lines);
    }

    /// From now on everything is a line of its own again, unless something could not be kept.
    fn begin_anew(&self) {
        if self.stuck.is() {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.known.clear();
    }

    /// Whether nothing waits to be kept.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.waiting.is_empty()
    }
}

/// Keeps what was asked for since the last time.
///
/// # Errors
/// If it cannot be written; it waits for the next time.
pub(super) async fn keep(app: &App) -> Result<(), Error> {
    let _turn = app.asked.turn.lock().await;
    if app.asked.is_empty() && !app.asked.is_stuck() {
        return Ok(());
    }
    let taken = app.asked.take();
    let lines: Result<Vec<_>, _> = taken
        .iter()
        .map(|(line, counted)| line.kept(*counted))
        .collect();
    let kept = match lines {
        Ok(lines) => app.heard.keep_heard(lines).await,
        Err(error) => Err(Fault::Broken(error.to_string())),
    };
    app.asked.stuck.set(kept.is_err());
    if kept.is_err() {
        app.asked.back(taken);
    }
    Ok(kept?)
}

/// Records what was asked for since the last time: an event for each person and place.
///
/// # Errors
/// If it cannot be kept, or the ledger takes nothing; what is kept is recorded the next time.
pub async fn record_asked(app: &App) -> Result<(), Error> {
    keep(app).await?;
    app.asked.begin_anew();
    app.heard.close_heard(HeardKind::Asked).await?;
    for batch in app.heard.closed_heard(HeardKind::Asked).await? {
        let command = batch.command;
        if let Some(append) = recorded(app, batch)? {
            app.ledger.append(append).await?;
        }
        app.heard.settle_heard(command).await?;
    }
    Ok(())
}

/// The event of a person and place.
fn recorded(app: &App, batch: HeardBatch) -> Result<Option<Append>, Error> {
    let mut by: Option<(AccountId, Actor)> = None;
    let mut asked: Vec<AskedFor> = Vec::with_capacity(batch.lines.len());
    for kept in batch.lines {
        let line: Line = serde_json::from_str(&kept.body)?;
        by.get_or_insert_with(|| {
            let actor = Actor::Person {
                account: line.account,
                name: line.name.clone(),
                organisation: line.organisation,
                from: line.from.clone(),
                under: None,
            };
            (line.account, actor)
        });
        let one = AskedFor {
            what: line.what,
            about: line.about,
            under: line.under,
            cases: line.cases,
            first: kept.first,
            last: kept.last,
            times: kept.times,
        };
        // What named a case for the first time that day is a line of its own until here.
        let same = |own: &&mut AskedFor| {
            (&own.what, &own.about, &own.under) == (&one.what, &one.about, &one.under)
        };
        match asked.iter_mut().find(same) {
            Some(own) => {
                own.first = own.first.min(one.first);
                own.last = own.last.max(one.last);
                own.times += one.times;
                own.cases.extend(one.cases);
            }
            None => asked.push(one),
        }
    }
    Ok(by.map(|(account, by)| Append {
        command: CommandId(batch.command),
        moment: Moment {
            at: app.chance.now(),
            by,
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Reading, account.0),
            expected: Expected::Any,
            key: account.0,
            events: vec![Event::Reading(ReadingEvent::Asked { asked })],
        }],
        answer: serde_json::Value::Null,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::caller_for;

    const ADA: &str = "ada.wren@court.example.test";

    fn second(second: i64) -> Instant {
        Instant::from_micros(second * 1_000_000)
    }

    #[test]
    fn the_same_asked_again_is_a_number_and_another_place_is_another_line() {
        let asked = Asked::default();
        let mut ada = caller_for(ADA, "x").unwrap();
        for at in 0..1_000 {
            asked.note(&ada, "case.list", "", second(at));
        }
        asked.note(&ada, "defence.people", "a", second(0));
        asked.note(&ada, "defence.people", "b", second(0));
        ada.from = Some(Origin {
            address: "192.0.2.7".to_owned(),
            device: None,
        });
        asked.note(&ada, "case.list", "", second(0));
        let taken = asked.take();
        assert_eq!(taken.len(), 4);
        let here = |line: &Line| line.from.is_none() && line.what == "case.list";
        let (line, counted) = taken.iter().find(|(line, _)| here(line)).unwrap();
        assert_eq!(*counted, (second(0), second(999), 1_000));
        assert!(asked.take().is_empty() && asked.is_empty());
        // What comes of one person and place becomes one event, of another another.
        let kept: HashSet<Uuid> = taken
            .iter()
            .map(|(line, counted)| line.kept(*counted).unwrap().whose)
            .collect();
        assert_eq!(kept.len(), 2);
        // The same line is the same row, whenever and wherever it is kept.
        let again = line.kept((second(5), second(5), 1)).unwrap();
        assert_eq!(again.id, line.kept(*counted).unwrap().id);
    }

    #[test]
    fn a_case_that_a_list_names_is_told_of_once_a_day() {
        let asked = Asked::default();
        let case = |number| CaseId(Uuid::from_u128(number));
        let list = |cases: [u128; 2], at| {
            let ada = caller_for(ADA, "x").unwrap();
            let person = ada.person.as_ref().unwrap();
            person.circumstances.showed(cases.map(case));
            asked.note(&ada, "case.list", "", at);
            let taken = asked.take();
            assert_eq!(taken.len(), 1);
            taken[0].0.cases.clone()
        };
        assert_eq!(list([2, 1], second(0)), [case(1), case(2)]);
        asked.begin_anew();
        assert_eq!(list([1, 2], second(60)), []);
        assert_eq!(list([1, 3], second(120)), [case(3)]);
        assert_eq!(list([1, 3], second(24 * 60 * 60)), [case(1), case(3)]);
    }

    #[test]
    fn what_cannot_be_kept_is_added_to_what_comes_meanwhile() {
        let asked = Asked::default();
        let ada = caller_for(ADA, "x").unwrap();
        asked.note(&ada, "case.list", "", second(1));
        let taken = asked.take();
        asked.note(&ada, "case.list", "", second(2));
        asked.back(taken);
        let (_, counted) = asked.take().remove(0);
        assert_eq!(counted, (second(1), second(2), 2));
    }

    #[test]
    fn whoever_asks_about_everything_is_bounded_and_still_counted() {
        let asked = Asked::default();
        let ada = caller_for(ADA, "x").unwrap();
        for number in 0..10_000 {
            let about = format!("{number} {}", "x".repeat(200));
            asked.note(&ada, "defence.people", &about, second(0));
        }
        let taken = asked.take();
        assert_eq!(taken.len(), MOST_OF_ONE + 1);
        let times: u64 = taken.iter().map(|(_, (_, _, times))| times).sum();
        assert_eq!(times, 10_000);
        assert!(taken.iter().all(|(line, _)| line.about.len() <= LONGEST));
    }

    #[test]
    fn what_leaves_an_event_is_not_counted_and_a_stranger_is_nobody() {
        assert!(Asked::counts("case.list", false));
        assert!(!Asked::counts("case.view", false));
        assert!(!Asked::counts("hearing.share_results", true));
        assert!(Asked::counts("hearing.save_draft", true));
        let asked = Asked::default();
        let mut ada = caller_for(ADA, "x").unwrap();
        ada.person = None;
        asked.note(&ada, "case.list", "", second(0));
        assert!(asked.is_empty());
    }

    #[test]
    fn what_is_not_counted_is_in_the_contract() {
        macro_rules! names {
            ($(($kind:ident, $open:ident, $name:literal, $($rest:tt)*)),* $(,)?) => {
                [$($name),*]
            };
        }
        let names = contract::endpoints!(names);
        for own in RECORDED_THERE.iter().chain(&LEAVE_NO_EVENT) {
            assert!(names.contains(own), "{own}");
        }
    }
}
