//! Refusals on their way into the record. A refusal must cost next to nothing and must
//! never make anybody wait: whoever floods the service with what is refused would
//! otherwise fill the disk with it. So refusals are added up in memory, the same again
//! being a number, and go into the ledger as one event in a minute or so. What is kept
//! apart is bounded twice, for one person or address and in all; the rest is counted.
//! A crash loses the last minute of them, and nothing else.

use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    reading::{ReadingEvent, RefusalCount},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;
use vocabulary::{AccountId, CommandId, Instant};

/// Refusals of one person, or of one address at which nobody is signed in, that are kept
/// apart until they are recorded.
const MOST_OF_ONE: usize = 20;
/// The same for all.
const MOST: usize = 200;
/// The most letters of what was asked about.
const LONGEST: usize = 80;
/// The namespace of the streams of refusals, one for each day.
const REFUSALS: Uuid = Uuid::from_u128(0x51c6_0b7e_7f33_4b52_9a0d_2f77_0c1b_a6d4);

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// To whom; none if nobody was signed in.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: String,
    /// From where.
    pub address: String,
    /// What they asked for.
    pub asked: String,
    /// Of which thing, as they named it.
    pub about: String,
    /// The code of the answer.
    pub code: String,
    /// The layer and policy that refused.
    pub why: String,
}

#[derive(Debug, Default)]
struct Kept {
    counted: HashMap<Refusal, (Instant, Instant, u64)>,
    of_one: HashMap<(Option<AccountId>, String), usize>,
    others: u64,
}

/// What was refused and is not recorded yet.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Kept>);

impl Refusals {
    /// Counts a refusal.
    pub fn note(&self, mut refusal: Refusal, now: Instant) {
        for text in [&mut refusal.about, &mut refusal.asked, &mut refusal.why] {
            if let Some((at, _)) = text.char_indices().nth(LONGEST) {
                text.truncate(at);
            }
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, last, times)) = kept.counted.get_mut(&refusal) {
            *last = now;
            *times += 1;
            return;
        }
        // Who is signed in is one, wherever they are; strangers are one by their address.
        let address = match refusal.account {
            Some(_) => String::new(),
            None => refusal.address.clone(),
        };
        let full = kept.counted.len() >= MOST;
        let of_one = kept.of_one.len();
        let room = match kept.of_one.get_mut(&(refusal.account, address.clone())) {
            Some(own) if *own < MOST_OF_ONE && !full => {
                *own += 1;
                true
            }
            None if of_one < MOST && !full => {
                kept.of_one.insert((refusal.account, address), 1);
                true
            }
            _ => false,
        };
        if room {
            kept.counted.insert(refusal, (now, now, 1));
        } else {
            kept.others += 1;
        }
    }

    /// Takes what there is, to be recorded.
    fn take(&self) -> Option<(Vec<RefusalCount>, u64)> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept {
            counted, others, ..
        } = std::mem::take(&mut *kept);
        drop(kept);
        if counted.is_empty() && others == 0 {
            return None;
        }
        let mut refusals: Vec<RefusalCount> = counted
            .into_iter()
            .map(|(of, (first, last, times))| RefusalCount {
                account: of.account,
                name: of.name,
                address: of.address,
                asked: of.asked,
                about: of.about,
                code: of.code,
                why: of.why,
                first,
                last,
                times,
            })
            .collect();
        refusals.sort_by(|a, b| (a.first, &a.name, &a.asked).cmp(&(b.first, &b.name, &b.asked)));
        Some((refusals, others))
    }

    /// Puts back what could not be recorded.
    fn back(&self, refusals: &[RefusalCount], others: u64) {
        let times: u64 = refusals.iter().map(|own| own.times).sum();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.others += times + others;
    }
}

/// Records what was refused since the last time. If that does not work, they are only
/// counted from then on, so that nothing grows.
///
/// # Errors
/// If the ledger takes nothing.
pub async fn record_refusals(app: &App) -> Result<(), Error> {
    let Some((refusals, others)) = app.refusals.take() else {
        return Ok(());
    };
    let now = app.chance.now();
    let about = Uuid::new_v5(&REFUSALS, now.day().to_string().as_bytes());
    let event = ReadingEvent::Refused {
        refusals: refusals.clone(),
        others,
    };
    let append = Append {
        command: CommandId(app.chance.id()),
        moment: Moment {
            at: now,
            by: Actor::Service,
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Reading, about),
            expected: Expected::Any,
            key: about,
            events: vec![Event::Reading(event)],
        }],
        answer: serde_json::Value::Null,
    };
    if let Err(fault) = app.ledger.append(append).await {
        app.refusals.back(&refusals, others);
        return Err(fault.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(who: u128, about: &str) -> Refusal {
        Refusal {
            account: (who > 0).then(|| AccountId(Uuid::from_u128(who))),
            name: format!("person {who}"),
            address: format!("192.0.2.{}", who % 250),
            asked: "case.view".to_owned(),
            about: about.to_owned(),
            code: "not_found".to_owned(),
            why: String::new(),
        }
    }

    #[test]
    fn the_same_refusal_again_is_a_number() {
        let refusals = Refusals::default();
        for second in 0..1_000 {
            refusals.note(refusal(1, "a"), Instant::from_micros(second));
        }
        let (counted, others) = refusals.take().unwrap();
        assert_eq!((counted.len(), others), (1, 0));
        assert_eq!(counted[0].times, 1_000);
        assert_eq!(counted[0].last, Instant::from_micros(999));
        assert!(refusals.take().is_none());
    }

    #[test]
    fn one_person_who_tries_everything_does_not_hide_another() {
        let refusals = Refusals::default();
        for number in 0..10_000 {
            refusals.note(refusal(1, &number.to_string()), Instant::from_micros(0));
        }
        refusals.note(refusal(2, "a"), Instant::from_micros(0));
        let (counted, others) = refusals.take().unwrap();
        assert_eq!(counted.len(), MOST_OF_ONE + 1);
        assert_eq!(others, 10_000 - MOST_OF_ONE as u64);
    }

    #[test]
    fn however_many_there_are_what_is_kept_is_bounded_and_nothing_is_uncounted() {
        let refusals = Refusals::default();
        for who in 1..=5_000 {
            refusals.note(refusal(who, &"x".repeat(9_000)), Instant::from_micros(0));
        }
        let (counted, others) = refusals.take().unwrap();
        assert_eq!(counted.len(), MOST);
        assert_eq!(others, 5_000 - MOST as u64);
        assert!(counted.iter().all(|own| own.about.len() <= LONGEST));
    }

    #[test]
    fn what_could_not_be_recorded_is_still_counted() {
        let refusals = Refusals::default();
        refusals.note(refusal(1, "a"), Instant::from_micros(0));
        let (counted, others) = refusals.take().unwrap();
        refusals.back(&counted, others);
        assert_eq!(refusals.take(), Some((Vec::new(), 1)));
    }
}
