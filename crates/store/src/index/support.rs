//! What is announced, and what people ask the service centre. Whoever asked is told when it is
//! answered.

use super::{
    Desk, Effects, notice,
    tables::{ANNOUNCEMENTS, HELP},
};
use crate::{error::broken, query::text, rows::Value};
use app::ports::Fault;
use domain::{
    Recorded,
    support::{Announcement, HelpRequest, SupportEvent},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use vocabulary::Instant;

/// A request with its answer, as the index keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Help {
    pub(crate) request: HelpRequest,
    pub(crate) answer: Option<(String, String, Instant)>,
}

/// Puts the row that an event changes.
pub(super) async fn apply(
    desk: &mut Desk<'_>,
    recorded: &Recorded,
    event: &SupportEvent,
    effects: &mut Effects,
) -> Result<(), Fault> {
    match event {
        SupportEvent::AnnouncementMade(announcement) => put(desk, announcement)?,
        SupportEvent::AnnouncementWithdrawn { announcement, at } => {
            desk.flush().await?;
            let sql = "select body from announcement_index where announcement_id = $1";
            let found: Option<Announcement> = kept(desk, sql, &announcement.to_string()).await?;
            if let Some(mut announcement) = found {
                announcement.until = *at;
                put(desk, &announcement)?;
            }
        }
        SupportEvent::HelpAsked(request) => put_help(
            desk,
            &Help {
                request: request.clone(),
                answer: None,
            },
        )?,
        SupportEvent::HelpAnswered {
            request,
            answer,
            by,
            at,
        } => {
            desk.flush().await?;
            let sql = "select body from help_index where request_id = $1";
            let found: Option<Help> = kept(desk, sql, &request.to_string()).await?;
            if let Some(mut help) = found {
                help.answer = Some((answer.clone(), by.clone(), *at));
                put_help(desk, &help)?;
                notice::to_account(
                    desk,
                    recorded,
                    help.request.account,
                    "The service centre answered you",
                    "Open Help to read the answer.",
                    effects,
                );
            }
        }
    }
    desk.flush().await
}

fn put(desk: &mut Desk<'_>, announcement: &Announcement) -> Result<(), Fault> {
    desk.rows.put(
        &ANNOUNCEMENTS,
        vec![
            Value::text(announcement.id),
            announcement.until.micros().into(),
            announcement.rank().into(),
            announcement.from.micros().into(),
            json(announcement)?,
        ],
    );
    Ok(())
}

fn put_help(desk: &mut Desk<'_>, help: &Help) -> Result<(), Fault> {
    desk.rows.put(
        &HELP,
        vec![
            Value::text(help.request.id),
            Value::text(help.request.account),
            help.request.at.micros().into(),
            help.answer.is_some().into(),
            json(help)?,
        ],
    );
    Ok(())
}

fn json(thing: &impl Serialize) -> Result<Value, Fault> {
    Ok(serde_json::to_string(thing).map_err(broken)?.into())
}

async fn kept<T: DeserializeOwned>(
    desk: &mut Desk<'_>,
    sql: &'static str,
    id: &str,
) -> Result<Option<T>, Fault> {
    let row = desk.pen.first(sql, vec![id.into()]).await?;
    row.map(|row| serde_json::from_str(&text(&row, 0)?).map_err(broken))
        .transpose()
}
