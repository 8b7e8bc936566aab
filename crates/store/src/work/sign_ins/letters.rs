//! Letters about accounts on their way out: sealed, because they may hold a code, and
//! forgotten as soon as they are sent.

use crate::{
    Store,
    error::{broken, fault},
    keys,
};
use app::ports::{AccountLetter, Fault};
use sqlx::{Any, Row, any::AnyArguments, query::Query};
use uuid::Uuid;
use vocabulary::Instant;

fn label(id: Uuid) -> String {
    format!("letter {id}")
}

pub(super) fn insert(
    store: &Store,
    letter: &AccountLetter,
) -> Result<Query<'static, Any, AnyArguments>, Fault> {
    let (key, wrapped) = store.keys().make(letter.id).map_err(broken)?;
    let body = serde_json::to_vec(letter).map_err(broken)?;
    let sealed = keys::seal(&key, &label(letter.id), &body).map_err(broken)?;
    Ok(sqlx::query(
        "insert into account_letter (letter_id, wrapped, sealed, written_at, next_at, \
             claimed_until, tried, expires_at) values ($1, $2, $3, $4, $4, 0, 0, $5)",
    )
    .bind(letter.id.to_string())
    .bind(wrapped)
    .bind(sealed)
    .bind(letter.at.micros())
    .bind(letter.expires_at.micros()))
}

pub(super) async fn write(store: &Store, letter: &AccountLetter) -> Result<(), Fault> {
    let query = insert(store, letter)?;
    store.change(query).await.map(|_| ())
}

pub(super) async fn claim(
    store: &Store,
    now: Instant,
    until: Instant,
    most: i64,
) -> Result<Vec<AccountLetter>, Fault> {
    // Mostly there is none, and then nobody's turn to write is taken.
    let any =
        sqlx::query("select 1 from account_letter where next_at <= $1 limit 1").bind(now.micros());
    let any = store.readers().first(any).await.map_err(|e| fault(&e))?;
    if any.is_none() {
        return Ok(Vec::new());
    }
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query("delete from account_letter where expires_at <= $1")
        .bind(now.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    let rows = sqlx::query(
        "update account_letter set claimed_until = $1, tried = tried + 1 where letter_id in ( \
             select letter_id from account_letter where next_at <= $2 and claimed_until <= $2 \
             order by next_at, letter_id limit $3) \
         returning letter_id, wrapped, sealed",
    )
    .bind(until.micros())
    .bind(now.micros())
    .bind(most)
    .fetch_all(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| {
            let id = crate::query::id(row, 0)?;
            let wrapped: Vec<u8> = row.try_get(1).map_err(|e| fault(&e))?;
            let sealed: Vec<u8> = row.try_get(2).map_err(|e| fault(&e))?;
            let key = store.keys().unwrap(id, &wrapped).map_err(broken)?;
            let body = keys::open(&key, &label(id), &sealed)
                .ok_or_else(|| Fault::Broken(format!("letter {id} cannot be opened")))?;
            serde_json::from_slice(&body).map_err(broken)
        })
        .collect()
}

pub(super) async fn forget(store: &Store, id: Uuid) -> Result<(), Fault> {
    let query = sqlx::query("delete from account_letter where letter_id = $1").bind(id.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn put_off(store: &Store, id: Uuid, next: Instant) -> Result<(), Fault> {
    let query = sqlx::query(
        "update account_letter set claimed_until = 0, next_at = $1 where letter_id = $2",
    )
    .bind(next.micros())
    .bind(id.to_string());
    store.change(query).await.map(|_| ())
}
