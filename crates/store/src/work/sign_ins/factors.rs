//! Second factors, sealed under the server's key, and the hashes of recovery codes.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, number},
};
use app::ports::{Fault, KeptFactor};
use sqlx::Row;
use uuid::Uuid;
use vocabulary::{AccountId, Instant};

/// Under which name a secret is sealed: not its data key's.
fn owner(account: AccountId) -> Uuid {
    Uuid::new_v5(&account.0, b"second factor")
}

/// RFC 4226 recommends 160 bits, which people can still type.
fn shortened(secret: &[u8; 32]) -> [u8; 20] {
    let mut short = [0; 20];
    short.copy_from_slice(&secret[..20]);
    short
}

pub(super) async fn make(store: &Store, account: AccountId) -> Result<Option<[u8; 20]>, Fault> {
    let (secret, sealed) = store.keys().make(owner(account)).map_err(broken)?;
    let query = sqlx::query(
        "insert into second_factor (account_id, sealed, confirmed_at, last_step) \
         values ($1, $2, 0, 0) \
         on conflict (account_id) do update set sealed = excluded.sealed, last_step = 0 \
         where second_factor.confirmed_at = 0",
    )
    .bind(account.to_string())
    .bind(sealed);
    Ok((store.change(query).await? == 1).then(|| shortened(&secret.bytes())))
}

pub(super) async fn find(store: &Store, account: AccountId) -> Result<Option<KeptFactor>, Fault> {
    let query = sqlx::query(
        "select sealed, confirmed_at, last_step from second_factor where account_id = $1",
    )
    .bind(account.to_string());
    let Some(row) = store.readers().first(query).await.map_err(|e| fault(&e))? else {
        return Ok(None);
    };
    let sealed: Vec<u8> = row.try_get(0).map_err(|e| fault(&e))?;
    let secret = store.keys().unwrap(owner(account), &sealed);
    let confirmed = number(&row, 1)?;
    Ok(Some(KeptFactor {
        secret: shortened(&secret.map_err(broken)?.bytes()),
        confirmed_at: (confirmed > 0).then(|| Instant::from_micros(confirmed)),
        last_step: number(&row, 2)?,
    }))
}

pub(super) async fn spend_step(
    store: &Store,
    account: AccountId,
    step: i64,
    confirm: Option<Instant>,
) -> Result<bool, Fault> {
    // Without `confirm` only what is confirmed counts, with it only what is not.
    let sql = match confirm {
        Some(_) => {
            "update second_factor set last_step = $1, confirmed_at = $2 \
             where account_id = $3 and last_step < $1 and confirmed_at = 0"
        }
        None => {
            "update second_factor set last_step = $1 \
             where account_id = $3 and last_step < $1 and confirmed_at > $2"
        }
    };
    let query = sqlx::query(sql)
        .bind(step)
        .bind(confirm.map_or(0, Instant::micros))
        .bind(account.to_string());
    Ok(store.change(query).await? == 1)
}

pub(super) async fn remove(store: &Store, account: AccountId) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    for sql in [
        "delete from second_factor where account_id = $1",
        // With a passkey there is still something that may be lost.
        "delete from recovery_code where account_id = $1 \
         and not exists (select 1 from passkey p where p.account_id = $1)",
    ] {
        sqlx::query(sql)
            .bind(account.to_string())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
    }
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn set_recovery_codes(
    store: &Store,
    account: AccountId,
    hashes: &[String],
) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query("delete from recovery_code where account_id = $1")
        .bind(account.to_string())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    for hash in hashes {
        sqlx::query("insert into recovery_code (account_id, code_hash) values ($1, $2)")
            .bind(account.to_string())
            .bind(hash.clone())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
    }
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn spend_recovery_code(
    store: &Store,
    account: AccountId,
    hash: &str,
) -> Result<bool, Fault> {
    let query = sqlx::query("delete from recovery_code where account_id = $1 and code_hash = $2")
        .bind(account.to_string())
        .bind(hash.to_owned());
    Ok(store.change(query).await? == 1)
}

pub(super) async fn recovery_codes_left(store: &Store, account: AccountId) -> Result<u64, Fault> {
    let query = sqlx::query("select count(*) from recovery_code where account_id = $1")
        .bind(account.to_string());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.map_or(Ok(0), |row| count(&row, 0))
}
