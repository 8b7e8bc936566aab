//! When accounts were last used: a signing in counts, and being let in again.

use crate::{
    Store,
    error::fault,
    query::{id, number},
    rows::in_list,
};
use app::ports::Fault;
use sqlx::AssertSqlSafe;
use vocabulary::{AccountId, Instant};

/// The statement that notes a use; `work::sessions` runs it where a session is opened.
pub(crate) const NOTE: &str = "insert into account_use (account_id, last_at) values ($1, $2) \
     on conflict (account_id) do update set last_at = excluded.last_at \
     where account_use.last_at < excluded.last_at";

pub(super) async fn note(store: &Store, account: AccountId, now: Instant) -> Result<(), Fault> {
    let query = sqlx::query(NOTE)
        .bind(account.to_string())
        .bind(now.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn begin_counting(store: &Store, now: Instant) -> Result<u64, Fault> {
    const UNCOUNTED: &str = "from account_index a where a.active = 1 and not exists \
         (select 1 from account_use u where u.account_id = a.account_id)";
    let any = sqlx::query(AssertSqlSafe(format!("select 1 {UNCOUNTED} limit 1")));
    let any = store.readers().first(any).await.map_err(|e| fault(&e))?;
    if any.is_none() {
        return Ok(0);
    }
    let sql = format!(
        "insert into account_use (account_id, last_at) select a.account_id, $1 {UNCOUNTED} \
         on conflict (account_id) do nothing"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(now.micros());
    store.change(query).await
}

/// A moment that a table has of accounts.
pub(super) async fn moments(
    store: &Store,
    column: &'static str,
    table: &'static str,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Instant)>, Fault> {
    let mut found = Vec::with_capacity(accounts.len());
    let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    for chunk in ids.chunks(256) {
        let (marks, list) = in_list(chunk.to_vec());
        let sql = format!("select account_id, {column} from {table} where account_id in ({marks})");
        let query = list
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, id| q.bind(id));
        for row in store.readers().all(query).await.map_err(|e| fault(&e))? {
            found.push((id(&row, 0)?, Instant::from_micros(number(&row, 1)?)));
        }
    }
    Ok(found)
}

pub(super) async fn unused_since(
    store: &Store,
    before: Instant,
    after: Option<(AccountId, Instant)>,
    limit: i64,
) -> Result<Vec<(AccountId, Instant)>, Fault> {
    // No account was used before that, and none has the empty id.
    let (after, since) = after.map_or((String::new(), i64::MIN), |(id, at)| {
        (id.to_string(), at.micros())
    });
    let query = sqlx::query(
        "select u.account_id, u.last_at from account_use u \
         join account_index a on a.account_id = u.account_id and a.active = 1 \
         where u.last_at <= $1 and (u.last_at > $2 or (u.last_at = $2 and u.account_id > $3)) \
         order by u.last_at, u.account_id limit $4",
    )
    .bind(before.micros())
    .bind(since)
    .bind(after)
    .bind(limit);
    let rows = store.readers().all(query).await.map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| Ok((id(row, 0)?, Instant::from_micros(number(row, 1)?))))
        .collect()
}
