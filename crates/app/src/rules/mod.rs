//! Lowering rules while the service runs, for whoever runs it: from the command line here,
//! from a screen in `decide`. What
//! is in force is asked of the record at every check: it holds on every server from
//! the moment at which it is recorded.

mod decide;

pub(crate) use decide::lowering;

use crate::{
    App, Error,
    ports::{Append, Expected, StreamAppend},
};
use domain::{
    Event, Moment, Stream, StreamKind,
    rules::{LoweredRules, RULES, RulesEvent, Severities, lower_rule, restore_rule, severities},
    validator::Lowered,
};
use std::sync::Arc;
use vocabulary::CommandId;

/// What is lowered now.
///
/// # Errors
/// If the record cannot be read.
pub async fn lowered(app: &App) -> Result<Arc<LoweredRules>, Error> {
    Ok(app.ledger.lowered_rules().await?.unwrap_or_default())
}

/// The rules that can be lowered, as they stand, with what is lowered.
///
/// # Errors
/// If the record cannot be read.
pub async fn list(app: &App) -> Result<(Vec<Severities>, Arc<LoweredRules>), Error> {
    let now = lowered(app).await?;
    Ok((severities(&app.catalogue.results.law, &now), now))
}

/// Lowers a rule from the next check on.
///
/// # Errors
/// If it would be raised or may not be lowered, or the record cannot be written.
pub async fn lower(
    app: &App,
    rule: &str,
    to: Lowered,
    by: &str,
    reason: &str,
) -> Result<RulesEvent, Error> {
    let now = lowered(app).await?;
    let event = lower_rule(&app.catalogue.results.law, &now, (rule, to), by, reason)?;
    record(app, &now, event).await
}

/// Gives a rule back what its table says.
///
/// # Errors
/// If it is not lowered, or the record cannot be written.
pub async fn restore(app: &App, rule: &str, by: &str, reason: &str) -> Result<RulesEvent, Error> {
    let now = lowered(app).await?;
    let event = restore_rule(&now, rule, by, reason)?;
    record(app, &now, event).await
}

async fn record(app: &App, now: &LoweredRules, event: RulesEvent) -> Result<RulesEvent, Error> {
    let written = Written {
        command: CommandId(app.chance.id()),
        moment: Moment {
            at: app.chance.now(),
            by: app.acting(),
        },
        answer: serde_json::Value::Null,
    };
    append(app, now, event.clone(), written).await?;
    Ok(event)
}

/// By whom and when it is recorded, and what is answered.
struct Written {
    command: CommandId,
    moment: Moment,
    answer: serde_json::Value,
}

async fn append(
    app: &App,
    now: &LoweredRules,
    event: RulesEvent,
    written: Written,
) -> Result<serde_json::Value, Error> {
    let recorded = app
        .ledger
        .append(Append {
            command: written.command,
            moment: written.moment,
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Rules, RULES),
                expected: match now.version {
                    0 => Expected::New,
                    version => Expected::Version(version),
                },
                key: RULES,
                events: vec![Event::Rules(event)],
            }],
            answer: written.answer,
        })
        .await?;
    Ok(recorded.answer)
}
