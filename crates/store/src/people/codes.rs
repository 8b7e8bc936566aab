//! The codes that activate accounts, by their hashes: one an account, the last one sent.

use crate::{
    Store,
    error::fault,
    query::{id, text},
};
use app::ports::Fault;
use sqlx::Row;
use uuid::Uuid;
use vocabulary::{AccountId, Instant};

pub(super) async fn put(
    store: &Store,
    account: AccountId,
    code_hash: &str,
    sent_at: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    let query = sqlx::query(
        "insert into activation_code (account_id, code_hash, sent_at, expires_at, claimed_until) \
         values ($1, $2, $3, $4, 0) \
         on conflict (account_id) do update set code_hash = excluded.code_hash, \
             sent_at = excluded.sent_at, expires_at = excluded.expires_at, claimed_until = 0",
    )
    .bind(account.to_string())
    .bind(code_hash.to_owned())
    .bind(sent_at.micros())
    .bind(expires_at.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn find(
    store: &Store,
    code_hash: &str,
    now: Instant,
) -> Result<Option<AccountId>, Fault> {
    let query = sqlx::query(
        "select account_id from activation_code where code_hash = $1 and expires_at > $2",
    )
    .bind(code_hash.to_owned())
    .bind(now.micros());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.as_ref().map(|row| id(row, 0)).transpose()
}

/// One statement: of two who use a code at once, one gets it.
pub(super) async fn claim(
    store: &Store,
    code_hash: &str,
    now: Instant,
    until: Instant,
) -> Result<Option<AccountId>, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "update activation_code set claimed_until = $3 \
         where code_hash = $1 and expires_at > $2 and claimed_until <= $2 returning account_id",
    )
    .bind(code_hash.to_owned())
    .bind(now.micros())
    .bind(until.micros())
    .fetch_optional(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    row.as_ref().map(|row| id(row, 0)).transpose()
}

pub(super) async fn release(store: &Store, account: AccountId) -> Result<(), Fault> {
    let query = sqlx::query("update activation_code set claimed_until = 0 where account_id = $1")
        .bind(account.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn end(store: &Store, account: AccountId) -> Result<(), Fault> {
    let query =
        sqlx::query("delete from activation_code where account_id = $1").bind(account.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn ask(store: &Store, email: &str, now: Instant) -> Result<(), Fault> {
    let query =
        sqlx::query("insert into activation_asked (asked_id, email, at) values ($1, $2, $3)")
            .bind(Uuid::now_v7().to_string())
            .bind(email.replace('\0', "\u{fffd}"))
            .bind(now.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn take_asked(store: &Store, most: i64) -> Result<Vec<String>, Fault> {
    // Mostly nobody asked, and then nobody's turn to write is taken.
    let any = sqlx::query("select 1 from activation_asked limit 1");
    let any = store.readers().first(any).await.map_err(|e| fault(&e))?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let rows = sqlx::query("select asked_id, email from activation_asked order by at limit $1")
        .bind(most)
        .fetch_all(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    let mut taken = Vec::with_capacity(rows.len());
    for row in &rows {
        let asked: String = row.try_get(0).map_err(|e| fault(&e))?;
        let ours = sqlx::query("delete from activation_asked where asked_id = $1")
            .bind(asked)
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        // Another server may have taken it since it was read.
        if ours.rows_affected() > 0 {
            taken.push(text(row, 1)?);
        }
    }
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(taken)
}
