//! How far people have looked: versions of cases seen, notices read.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, id},
    rows::in_list,
};
use app::ports::Fault;
use sqlx::AssertSqlSafe;
use vocabulary::{AccountId, CaseId, NoticeId};

pub(super) async fn seen(store: &Store, account: AccountId, case: CaseId) -> Result<u64, Fault> {
    let row = store
        .readers()
        .first(
            sqlx::query("select version from case_seen where account_id = $1 and case_id = $2")
                .bind(account.to_string())
                .bind(case.to_string()),
        )
        .await
        .map_err(|e| fault(&e))?;
    row.map_or(Ok(0), |row| count(&row, 0))
}

pub(super) async fn seen_all(
    store: &Store,
    account: AccountId,
) -> Result<Vec<(CaseId, u64)>, Fault> {
    let rows = store
        .readers()
        .all(
            sqlx::query(
                "select case_id, version from case_seen where account_id = $1 order by case_id",
            )
            .bind(account.to_string()),
        )
        .await
        .map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| Ok((id(row, 0)?, count(row, 1)?)))
        .collect()
}

pub(super) async fn mark_seen(
    store: &Store,
    account: AccountId,
    case: CaseId,
    version: u64,
) -> Result<(), Fault> {
    let query = sqlx::query(
        "insert into case_seen (account_id, case_id, version) values ($1, $2, $3) \
         on conflict (account_id, case_id) do update set version = excluded.version \
         where case_seen.version < excluded.version",
    )
    .bind(account.to_string())
    .bind(case.to_string())
    .bind(i64::try_from(version).map_err(broken)?);
    store.change(query).await.map(|_| ())
}

pub(super) async fn mark_read(
    store: &Store,
    account: AccountId,
    notices: &[NoticeId],
) -> Result<(), Fault> {
    const MARK: &str = "insert into notice_read (notice_id, account_id) \
         select notice_id, account_id from notice where account_id = $1";
    const ONCE: &str = "on conflict (notice_id) do nothing";
    if notices.is_empty() {
        let sql = format!("{MARK} {ONCE}");
        let query = sqlx::query(AssertSqlSafe(sql)).bind(account.to_string());
        return store.change(query).await.map(|_| ());
    }
    // Only a person's own notices: the account is part of the condition.
    for chunk in notices.chunks(255) {
        let mut keys = vec![account.to_string()];
        keys.extend(chunk.iter().map(ToString::to_string));
        let (marks, keys) = in_list(keys);
        let sql = format!("{MARK} and notice_id in ({marks}) {ONCE}");
        let query = keys
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, key| q.bind(key));
        store.change(query).await?;
    }
    Ok(())
}
