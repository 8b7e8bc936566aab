//! Ceremonies on their way through somebody's browser, sealed. The browser's ticket and the
//! secret of whoever began are hashes of two things: neither leads to the other.

use crate::{
    Store,
    error::{broken, fault},
    keys,
    query::text,
};
use app::ports::{Ceremony, Fault};
use sqlx::{Row, any::AnyRow};
use uuid::Uuid;
use vocabulary::Instant;

/// Under which name a ceremony is sealed.
fn owner(ticket_hash: &str) -> Uuid {
    Uuid::new_v5(
        &Uuid::NAMESPACE_OID,
        format!("passkey ceremony {ticket_hash}").as_bytes(),
    )
}

/// A fresh key, wrapped, and the ceremony sealed under it.
fn sealed(
    store: &Store,
    ticket_hash: &str,
    ceremony: &Ceremony,
) -> Result<(Vec<u8>, Vec<u8>), Fault> {
    let (key, wrapped) = store.keys().make(owner(ticket_hash)).map_err(broken)?;
    let body = serde_json::to_vec(ceremony).map_err(broken)?;
    let sealed = keys::seal(&key, ticket_hash, &body).map_err(broken)?;
    Ok((wrapped, sealed))
}

/// Opens a row of ticket, wrapped key and sealed body.
fn opened(store: &Store, row: &AnyRow) -> Result<Ceremony, Fault> {
    let ticket_hash = text(row, 0)?;
    let wrapped: Vec<u8> = row.try_get(1).map_err(|e| fault(&e))?;
    let sealed: Vec<u8> = row.try_get(2).map_err(|e| fault(&e))?;
    let key = store.keys().unwrap(owner(&ticket_hash), &wrapped);
    let body = keys::open(&key.map_err(broken)?, &ticket_hash, &sealed)
        .ok_or_else(|| Fault::Broken("a ceremony on its way cannot be opened".to_owned()))?;
    serde_json::from_slice(&body).map_err(broken)
}

pub(super) async fn begin(
    store: &Store,
    ticket_hash: &str,
    secret_hash: &str,
    ceremony: &Ceremony,
) -> Result<(), Fault> {
    let (wrapped, sealed) = sealed(store, ticket_hash, ceremony)?;
    let query = sqlx::query(
        "insert into passkey_ceremony (ticket_hash, secret_hash, code_hash, answered, \
             wrapped, sealed, expires_at) \
         values ($1, $2, '', 0, $3, $4, $5)",
    )
    .bind(ticket_hash.to_owned())
    .bind(secret_hash.to_owned())
    .bind(wrapped)
    .bind(sealed)
    .bind(ceremony.expires_at.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn find(
    store: &Store,
    ticket_hash: &str,
    now: Instant,
) -> Result<Option<Ceremony>, Fault> {
    let query = sqlx::query(
        "select ticket_hash, wrapped, sealed from passkey_ceremony \
         where ticket_hash = $1 and answered = 0 and expires_at > $2",
    )
    .bind(ticket_hash.to_owned())
    .bind(now.micros());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.map(|row| opened(store, &row)).transpose()
}

pub(super) async fn answer(
    store: &Store,
    ticket_hash: &str,
    now: Instant,
) -> Result<Option<Ceremony>, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "update passkey_ceremony set answered = 1 \
         where ticket_hash = $1 and answered = 0 and expires_at > $2 \
         returning ticket_hash, wrapped, sealed",
    )
    .bind(ticket_hash.to_owned())
    .bind(now.micros())
    .fetch_optional(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    row.map(|row| opened(store, &row)).transpose()
}

pub(super) async fn finish(
    store: &Store,
    ticket_hash: &str,
    code_hash: &str,
    ceremony: &Ceremony,
) -> Result<(), Fault> {
    let (wrapped, sealed) = sealed(store, ticket_hash, ceremony)?;
    let query = sqlx::query(
        "update passkey_ceremony set code_hash = $1, wrapped = $2, sealed = $3 \
         where ticket_hash = $4 and answered = 1 and code_hash = ''",
    )
    .bind(code_hash.to_owned())
    .bind(wrapped)
    .bind(sealed)
    .bind(ticket_hash.to_owned());
    store.change(query).await.map(|_| ())
}

pub(super) async fn take(
    store: &Store,
    secret_hash: &str,
    now: Instant,
) -> Result<Option<(String, Ceremony)>, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "delete from passkey_ceremony where secret_hash = $1 and expires_at > $2 \
         returning ticket_hash, wrapped, sealed, code_hash",
    )
    .bind(secret_hash.to_owned())
    .bind(now.micros())
    .fetch_optional(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    sqlx::query("delete from passkey_ceremony where expires_at <= $1")
        .bind(now.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    row.map(|row| Ok((text(&row, 3)?, opened(store, &row)?)))
        .transpose()
}
