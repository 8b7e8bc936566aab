//! Accounts that nobody signs in with: warned by notice and e-mail, then suspended. Whose use
//! was never noted counts from when it is first looked for, so that no update of the service
//! suspends anybody. The invented people of a demo court stay.

use super::{record, to_stream, version_of};
use crate::{App, Error, demo};
use domain::{
    Actor, Moment,
    account::{
        AccountEvent,
        idle::{Due, IdleLimits, due},
    },
};
use serde_json::Value;
use vocabulary::{AccountId, CommandId, Instant};

/// How many accounts are asked for at a time.
const PAGE: i64 = 1_000;

/// Looks once; says how many were warned and how many suspended.
///
/// # Errors
/// If the record cannot be read or written.
pub async fn watch_idle(app: &App) -> Result<(usize, usize), Error> {
    watch_idle_by(app, PAGE).await
}

/// The same, asking for so many at a time: whoever was warned already, or stays, stands before
/// nobody who was idle for less long.
///
/// # Errors
/// If the record cannot be read or written.
pub async fn watch_idle_by(app: &App, page: i64) -> Result<(usize, usize), Error> {
    let now = app.chance.now();
    app.people.begin_counting(now).await?;
    let rules = app.catalogue.people.limits(now.day());
    let first = rules.warn_after_days.first().copied().unwrap_or(60);
    let limits = IdleLimits {
        warn_after: &rules.warn_after_days,
        suspend_after: rules.suspend_after_days,
    };
    let (mut warned, mut suspended) = (0, 0);
    // Whoever signed in that day, at whatever time.
    let before = now.day().plus_days(1 - first).at(0, 0);
    let mut after = None;
    loop {
        let found = app.people.unused_since(before, after, page).await?;
        for (id, used) in &found {
            match one(app, *id, *used, limits, now).await {
                Ok(Some(Due::Warn { .. })) => warned += 1,
                Ok(Some(Due::Suspend)) => suspended += 1,
                // Another server was first, or somebody changes the account now.
                Ok(None) | Err(Error::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        after = found.last().copied();
        if after.is_none() {
            return Ok((warned, suspended));
        }
    }
}

async fn one(
    app: &App,
    id: AccountId,
    used: Instant,
    limits: IdleLimits<'_>,
    now: Instant,
) -> Result<Option<Due>, Error> {
    let version = version_of(app, id.0).await?;
    let Some(account) = app.index.account(id).await? else {
        return Ok(None);
    };
    if app.service.demo && demo::is_invented_person(&account) {
        return Ok(None);
    }
    let Some(due) = due(&account, used, now.day(), limits) else {
        return Ok(None);
    };
    let event = match due {
        Due::Warn { days, suspended_on } => AccountEvent::IdleWarned {
            account: id,
            days,
            suspended_on,
        },
        Due::Suspend => AccountEvent::AccountLapsed { account: id },
    };
    let moment = Moment {
        at: now,
        by: Actor::Service,
    };
    let streams = vec![to_stream(id.0, version, vec![event])];
    record(
        app,
        CommandId(app.chance.id()),
        moment,
        streams,
        Value::Null,
    )
    .await?;
    if due == Due::Suspend {
        app.work.end_sessions(id).await?;
    }
    Ok(Some(due))
}
