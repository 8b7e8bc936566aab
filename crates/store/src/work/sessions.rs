//! Sessions. A token is known by its hash only.

use crate::{
    Store,
    error::fault,
    query::{id, number},
};
use app::ports::{Fault, Session};
use vocabulary::{AccountId, Instant, SessionId};

pub(super) async fn open(
    store: &Store,
    session: &Session,
    token_hash: &str,
    at: Instant,
) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    // Whoever signs in sweeps up what has expired.
    sqlx::query("delete from session where expires_at <= $1")
        .bind(at.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    sqlx::query(
        "insert into session (session_id, account_id, token_hash, opened_at, expires_at) \
         values ($1, $2, $3, $4, $5)",
    )
    .bind(session.id.to_string())
    .bind(session.account.to_string())
    .bind(token_hash.to_owned())
    .bind(at.micros())
    .bind(session.expires_at.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn find(
    store: &Store,
    token_hash: &str,
    now: Instant,
) -> Result<Option<Session>, Fault> {
    let row = sqlx::query(
        "select session_id, account_id, expires_at from session \
         where token_hash = $1 and expires_at > $2",
    )
    .bind(token_hash.to_owned())
    .bind(now.micros())
    .fetch_optional(store.pool())
    .await
    .map_err(|e| fault(&e))?;
    row.map(|row| {
        Ok(Session {
            id: id(&row, 0)?,
            account: id(&row, 1)?,
            expires_at: Instant::from_micros(number(&row, 2)?),
        })
    })
    .transpose()
}

pub(super) async fn end(store: &Store, session: SessionId) -> Result<(), Fault> {
    let query = sqlx::query("delete from session where session_id = $1").bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn end_all(store: &Store, account: AccountId) -> Result<(), Fault> {
    let query = sqlx::query("delete from session where account_id = $1").bind(account.to_string());
    store.change(query).await.map(|_| ())
}
