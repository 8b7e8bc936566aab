//! Registers that somebody has without asking: when a court day is over, the youth offending team
//! of a court house is sent its register, and a prosecuting authority its own. What is sent is the
//! news that it is complete, to those there who work with it; the register itself is made from the
//! record when it is opened, and who may see what is decided then. A day of which something else
//! is to be said later (an amendment, results that were not ready) is sent again, marked so.
//!
//! Each sending is an event of a stream of its own, under a command derived from what it says: a
//! server that is killed meanwhile, or a second one, sends nothing twice and leaves nothing out.

use super::{
    informant,
    register::{self, OF_CHILDREN},
    sitting::Sitting,
};
use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Actor, Event, Moment, Stream, StreamKind, account::Organisation, listing::is_youth,
    register::RegisterEvent,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vocabulary::{CommandId, Day, Instant, OrganisationId, OrganisationKind, Printout};

/// The stream that says up to which day all were sent; any fixed id serves.
const DAYS: Uuid = Uuid::from_u128(0x0b7d_61f0_5a52_4c0e_9d31_7e54_c1a0_62d5);
/// For how many days back it is asked whether something else is to be said.
const LATE: i64 = 28;

/// The latest court day that is over, at `hour:minute` of that day.
#[must_use]
pub fn due_register_day(now: Instant, (hour, minute): (i8, i8)) -> Day {
    let today = now.day();
    let over = now >= today.at(hour, minute);
    today.plus_days(if over { 0 } else { -1 })
}

/// Sends what is due up to a day, and says how many were sent. The first time nothing is made up
/// for: what was before is marked as sent.
///
/// # Errors
/// If the record cannot be read or written; what was sent by then is sent.
pub async fn send_registers(app: &App, due: Day) -> Result<usize, Error> {
    let kept = app.ledger.register(DAYS).await?;
    let Some((before_first, last)) = kept.and_then(|kept| kept.days) else {
        mark(app, due).await?;
        return Ok(0);
    };
    let mut day = before_first.plus_days(1).max(due.plus_days(1 - LATE));
    let mut sent = 0;
    while day <= due {
        sent += of_day(app, day).await?;
        day = day.plus_days(1);
    }
    if last < due {
        mark(app, due).await?;
    }
    Ok(sent)
}

async fn mark(app: &App, day: Day) -> Result<(), Error> {
    let command = CommandId::derived(&DAYS, &format!("sent up to {day}"));
    append(app, command, DAYS, RegisterEvent::DaysSent { day }).await
}

async fn append(
    app: &App,
    command: CommandId,
    stream: Uuid,
    event: RegisterEvent,
) -> Result<(), Error> {
    app.ledger
        .append(Append {
            command,
            moment: Moment {
                at: app.chance.now(),
                by: Actor::Service,
            },
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Register, stream),
                expected: Expected::Any,
                key: stream,
                events: vec![Event::Register(event)],
            }],
            answer: Value::Null,
        })
        .await?;
    Ok(())
}

async fn of_day(app: &App, day: Day) -> Result<usize, Error> {
    let organisations = app.index.organisations().await?;
    let mut sent = 0;
    for court in &organisations {
        sent += usize::from(of_children(app, court, &organisations, day).await?);
    }
    let authorities = organisations
        .iter()
        .filter(|own| own.kind == OrganisationKind::Prosecutor);
    for authority in authorities {
        let Some(ou_code) = &authority.ou_code else {
            continue;
        };
        let (text, cases) = informant::values(app, &organisations, ou_code, day, None).await?;
        let register = Register {
            printout: Printout::InformantRegister {
                authority: authority.id,
                day,
            },
            name: informant::NAME,
            of: &authority.name,
            day,
            to: authority.id,
            sha256: hex::encode(Sha256::digest(text.as_bytes())),
            says_nothing: cases.is_empty(),
        };
        sent += usize::from(register.send(app).await?);
    }
    Ok(sent)
}

/// What a court house resulted about people under 18, to the team that serves it.
async fn of_children(
    app: &App,
    court: &Organisation,
    organisations: &[Organisation],
    day: Day,
) -> Result<bool, Error> {
    let Some(id) = court.court.as_ref().map(|own| own.id) else {
        return Ok(false);
    };
    let Some((_, Some(team))) = register::team_of(app, court, organisations) else {
        return Ok(false);
    };
    let sitting = Sitting::load(app, id, day, None).await?;
    let (mut digest, mut says_nothing) = (Sha256::new(), true);
    for hearing in &sitting.hearings {
        let Some(shared) = &hearing.shared else {
            continue;
        };
        for (_, defendant) in sitting.parties(hearing) {
            if is_youth(defendant, day) != Some(true) {
                continue;
            }
            let own = defendant.charged.id;
            let results = shared.results.iter().filter(|r| r.defendant == own);
            says_nothing = false;
            digest.update(hearing.id.0);
            digest.update(own.0);
            digest.update(serde_json::to_vec(&results.collect::<Vec<_>>())?);
        }
    }
    let register = Register {
        printout: Printout::CourtRegister {
            court: id,
            day,
            youth: true,
        },
        name: OF_CHILDREN,
        of: &court.name,
        day,
        to: team.id,
        sha256: hex::encode(digest.finalize()),
        says_nothing,
    };
    register.send(app).await
}

/// A register as it would be sent now.
struct Register<'a> {
    printout: Printout,
    name: &'a str,
    of: &'a str,
    day: Day,
    to: OrganisationId,
    sha256: String,
    says_nothing: bool,
}

impl Register<'_> {
    /// Sends it, unless it says what the one before said, or nothing and there was none.
    async fn send(self, app: &App) -> Result<bool, Error> {
        let printout = self.printout.to_string();
        let stream = Uuid::new_v5(&self.to.0, printout.as_bytes());
        let kept = app.ledger.register(stream).await?;
        let before = kept.and_then(|kept| kept.sent);
        let same = before
            .as_ref()
            .map_or(self.says_nothing, |(_, said)| *said == self.sha256);
        if same {
            return Ok(false);
        }
        let times = before.as_ref().map_or(0, |(times, _)| *times);
        let command = CommandId::derived(&stream, &format!("sent {times} {}", self.sha256));
        let event = RegisterEvent::DayRegisterSent {
            printout,
            name: self.name.to_owned(),
            of: self.of.to_owned(),
            day: self.day,
            to: self.to,
            sha256: self.sha256,
            amended: times > 0,
        };
        append(app, command, stream, event).await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_court_day_is_over_when_its_time_has_come_and_not_before() {
        let today: Day = "2026-11-23".parse().unwrap();
        let due = |hour, minute| due_register_day(today.at(hour, minute), (19, 0));
        assert_eq!(due(18, 59), today.plus_days(-1));
        assert_eq!(due(19, 0), today);
        assert_eq!(due(23, 59), today);
    }
}
