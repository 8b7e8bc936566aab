//! What people asked for that leaves no event of its own, on its way into the record: lists,
//! queues, choices, a draft that was saved. Nobody waits for it. What the same person asks
//! from the same place is added up and becomes one event of theirs in some minutes; there
//! are no more lines than people at work times the names of the contract. A crash loses
//! those minutes, and nothing else.

use crate::{
    App, Caller, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Origin, Stream, StreamKind,
    reading::{AskedFor, ReadingEvent},
};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use vocabulary::{AccountId, CommandId, Instant};

/// People and places that are kept apart until they are recorded.
const MOST: usize = 20_000;

/// Lines of one person and place that are kept apart; what is asked beyond that is added up
/// without the thing that it was about.
const MOST_OF_ONE: usize = 200;
/// The most letters of what it was about.
const LONGEST: usize = 80;

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

/// What, about which thing, under which policies.
type Line = (&'static str, String, Option<String>);

#[derive(Debug)]
struct Kept {
    by: Actor,
    asked: BTreeMap<Line, (Instant, Instant, u64)>,
}

/// What was asked for and is not recorded yet.
#[derive(Debug, Default)]
pub struct Asked(Mutex<HashMap<(AccountId, Option<Origin>), Kept>>);

impl Asked {
    /// Whether a command or query is counted here: it leaves nothing else in the record.
    #[must_use]
    pub fn counts(what: &str, is_command: bool) -> bool {
        match is_command {
            true => LEAVE_NO_EVENT.contains(&what),
            false => !RECORDED_THERE.contains(&what),
        }
    }

    /// Counts what somebody who is signed in was answered, and the thing that they named.
    pub fn note(&self, who: &Caller, what: &'static str, about: &str, now: Instant) {
        let Some(person) = &who.person else {
            return;
        };
        let mut about: String = about.chars().take(LONGEST).collect();
        let account = &person.account;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            tracing::error!("what is asked for is not recorded any more: too many people");
            return;
        }
        let own = kept
            .entry((account.id, who.from.clone()))
            .or_insert_with(|| Kept {
                by: Actor::Person {
                    account: account.id,
                    name: account.name.clone(),
                    organisation: person.organisation.id,
                    from: who.from.clone(),
                    under: None,
                },
                asked: BTreeMap::new(),
            });
        let under = person.circumstances.under();
        if own.asked.len() >= MOST_OF_ONE {
            about.clear();
        }
        let line = (what, about, under);
        let (_, last, times) = own.asked.entry(line).or_insert((now, now, 0));
        *last = now;
        *times += 1;
    }

    fn take(&self) -> HashMap<(AccountId, Option<Origin>), Kept> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Records what was asked for since the last time: an event for each person and place.
///
/// # Errors
/// If the ledger takes nothing; what it did not take is lost, so that nothing grows.
pub async fn record_asked(app: &App) -> Result<(), Error> {
    let now = app.chance.now();
    for ((account, _), own) in app.asked.take() {
        let asked = own.asked.into_iter();
        let asked = asked.map(|((what, about, under), (first, last, times))| AskedFor {
            what: what.to_owned(),
            about,
            under,
            first,
            last,
            times,
        });
        let event = ReadingEvent::Asked {
            asked: asked.collect(),
        };
        let append = Append {
            command: CommandId(app.chance.id()),
            moment: Moment {
                at: now,
                by: own.by,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Reading, account.0),
                expected: Expected::Any,
                key: account.0,
                events: vec![Event::Reading(event)],
            }],
            answer: serde_json::Value::Null,
        };
        app.ledger.append(append).await?;
    }
    Ok(())
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
        let kept = asked.take();
        assert_eq!(kept.len(), 2);
        let (_, here) = kept.iter().find(|((_, from), _)| from.is_none()).unwrap();
        assert_eq!(here.asked.len(), 3);
        let counted = here.asked[&("case.list", String::new(), None)];
        assert_eq!(counted, (second(0), second(999), 1_000));
        assert!(asked.take().is_empty());
    }

    #[test]
    fn whoever_asks_about_everything_is_bounded_and_still_counted() {
        let asked = Asked::default();
        let ada = caller_for(ADA, "x").unwrap();
        for number in 0..10_000 {
            let about = format!("{number} {}", "x".repeat(200));
            asked.note(&ada, "defence.people", &about, second(0));
        }
        let (_, own) = asked.take().into_iter().next().unwrap();
        assert_eq!(own.asked.len(), MOST_OF_ONE + 1);
        let times: u64 = own.asked.values().map(|(_, _, times)| times).sum();
        assert_eq!(times, 10_000);
        assert!(own.asked.keys().all(|(_, about, _)| about.len() <= LONGEST));
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
        assert!(asked.take().is_empty());
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
