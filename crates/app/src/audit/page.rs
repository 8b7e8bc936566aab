//! A report is read a page at a time: each goes on after a place in the ledger and is whole up to
//! another, so that nothing that is recorded in great numbers keeps what follows out of it.

use crate::{App, Error, ports::Audited};
use domain::{Event, Recorded, reading::ReadingEvent};
use vocabulary::Instant;

/// The most that each question adds to a page, and the most events on it; refusals are lines of
/// their own, and as many again.
pub(super) const MOST: usize = 5_000;

/// Of when, and after which place in the ledger.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub(super) from: Instant,
    pub(super) to: Instant,
    pub(super) after: u64,
}

impl Page {
    /// All of it: one more than is on a page, to know whether there is more.
    pub(super) fn asked(self) -> Audited {
        Audited {
            from: Some(self.from),
            to: Some(self.to),
            after: self.after,
            limit: (MOST + 1) as i64,
            ..Audited::default()
        }
    }
}

/// What was found for a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    events: Vec<Recorded>,
    /// Up to which place in the ledger it is whole; nothing if there is no more.
    until: Option<u64>,
}

impl Found {
    /// What the ledger answers to one question, and of that what is kept: a page of what is kept,
    /// however much is not.
    pub(super) async fn ask(
        &mut self,
        app: &App,
        mut asked: Audited,
        keep: impl Fn(&Recorded) -> bool + Send,
    ) -> Result<(), Error> {
        let mut kept: Vec<Recorded> = Vec::new();
        loop {
            let found = app.ledger.audited(asked.clone()).await?;
            let more = found.len() > MOST;
            asked.after = found.last().map_or(asked.after, |own| own.position);
            kept.extend(found.into_iter().filter(|own| keep(own)));
            if !more || kept.len() > MOST {
                self.take(kept, more.then_some(asked.after));
                return Ok(());
            }
        }
    }

    /// Takes in what one question found, whole up to a place in the ledger.
    pub(super) fn take(&mut self, mut found: Vec<Recorded>, until: Option<u64>) {
        found.sort_by_key(|own| own.position);
        if found.len() > MOST {
            found.truncate(MOST);
            self.whole_until(found.last().map(|own| own.position));
        }
        self.whole_until(until);
        self.events.extend(found);
    }

    /// It is whole up to this place at most.
    pub(super) fn whole_until(&mut self, until: Option<u64>) {
        self.until = match (self.until, until) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
    }

    /// The events of the page, and after which place in the ledger the next begins.
    pub(super) fn page(mut self) -> (Vec<Recorded>, Option<u64>) {
        self.events.sort_by_key(|own| own.position);
        self.events.dedup_by_key(|own| own.position);
        if self.events.len() > MOST {
            self.whole_until(Some(self.events[MOST - 1].position));
        }
        if let Some(until) = self.until {
            self.events.retain(|own| own.position <= until);
        }
        self.events.dedup_by(|next, own| is_one_reading(own, next));
        (self.events, self.until)
    }
}

/// Whether these are one reading of a document, recorded for each of its cases.
fn is_one_reading(own: &Recorded, next: &Recorded) -> bool {
    let read =
        |of: &Recorded| matches!(of.event, Event::Reading(ReadingEvent::DocumentRead { .. }));
    read(own) && own.event == next.event && own.at == next.at && own.by == next.by
}
