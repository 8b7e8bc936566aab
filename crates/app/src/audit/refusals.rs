//! Refusals on their way into the record. A refusal must cost next to nothing and must
//! never make anybody wait: whoever floods the service with what is refused would
//! otherwise fill the disk with it. So refusals are added up: here until they are kept,
//! which is a moment, and where they are kept (`ports::Heard`) until they go into the ledger
//! as one event in a minute or so. What is kept apart is bounded twice, for one person or
//! address and in all; the rest is counted. A crash loses that moment of them, and what
//! cannot be kept waits here.

use super::waiting::{Counted, Stuck, Turn, Waiting};
use crate::{
    App, Error,
    account::neighbourhood,
    ports::{Append, Expected, Fault, HeardBatch, HeardKind, HeardLine, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    reading::{ReadingEvent, RefusalCount},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;
use vocabulary::{AccountId, CommandId, Instant};

/// Refusals of one person, or of one address at which nobody is signed in, that are kept
/// apart until they are recorded.
const MOST_OF_ONE: usize = 20;
/// The same for all.
const MOST: usize = 200;
/// The codes of refusals that say that there is something: whoever gets one knows more than
/// before. They have places of their own, each, so that no noise takes them; with how many are
/// kept apart for one and for all.
const TELLING: [(&str, usize, usize); 2] =
    [("reason_needed", 100, 1_000), ("not_permitted", 40, 400)];
/// The most letters of what was asked about.
const LONGEST: usize = 80;
/// The namespace of the streams of refusals, one for each day.
const REFUSALS: Uuid = Uuid::from_u128(0x51c6_0b7e_7f33_4b52_9a0d_2f77_0c1b_a6d4);

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// A refusal that is kept apart; none is of all that are only counted.
type Line = Option<Refusal>;

/// What a refusal tells: one of the codes that tell something, or none of them.
type Kind = Option<&'static str>;

/// Of which kind a code is, and how many of it are kept apart for one and for all.
fn kind_of(code: &str) -> (Kind, usize, usize) {
    let telling = TELLING.iter().find(|(own, ..)| *own == code);
    telling.map_or((None, MOST_OF_ONE, MOST), |(own, one, all)| {
        (Some(*own), *one, *all)
    })
}

/// What counts as one address: what is kept of each says the whole of it.
fn place(address: &str) -> String {
    let parsed = address.parse();
    parsed.map_or_else(
        |_| address.to_owned(),
        |address| neighbourhood(address).to_string(),
    )
}

#[derive(Debug, Default)]
struct Kept {
    known: HashSet<Refusal>,
    /// How many of each kind.
    of_all: HashMap<Kind, usize>,
    of_one: HashMap<(Kind, Option<AccountId>, String), usize>,
    waiting: Waiting<Line>,
}

/// What was refused and is not kept yet.
#[derive(Debug, Default)]
pub struct Refusals {
    kept: Mutex<Kept>,
    stuck: Stuck,
    turn: Turn,
}

impl Refusals {
    /// Counts a refusal.
    pub fn note(&self, mut refusal: Refusal, now: Instant) {
        for text in [&mut refusal.about, &mut refusal.asked, &mut refusal.why] {
            if let Some((at, _)) = text.char_indices().nth(LONGEST) {
                text.truncate(at);
            }
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.known.contains(&refusal) {
            kept.waiting.add(Some(refusal), now);
            return;
        }
        // Who is signed in is one, wherever they are; strangers are one by their address.
        let address = match refusal.account {
            Some(_) => String::new(),
            None => place(&refusal.address),
        };
        let (kind, most_of_one, most) = kind_of(&refusal.code);
        let whose = (kind, refusal.account, address);
        let of_all = kept.of_all.get(&kind).copied().unwrap_or_default();
        let of_one = kept.of_one.get(&whose).copied().unwrap_or_default();
        let room = of_all < most && of_one < most_of_one;
        if room {
            kept.of_all.insert(kind, of_all + 1);
            kept.of_one.insert(whose, of_one + 1);
            kept.known.insert(refusal.clone());
        }
        kept.waiting.add(room.then_some(refusal), now);
    }

    fn take(&self) -> Vec<(Line, Counted)> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.waiting.take()
    }

    fn back(&self, lines: Vec<(Line, Counted)>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.waiting.back(lines);
    }

    /// From now on everything is kept apart again, unless something could not be kept: then
    /// there would be more and more of it.
    fn begin_anew(&self) {
        if self.stuck.is() {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.known.clear();
        kept.of_all.clear();
        kept.of_one.clear();
    }
}

fn kept(line: &Line, (first, last, times): Counted) -> Result<HeardLine, serde_json::Error> {
    let body = serde_json::to_string(line)?;
    Ok(HeardLine {
        kind: HeardKind::Refused,
        id: Uuid::new_v5(&REFUSALS, body.as_bytes()),
        whose: Uuid::nil(),
        body,
        first,
        last,
        times,
    })
}

/// Keeps what was refused since the last time.
///
/// # Errors
/// If it cannot be written; it waits for the next time.
pub(super) async fn keep(app: &App) -> Result<(), Error> {
    let _turn = app.refusals.turn.lock().await;
    let taken = app.refusals.take();
    if taken.is_empty() {
        return Ok(());
    }
    let lines: Result<Vec<_>, _> = taken
        .iter()
        .map(|(line, counted)| kept(line, *counted))
        .collect();
    let written = match lines {
        Ok(lines) => app.heard.keep_heard(lines).await,
        Err(error) => Err(Fault::Broken(error.to_string())),
    };
    app.refusals.stuck.set(written.is_err());
    if written.is_err() {
        app.refusals.back(taken);
    }
    Ok(written?)
}

/// Records what was refused since the last time.
///
/// # Errors
/// If it cannot be kept, or the ledger takes nothing; what is kept is recorded the next time.
pub async fn record_refusals(app: &App) -> Result<(), Error> {
    keep(app).await?;
    app.refusals.begin_anew();
    app.heard.close_heard(HeardKind::Refused).await?;
    for batch in app.heard.closed_heard(HeardKind::Refused).await? {
        let command = batch.command;
        app.ledger.append(recorded(app, batch)?).await?;
        app.heard.settle_heard(command).await?;
    }
    Ok(())
}

fn recorded(app: &App, batch: HeardBatch) -> Result<Append, Error> {
    let now = app.chance.now();
    let about = Uuid::new_v5(&REFUSALS, now.day().to_string().as_bytes());
    let (mut refusals, mut others) = (Vec::new(), 0);
    for kept in batch.lines {
        match serde_json::from_str::<Line>(&kept.body)? {
            Some(of) => refusals.push(RefusalCount {
                account: of.account,
                name: of.name,
                address: of.address,
                asked: of.asked,
                about: of.about,
                code: of.code,
                why: of.why,
                first: kept.first,
                last: kept.last,
                times: kept.times,
            }),
            None => others += kept.times,
        }
    }
    refusals.sort_by(|a, b| (a.first, &a.name, &a.asked).cmp(&(b.first, &b.name, &b.asked)));
    Ok(Append {
        command: CommandId(batch.command),
        moment: Moment {
            at: now,
            by: Actor::Service,
        },
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Reading, about),
            expected: Expected::Any,
            key: about,
            events: vec![Event::Reading(ReadingEvent::Refused { refusals, others })],
        }],
        answer: serde_json::Value::Null,
    })
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

    fn sums(taken: &[(Line, Counted)]) -> (usize, u64) {
        let apart = taken.iter().filter(|(line, _)| line.is_some()).count();
        let others = taken.iter().filter(|(line, _)| line.is_none());
        (apart, others.map(|(_, (_, _, times))| times).sum())
    }

    #[test]
    fn the_same_refusal_again_is_a_number() {
        let refusals = Refusals::default();
        for second in 0..1_000 {
            refusals.note(refusal(1, "a"), Instant::from_micros(second));
        }
        let taken = refusals.take();
        assert_eq!(sums(&taken), (1, 0));
        let (_, (_, last, times)) = &taken[0];
        assert_eq!((*last, *times), (Instant::from_micros(999), 1_000));
        assert!(refusals.take().is_empty());
    }

    #[test]
    fn one_person_who_tries_everything_does_not_hide_another() {
        let refusals = Refusals::default();
        for number in 0..10_000 {
            refusals.note(refusal(1, &number.to_string()), Instant::from_micros(0));
        }
        refusals.note(refusal(2, "a"), Instant::from_micros(0));
        let others = 10_000 - MOST_OF_ONE as u64;
        assert_eq!(sums(&refusals.take()), (MOST_OF_ONE + 1, others));
    }

    /// The address stands as the auditor reads it in a report; a network of 64 bits is one.
    #[test]
    fn a_stranger_with_a_whole_network_of_addresses_is_one_and_each_is_noted_as_it_is() {
        let refusals = Refusals::default();
        for number in 0..1_000 {
            let address = format!("2001:db8::{number:x}");
            let own = refusal(0, "a");
            refusals.note(Refusal { address, ..own }, Instant::from_micros(0));
        }
        let taken = refusals.take();
        let seventh = |(line, _): &(Line, Counted)| {
            line.as_ref()
                .is_some_and(|own| own.address == "2001:db8::7")
        };
        assert!(taken.iter().any(seventh));
        assert_eq!(sums(&taken), (MOST_OF_ONE, 1_000 - MOST_OF_ONE as u64));
    }

    #[test]
    fn no_noise_hides_that_somebody_came_upon_something() {
        let now = Instant::from_micros(0);
        let refusals = Refusals::default();
        let with = |who, about: &str, code: &str| Refusal {
            code: code.to_owned(),
            ..refusal(who, about)
        };
        // Of the person themselves, of a crowd, and of what they may not anyway.
        for number in 0..1_000 {
            refusals.note(refusal(1, &number.to_string()), now);
            refusals.note(refusal(number + 2, "x"), now);
            refusals.note(with(1, &number.to_string(), "not_permitted"), now);
        }
        let probe = with(1, "a sensitive case", "reason_needed");
        refusals.note(probe.clone(), now);
        let other = with(5_000, "what they may not", "not_permitted");
        refusals.note(other.clone(), now);
        let taken = refusals.take();
        for told in [probe, other] {
            assert!(taken.iter().any(|(line, _)| line.as_ref() == Some(&told)));
        }
        // What tells something is bounded too.
        for who in 1..=5_000 {
            refusals.note(with(who, "y", "reason_needed"), now);
            refusals.note(with(1, &who.to_string(), "reason_needed"), now);
        }
        assert_eq!(sums(&refusals.take()).0, 1_000 - 1);
    }

    #[test]
    fn however_many_there_are_what_is_kept_is_bounded_and_nothing_is_uncounted() {
        let refusals = Refusals::default();
        for who in 1..=5_000 {
            refusals.note(refusal(who, &"x".repeat(9_000)), Instant::from_micros(0));
        }
        let taken = refusals.take();
        assert_eq!(sums(&taken), (MOST, 5_000 - MOST as u64));
        let mut apart = taken.iter().filter_map(|(line, _)| line.as_ref());
        assert!(apart.all(|own| own.about.len() <= LONGEST));
    }

    #[test]
    fn what_could_not_be_kept_is_still_there_and_no_more_is_kept_apart_for_it() {
        let refusals = Refusals::default();
        refusals.note(refusal(1, "a"), Instant::from_micros(0));
        let taken = refusals.take();
        refusals.back(taken);
        refusals.stuck.set(true);
        for minute in 0..20 {
            refusals.begin_anew();
            for number in 0..MOST_OF_ONE {
                let about = format!("{minute} {number}");
                refusals.note(refusal(1, &about), Instant::from_micros(minute));
            }
        }
        let (apart, others) = sums(&refusals.take());
        assert_eq!(apart, MOST_OF_ONE);
        assert_eq!(others, 20 * MOST_OF_ONE as u64 + 1 - apart as u64);
        refusals.stuck.set(false);
        refusals.begin_anew();
        refusals.note(refusal(1, "later"), Instant::from_micros(0));
        assert_eq!(sums(&refusals.take()), (1, 0));
    }
}
