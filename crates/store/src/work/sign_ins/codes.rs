//! Codes that go out by letter, and short-lived tokens of systems: known by their
//! hashes only, and each good until it expires.

use super::letters;
use crate::{
    Store,
    error::fault,
    query::{id, text},
};
use app::ports::{AccountLetter, CodeFor, Fault, KeptCode};
use sqlx::any::AnyRow;
use vocabulary::{AccountId, Instant, MachineId};

/// The same statements are run whether there is an account or not.
pub(super) async fn send(
    store: &Store,
    code: &KeptCode,
    letter: &AccountLetter,
) -> Result<(), Fault> {
    let account = code.account.map(|id| id.to_string()).unwrap_or_default();
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query(
        "delete from account_code where (account_id = $1 and purpose = $2) or expires_at <= $3",
    )
    .bind(account.clone())
    .bind(code.purpose.as_str())
    .bind(letter.at.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    sqlx::query(
        "insert into account_code (code_hash, account_id, purpose, expires_at) \
         values ($1, $2, $3, $4)",
    )
    .bind(code.hash.clone())
    .bind(account)
    .bind(code.purpose.as_str())
    .bind(code.expires_at.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    letters::insert(store, letter)?
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn find(
    store: &Store,
    hash: &str,
    purpose: CodeFor,
    now: Instant,
) -> Result<Option<AccountId>, Fault> {
    let query = sqlx::query(
        "select account_id from account_code \
         where code_hash = $1 and purpose = $2 and expires_at > $3",
    )
    .bind(hash.to_owned())
    .bind(purpose.as_str())
    .bind(now.micros());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    somebody(row.as_ref())
}

pub(super) async fn spend(
    store: &Store,
    hash: &str,
    purpose: CodeFor,
    now: Instant,
) -> Result<Option<AccountId>, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "delete from account_code where code_hash = $1 and purpose = $2 and expires_at > $3 \
         returning account_id",
    )
    .bind(hash.to_owned())
    .bind(purpose.as_str())
    .bind(now.micros())
    .fetch_optional(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    somebody(row.as_ref())
}

fn somebody(row: Option<&AnyRow>) -> Result<Option<AccountId>, Fault> {
    match row {
        Some(row) if !text(row, 0)?.is_empty() => id(row, 0).map(Some),
        _ => Ok(None),
    }
}

pub(super) async fn keep_machine_token(
    store: &Store,
    token_hash: &str,
    machine: MachineId,
    expires_at: Instant,
    now: Instant,
) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query("delete from machine_token where expires_at <= $1")
        .bind(now.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    sqlx::query(
        "insert into machine_token (token_hash, machine_id, expires_at) values ($1, $2, $3)",
    )
    .bind(token_hash.to_owned())
    .bind(machine.to_string())
    .bind(expires_at.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn machine_by_token(
    store: &Store,
    token_hash: &str,
    now: Instant,
) -> Result<Option<MachineId>, Fault> {
    let query = sqlx::query(
        "select machine_id from machine_token where token_hash = $1 and expires_at > $2",
    )
    .bind(token_hash.to_owned())
    .bind(now.micros());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.map(|row| id(&row, 0)).transpose()
}
