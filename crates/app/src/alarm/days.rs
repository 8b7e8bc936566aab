//! Days on which the lists say of a court's deliveries something else than the ledger. Found by
//! the daily reckoning, and over by itself when that finds them the same again; whoever takes
//! one on sees to it that somebody looks.

use super::{list, when};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{Append, DayInAlarm, Fault},
    reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    alarm::{Alarms, DayAlarm, TakeDay},
};
use domain::{Refusal, reading::ReadingEvent};
use vocabulary::{AccountId, CourtId, Instant};

#[async_trait]
impl UseCase for TakeDay {
    /// It is mine now, whoever had it before.
    async fn answer(self, app: &App, who: &Caller) -> Result<Alarms, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewAlarms, &Facts::default())?;
        let court = person.organisation.court.as_ref();
        let court = court.ok_or_else(Problem::not_found)?.id;
        let days = app.reckoning.days_in_alarm(court).await?;
        let Some(alarm) = days.into_iter().find(|own| own.day == self.day) else {
            return Err(Refusal::new(
                "no_alarm",
                "This day is no alarm any more, or not yet.",
                "Look at the list again.",
            )
            .into());
        };
        let mine = |(account, ..): &(AccountId, String, Instant)| *account == person.account.id;
        if !alarm.owner.as_ref().is_some_and(mine) {
            record(app, who, (court, &alarm)).await?;
        }
        list::of_court(app, person).await
    }
}

/// Records who takes the day on, and who had it before. Whose it is follows from that in the same
/// transaction.
async fn record(
    app: &App,
    who: &Caller,
    (court, alarm): (CourtId, &DayInAlarm),
) -> Result<(), Error> {
    let person = who.person()?;
    let event = ReadingEvent::DayTaken {
        day: alarm.day,
        requested: alarm.requested,
        differing: alarm.differing,
        before: alarm.owner.as_ref().map(|(_, name, _)| name.clone()),
        organisation: person.organisation.id,
    };
    app.ledger
        .append(Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams: vec![reading::stream_append(court.0, event)],
            answer: serde_json::Value::Null,
        })
        .await?;
    Ok(())
}

/// Those of a court, the latest first.
pub(super) async fn of_court(
    app: &App,
    person: &SignedIn,
    court: CourtId,
    now: Instant,
) -> Result<Vec<DayAlarm>, Fault> {
    let days = app.reckoning.days_in_alarm(court).await?;
    Ok(days.iter().map(|own| shown(own, person, now)).collect())
}

fn shown(own: &DayInAlarm, person: &SignedIn, now: Instant) -> DayAlarm {
    let (day, since) = (own.day, when(own.since, now));
    let (of_day, differing) = (day.in_words(), own.differing);
    let what = match own.requested {
        0 => format!("Of {of_day} the lists have {differing} deliveries that the ledger has not."),
        1 => format!("Of the one delivery of {of_day} the lists do not say what the ledger says."),
        n => format!(
            "Of the {n} deliveries of {of_day} the lists do not say what the ledger says: they \
             differ in {differing}."
        ),
    };
    DayAlarm {
        day,
        text: format!("{what} Found {since}."),
        next: format!(
            "Tell whoever runs the service: `deliveries reconcile --date {day}` names what differs, \
             `ledger rebuild` mends it. Until then believe what stands beside each document, not \
             the lists."
        ),
        owner: own
            .owner
            .as_ref()
            .map(|(_, name, since)| format!("{name}, {}", when(*since, now))),
        mine: own
            .owner
            .as_ref()
            .is_some_and(|(account, ..)| *account == person.account.id),
    }
}
