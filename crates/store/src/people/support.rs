//! Announcements and requests for help, whole.

use crate::{
    Store,
    error::{broken, fault},
    index::support::Help,
    query::text,
};
use app::ports::{Fault, KeptHelp};
use domain::support::Announcement;
use sqlx::any::AnyRow;
use vocabulary::{AccountId, HelpRequestId, Instant};

pub(super) async fn announcements(
    store: &Store,
    ending_after: Instant,
) -> Result<Vec<Announcement>, Fault> {
    let query = sqlx::query(
        "select body from announcement_index where ends_at > $1 \
         order by rank, starts_at, announcement_id",
    )
    .bind(ending_after.micros());
    let rows = store.readers().all(query).await.map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| serde_json::from_str(&text(row, 0)?).map_err(broken))
        .collect()
}

fn kept(row: &AnyRow) -> Result<KeptHelp, Fault> {
    let help: Help = serde_json::from_str(&text(row, 0)?).map_err(broken)?;
    Ok(KeptHelp {
        request: help.request,
        answer: help.answer,
    })
}

pub(super) async fn help(store: &Store, request: HelpRequestId) -> Result<Option<KeptHelp>, Fault> {
    let query =
        sqlx::query("select body from help_index where request_id = $1").bind(request.to_string());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.as_ref().map(kept).transpose()
}

pub(super) async fn help_of(
    store: &Store,
    account: AccountId,
    limit: i64,
) -> Result<Vec<KeptHelp>, Fault> {
    let query = sqlx::query(
        "select body from help_index where account_id = $1 \
         order by asked_at desc, request_id limit $2",
    )
    .bind(account.to_string())
    .bind(limit);
    let rows = store.readers().all(query).await.map_err(|e| fault(&e))?;
    rows.iter().map(kept).collect()
}

pub(super) async fn help_waiting(store: &Store, limit: i64) -> Result<Vec<KeptHelp>, Fault> {
    let query = sqlx::query(
        "select body from help_index where answered = 0 order by asked_at, request_id limit $1",
    )
    .bind(limit);
    let rows = store.readers().all(query).await.map_err(|e| fault(&e))?;
    rows.iter().map(kept).collect()
}
