//! Password hashes, hashes of machines' secrets, and how often somebody tried.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, id, text},
};
use app::ports::{Fault, TryLimit};
use sqlx::AssertSqlSafe;
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
    let row = store
        .readers()
        .first(
            sqlx::query("select phc from password where account_id = $1").bind(account.to_string()),
        )
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

/// Looked up first, without the turn to write: whoever is over the limit costs
/// the database no write.
pub(super) async fn admit_try(
    store: &Store,
    limits: &[TryLimit],
    now: Instant,
) -> Result<bool, Fault> {
    for limit in limits {
        let row = store
            .readers()
            .first(
                sqlx::query("select tries from tries where name = $1 and since > $2")
                    .bind(limit.name.clone())
                    .bind(now.plus_seconds(-limit.window_seconds).micros()),
            )
            .await
            .map_err(|e| fault(&e))?;
        if let Some(row) = row
            && count(&row, 0)? >= limit.most
        {
            return Ok(false);
        }
    }
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    for limit in limits {
        // Asked again here, because others try at the same moment.
        let counted = sqlx::query(
            "insert into tries (name, since, tries) values ($1, $2, 1) \
             on conflict (name) do update set \
                 since = case when tries.since <= $3 then excluded.since else tries.since end, \
                 tries = case when tries.since <= $3 then 1 else tries.tries + 1 end \
             where tries.since <= $3 or tries.tries < $4",
        )
        .bind(limit.name.clone())
        .bind(now.micros())
        .bind(now.plus_seconds(-limit.window_seconds).micros())
        .bind(i64::try_from(limit.most).map_err(broken)?)
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?
        .rows_affected();
        if counted == 0 {
            // Dropped unfinished, the transaction counts nothing.
            return Ok(false);
        }
    }
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(true)
}

pub(super) async fn take_back_try(store: &Store, names: &[String]) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    for name in names {
        sqlx::query("update tries set tries = tries - 1 where name = $1 and tries > 0")
            .bind(name.clone())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
    }
    writing.commit().await.map_err(|e| fault(&e))
}

/// What succeeded stands beside the tries, under a name that no try has.
fn known(name: &str) -> String {
    format!("known {name}")
}

pub(super) async fn note_known(store: &Store, name: &str, now: Instant) -> Result<(), Fault> {
    let query = sqlx::query(
        "insert into tries (name, since, tries) values ($1, $2, 0) \
         on conflict (name) do update set since = excluded.since",
    )
    .bind(known(name))
    .bind(now.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn is_known(store: &Store, name: &str, since: Instant) -> Result<bool, Fault> {
    let row = store
        .readers()
        .first(
            sqlx::query("select 1 from tries where name = $1 and since >= $2")
                .bind(known(name))
                .bind(since.micros()),
        )
        .await
        .map_err(|e| fault(&e))?;
    Ok(row.is_some())
}

pub(super) async fn sweep_tries(
    store: &Store,
    before: Instant,
    known_before: Instant,
) -> Result<u64, Fault> {
    const OLD: &str = "since <= $1 and (name not like 'known %' or since <= $2)";
    let any = store
        .readers()
        .first(
            sqlx::query(AssertSqlSafe(format!(
                "select 1 from tries where {OLD} limit 1"
            )))
            .bind(before.micros())
            .bind(known_before.micros()),
        )
        .await
        .map_err(|e| fault(&e))?;
    // Mostly there is nothing, and then nobody's turn to write is taken.
    if any.is_none() {
        return Ok(0);
    }
    let query = sqlx::query(AssertSqlSafe(format!("delete from tries where {OLD}")))
        .bind(before.micros())
        .bind(known_before.micros());
    store.change(query).await
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
    let row = store
        .readers()
        .first(
            sqlx::query("select machine_id from machine_secret where secret_hash = $1")
                .bind(secret_hash.to_owned()),
        )
        .await
        .map_err(|e| fault(&e))?;
    row.map(|row| id(&row, 0)).transpose()
}
