//! Carrying deliveries out of here: claim, send, record. A crash between sending and
//! recording sends again, which the delivery's id tells the recipient; a crash before
//! loses nothing, because the claim lapses. One recipient that is away is left alone
//! for a while by whoever calls this, and holds up no other.

use super::dead::news;
use crate::{
    App, Error,
    ports::{Append, Attempts, Expected, Fate, Fault, Outcome, Parcel, StreamAppend, Towards},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind,
    account::{Organisation, Route},
    document::{Delivery, Document, Passage, carry},
};
use futures::{StreamExt, stream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use vocabulary::{CommandId, DeliveryId, DocumentId, Instant};

/// How many deliveries to one recipient are claimed at once.
const CLAIMED: i64 = 24;
/// How many of them are on their way at the same moment.
const AT_ONCE: usize = 6;
/// The first wait of a delivery that did not work, in seconds; each further one is
/// twice as long, give or take a quarter.
const FIRST: i64 = 2;
/// The longest wait, in seconds.
const LONGEST: i64 = 600;
/// How often the record is asked again when somebody else was first.
const PATIENCE: usize = 8;

/// What a round for one recipient came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Whether more may wait than were taken on.
    pub full: bool,
    /// Those that were taken.
    pub taken: usize,
    /// Those that failed for good.
    pub dead: usize,
    /// Those that are tried again.
    pub later: usize,
    /// Whether nothing is taken there now.
    pub away: bool,
}

/// Carries what waits for one organisation, or for mailboxes of others, and can be tried
/// now: some of it, so that the caller sees how it goes.
///
/// # Errors
/// If the record cannot say what waits, or what became of it cannot be remembered.
pub async fn carry_to(app: &App, to: Towards, give_up_seconds: i64) -> Result<Round, Error> {
    let now = app.chance.now();
    // Two turns at the most follow on each other before one that fails ends the round.
    let lapses = now.plus_seconds(app.carrier.longest() * 2 + 3);
    let claimed = app.carrying.claim(to, now, lapses, CLAIMED).await?;
    let (recipient, secret) = match to {
        Towards::Organisation(id) => {
            let Some(recipient) = app.index.organisation(id).await? else {
                return Ok(Round::default());
            };
            (Some(recipient), app.carrying.secret(id).await?)
        }
        Towards::Mailboxes => (None, None),
    };
    let round = Carriers {
        app,
        recipient: recipient.as_ref(),
        secret,
        begins_until: lapses.plus_seconds(-app.carrier.longest()),
        give_up_seconds,
        away: AtomicBool::new(false),
        failed: AtomicUsize::new(0),
    };
    let taken_on = claimed.len();
    let fates: Vec<(DeliveryId, Fate, Step)> = stream::iter(claimed)
        .map(|attempts| round.one(attempts))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let count = |wanted| fates.iter().filter(|(_, _, step)| *step == wanted).count();
    let (taken, later) = (count(Step::Taken), count(Step::Later));
    let came = Round {
        full: taken_on >= usize::try_from(CLAIMED).unwrap_or(usize::MAX),
        taken,
        dead: count(Step::Dead),
        later,
        // Of many mailboxes, one that takes nothing now says nothing of the others.
        away: taken == 0
            && later > 0
            && (round.recipient.is_some() || round.away.load(Ordering::Relaxed)),
    };
    let fates: Vec<(DeliveryId, Fate)> = fates
        .into_iter()
        .map(|(delivery, fate, _)| (delivery, fate))
        .collect();
    app.carrying.settle(&fates).await?;
    Ok(came)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Taken,
    Dead,
    Later,
    Nothing,
}

struct Carriers<'a> {
    app: &'a App,
    /// The organisation; none, where each goes to a mailbox of its own.
    recipient: Option<&'a Organisation>,
    secret: Option<[u8; 32]>,
    /// What begins later might still be on its way when its claim lapses.
    begins_until: Instant,
    give_up_seconds: i64,
    away: AtomicBool,
    failed: AtomicUsize,
}

impl Carriers<'_> {
    async fn one(&self, attempts: Attempts) -> (DeliveryId, Fate, Step) {
        let (fate, step) = match self.attempt(&attempts).await {
            Ok(came) => came,
            Err(error) => {
                tracing::error!(delivery = %attempts.delivery, %error, "a delivery could not be carried");
                let why = error.to_string();
                match self.not_now(&attempts, why.clone()).await {
                    Ok(came) => came,
                    // Not even that can be recorded: it waits until it can.
                    Err(_) => self.later(&attempts, why),
                }
            }
        };
        (attempts.delivery, fate, step)
    }

    async fn attempt(&self, attempts: &Attempts) -> Result<(Fate, Step), Error> {
        if self.away.load(Ordering::Relaxed) || self.app.chance.now() > self.begins_until {
            return Ok((Fate::Untried, Step::Nothing));
        }
        let delivery = attempts.delivery;
        // Read at the last moment: what was superseded since it was claimed stays here.
        let Some(document) = self.app.ledger.document(attempts.document).await? else {
            return Ok((Fate::Settled, Step::Nothing));
        };
        let Some(wanted) = document.delivery(delivery).filter(|d| document.to_carry(d)) else {
            return Ok((Fate::Settled, Step::Nothing));
        };
        let since = wanted.carriage.as_ref().map_or(wanted.since, |c| c.since);
        let parcel = self.parcel(&document, wanted).await?;
        let way = parcel
            .as_ref()
            .map_or(Route::Inbox.way(), |own| own.route.way());
        let outcome = match parcel {
            Some(parcel) => self.app.carrier.carry(parcel).await,
            None => Outcome::Taken {
                received: true,
                how: "It lies in the inbox; nothing else is wanted now.".to_owned(),
            },
        };
        let record = |passage| record(self.app, attempts.document, delivery, since, passage);
        match outcome {
            Outcome::Taken { received, how } => {
                let how = format!("{way}: {how}");
                let recorded = record(if received {
                    Passage::Accepted { how }
                } else {
                    Passage::Sent { how }
                });
                if let Err(error) = recorded.await {
                    // It is there, so it is not given up: it is sent once more, and recorded.
                    tracing::error!(%delivery, %error, "a delivery that was taken could not be recorded");
                    return Ok(self.later(attempts, error.to_string()));
                }
                Ok((Fate::Settled, Step::Taken))
            }
            Outcome::Never { why } => {
                record(Passage::Failed { why }).await?;
                Ok((Fate::Settled, Step::Dead))
            }
            Outcome::NotNow { away, why } => {
                let enough = self.recipient.is_some()
                    && self.failed.fetch_add(1, Ordering::Relaxed) + 1 >= AT_ONCE;
                if away || enough {
                    self.away.store(true, Ordering::Relaxed);
                }
                self.not_now(attempts, why).await
            }
        }
    }

    /// What did not work, for whatever reason, is tried again until it is given up.
    async fn not_now(&self, attempts: &Attempts, why: String) -> Result<(Fate, Step), Error> {
        let given_up = attempts.since.plus_seconds(self.give_up_seconds);
        if self.app.chance.now() < given_up {
            return Ok(self.later(attempts, why));
        }
        let tried = attempts.tried + 1;
        let why = format!("Given up after {tried} tries. The last time: {why}");
        news(self.app, attempts.delivery, Passage::Failed { why }).await?;
        Ok((Fate::Settled, Step::Dead))
    }

    fn later(&self, attempts: &Attempts, why: String) -> (Fate, Step) {
        let wait = wait(attempts.tried, self.app.chance.secret()[0]);
        let next = Instant::from_micros(self.app.chance.now().micros() + wait * 1000);
        (Fate::Later { next, why }, Step::Later)
    }

    /// What is handed over; nothing, if the organisation has gone back to its inbox.
    async fn parcel(
        &self,
        document: &Document,
        delivery: &Delivery,
    ) -> Result<Option<Parcel>, Error> {
        let request = &delivery.request;
        let route = match (self.recipient, &request.email) {
            (Some(own), _) => own.route.clone(),
            (None, Some(address)) => Route::Email {
                address: address.clone(),
            },
            (None, None) => Route::Inbox,
        };
        let (true, Some(sha256)) = (route.carries(), &document.sha256) else {
            return Ok(None);
        };
        let pdf = self.app.objects.get(sha256).await?.ok_or_else(|| {
            Error::Broken(format!("the PDF {sha256} is not among the kept files"))
        })?;
        Ok(Some(Parcel {
            delivery: request.id,
            document: document.id,
            replaces: document.replaces,
            name: document.name.clone(),
            kind: document.kind.as_str(),
            court: document.view["court"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            requested: document.requested_at,
            recipient: self
                .recipient
                .map_or(&request.name, |own| &own.name)
                .clone(),
            acknowledgement_required: request.acknowledgement_required,
            sha256: sha256.clone(),
            pdf,
            route,
            in_inbox: request.channel.arrives_here(),
            secret: self.secret,
            at: self.app.chance.now(),
        }))
    }
}

/// How long a delivery waits after so many tries before it, in milliseconds. Chance
/// keeps those that failed together from coming back together.
fn wait(tried: u64, chance: u8) -> i64 {
    let doubled = FIRST.saturating_mul(1 << tried.min(20)).min(LONGEST) * 1000;
    doubled - doubled / 4 + doubled / 2 * i64::from(chance) / 255
}

/// Records what happened to a delivery. `since` is when it began to wait: what is
/// tried again by hand is another passage, and its news are recorded again.
pub(super) async fn record(
    app: &App,
    document: DocumentId,
    delivery: DeliveryId,
    since: Instant,
    passage: Passage,
) -> Result<bool, Error> {
    let word = match &passage {
        Passage::Sent { .. } => "carried",
        Passage::Accepted { .. } => "accepted",
        Passage::Failed { .. } => "failed",
        Passage::Again => "again",
    };
    let command = CommandId::derived(&delivery.0, &format!("{word} {}", since.micros()));
    for _ in 0..PATIENCE {
        let Some(current) = app.ledger.document(document).await? else {
            return Ok(false);
        };
        let events = carry(&current, delivery, &passage)?;
        if events.is_empty() {
            return Ok(false);
        }
        let appended = app
            .ledger
            .append(Append {
                command,
                moment: Moment {
                    at: app.chance.now(),
                    by: Actor::Service,
                },
                streams: vec![StreamAppend {
                    stream: Stream::new(StreamKind::Document, document.0),
                    expected: Expected::Version(current.version),
                    key: current.case_id.0,
                    events: events.into_iter().map(Event::Document).collect(),
                }],
                answer: serde_json::Value::Null,
            })
            .await;
        match appended {
            Ok(appended) => return Ok(!appended.repeated),
            // Somebody opened it, or another of its deliveries came further.
            Err(Fault::Stale { .. }) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(Error::Stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes_give_or_take_a_quarter() {
        for (tried, seconds) in [(0, 2), (1, 4), (5, 64), (9, 600), (4_000_000, 600)] {
            assert_eq!(wait(tried, 0), seconds * 750);
            assert_eq!(wait(tried, 255), seconds * 1250);
        }
    }
}
