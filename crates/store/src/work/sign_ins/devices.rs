//! Where an account is signed in, and what a session knows of its person.

use crate::{
    Store,
    error::fault,
    query::{id, number, text},
};
use app::ports::{Fault, KeptDevice};
use vocabulary::{AccountId, Instant, SessionId};

pub(super) async fn renew(
    store: &Store,
    session: SessionId,
    token_hash: &str,
    strongly: bool,
    now: Instant,
) -> Result<bool, Fault> {
    // A proof by the password leaves when there was a stronger one as it was.
    let query = sqlx::query(
        "update session set token_hash = $1, proven_at = $2, seen_at = $2, locked = 0, \
             strongly_proven_at = case when $4 = 1 then $2 else strongly_proven_at end \
         where session_id = $3 and expires_at > $2",
    )
    .bind(token_hash.to_owned())
    .bind(now.micros())
    .bind(session.to_string())
    .bind(i64::from(strongly));
    Ok(store.change(query).await? == 1)
}

pub(super) async fn note_strong_proof(
    store: &Store,
    session: SessionId,
    now: Instant,
) -> Result<(), Fault> {
    let query = sqlx::query("update session set strongly_proven_at = $1 where session_id = $2")
        .bind(now.micros())
        .bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn lock(store: &Store, session: SessionId) -> Result<(), Fault> {
    let query = sqlx::query("update session set locked = 1 where session_id = $1")
        .bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn note_use(
    store: &Store,
    session: SessionId,
    from: &str,
    device: &str,
    now: Instant,
) -> Result<(), Fault> {
    // Never back: of two notes at once the later moment stays.
    let query = sqlx::query(
        "update session set seen_at = $1, seen_from = $2, device = $3 \
         where session_id = $4 and seen_at <= $1",
    )
    .bind(now.micros())
    .bind(from.to_owned())
    .bind(device.to_owned())
    .bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn note_provider(store: &Store, session: SessionId) -> Result<(), Fault> {
    let query = sqlx::query("update session set by_provider = 1 where session_id = $1")
        .bind(session.to_string());
    store.change(query).await.map(|_| ())
}

pub(super) async fn of(
    store: &Store,
    account: AccountId,
    now: Instant,
) -> Result<Vec<KeptDevice>, Fault> {
    let query = sqlx::query(
        "select session_id, device, seen_from, opened_at, seen_at, locked from session \
         where account_id = $1 and expires_at > $2 order by seen_at desc, session_id",
    )
    .bind(account.to_string())
    .bind(now.micros());
    let rows = store.readers().all(query).await.map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| {
            Ok(KeptDevice {
                session: id(row, 0)?,
                device: text(row, 1)?,
                from: text(row, 2)?,
                opened_at: Instant::from_micros(number(row, 3)?),
                seen_at: Instant::from_micros(number(row, 4)?),
                locked: number(row, 5)? != 0,
            })
        })
        .collect()
}

pub(super) async fn end(
    store: &Store,
    account: AccountId,
    session: SessionId,
) -> Result<bool, Fault> {
    let query = sqlx::query("delete from session where session_id = $1 and account_id = $2")
        .bind(session.to_string())
        .bind(account.to_string());
    Ok(store.change(query).await? == 1)
}

pub(super) async fn end_others(
    store: &Store,
    account: AccountId,
    keep: SessionId,
) -> Result<u64, Fault> {
    let query = sqlx::query("delete from session where account_id = $1 and session_id <> $2")
        .bind(account.to_string())
        .bind(keep.to_string());
    store.change(query).await
}
