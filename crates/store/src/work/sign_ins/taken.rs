//! Second factors that were taken away by whoever administers an account, and which accounts
//! have some that could be.

use crate::{Store, error::fault, query::id, rows::in_list};
use app::ports::{CodeFor, Fault};
use sqlx::AssertSqlSafe;
use vocabulary::{AccountId, Instant};

pub(super) async fn take_away(
    store: &Store,
    account: AccountId,
    now: Instant,
) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query(
        "insert into factor_taken (account_id, taken_at) values ($1, $2) \
         on conflict (account_id) do nothing",
    )
    .bind(account.to_string())
    .bind(now.micros())
    .execute(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    for sql in [
        "delete from second_factor where account_id = $1",
        "delete from passkey where account_id = $1",
        "delete from recovery_code where account_id = $1",
    ] {
        sqlx::query(sql)
            .bind(account.to_string())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
    }
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn are_taken(store: &Store, account: AccountId) -> Result<bool, Fault> {
    let query = sqlx::query("select account_id from factor_taken where account_id = $1")
        .bind(account.to_string());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    Ok(row.is_some())
}

pub(super) async fn is_back(store: &Store, account: AccountId) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query("delete from factor_taken where account_id = $1")
        .bind(account.to_string())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    sqlx::query("delete from account_code where account_id = $1 and purpose = $2")
        .bind(account.to_string())
        .bind(CodeFor::SignIn.as_str())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))
}

pub(super) async fn with_factors(
    store: &Store,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, Fault> {
    let mut found = Vec::new();
    let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    for chunk in ids.chunks(256) {
        for having in ["second_factor where confirmed_at > 0 and", "passkey where"] {
            let (marks, list) = in_list(chunk.to_vec());
            let sql = format!("select distinct account_id from {having} account_id in ({marks})");
            let query = list
                .into_iter()
                .fold(sqlx::query(AssertSqlSafe(sql)), |q, id| q.bind(id));
            for row in store.readers().all(query).await.map_err(|e| fault(&e))? {
                found.push(id(&row, 0)?);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
