//! Password hashes, hashes of machines' secrets, and how often somebody tried.

use crate::{
    Store,
    error::fault,
    query::{count, id, text},
};
use app::ports::Fault;
use vocabulary::{AccountId, Instant, MachineId};

pub(super) async fn set_password(
    store: &Store,
    account: AccountId,
    phc: &str,
) -> Result<(), Fault> {
    let query = sqlx::query(
        "insert into password (account_id, phc) values ($1, $2) \
         on conflict (account_id) do update set phc = excluded.phc",
    )
    .bind(account.to_string())
    .bind(phc.to_owned());
    store.change(query).await.map(|_| ())
}

pub(super) async fn password(store: &Store, account: AccountId) -> Result<Option<String>, Fault> {
    let row = sqlx::query("select phc from password where account_id = $1")
        .bind(account.to_string())
        .fetch_optional(store.pool())
        .await
        .map_err(|e| fault(&e))?;
    row.map(|row| text(&row, 0)).transpose()
}

/// The window begins with the first try and ends `window_seconds` later.
pub(super) async fn count_try(
    store: &Store,
    name: &str,
    now: Instant,
    window_seconds: i64,
) -> Result<u64, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "insert into tries (name, since, tries) values ($1, $2, 1) \
         on conflict (name) do update set \
             since = case when tries.since <= $3 then excluded.since else tries.since end, \
             tries = case when tries.since <= $3 then 1 else tries.tries + 1 end \
         returning tries",
    )
    .bind(name.to_owned())
    .bind(now.micros())
    .bind(now.plus_seconds(-window_seconds).micros())
    .fetch_one(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    let tries = count(&row, 0)?;
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(tries)
}

pub(super) async fn forget_tries(store: &Store, name: &str) -> Result<(), Fault> {
    let query = sqlx::query("delete from tries where name = $1").bind(name.to_owned());
    store.change(query).await.map(|_| ())
}

pub(super) async fn set_machine_secret(
    store: &Store,
    machine: MachineId,
    secret_hash: &str,
) -> Result<(), Fault> {
    let query = sqlx::query(
        "insert into machine_secret (machine_id, secret_hash) values ($1, $2) \
         on conflict (machine_id) do update set secret_hash = excluded.secret_hash",
    )
    .bind(machine.to_string())
    .bind(secret_hash.to_owned());
    store.change(query).await.map(|_| ())
}

pub(super) async fn machine_by_secret(
    store: &Store,
    secret_hash: &str,
) -> Result<Option<MachineId>, Fault> {
    let row = sqlx::query("select machine_id from machine_secret where secret_hash = $1")
        .bind(secret_hash.to_owned())
        .fetch_optional(store.pool())
        .await
        .map_err(|e| fault(&e))?;
    row.map(|row| id(&row, 0)).transpose()
}
