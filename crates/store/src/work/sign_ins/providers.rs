//! Sign-ins on their way through organisations' own providers, and who is who there.

use crate::{
    Store,
    error::{broken, fault},
    keys,
    query::id,
};
use app::ports::{Fault, ProviderSignIn};
use sqlx::Row;
use uuid::Uuid;
use vocabulary::{AccountId, Instant};

/// Under which name a sign-in is sealed.
fn owner(secret_hash: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, secret_hash.as_bytes())
}

pub(super) async fn begin(
    store: &Store,
    secret_hash: &str,
    sign_in: &ProviderSignIn,
) -> Result<(), Fault> {
    let (key, wrapped) = store.keys().make(owner(secret_hash)).map_err(broken)?;
    let body = serde_json::to_vec(sign_in).map_err(broken)?;
    let sealed = keys::seal(&key, secret_hash, &body).map_err(broken)?;
    let query = sqlx::query(
        "insert into provider_sign_in (secret_hash, organisation_id, wrapped, sealed, expires_at) \
         values ($1, $2, $3, $4, $5)",
    )
    .bind(secret_hash.to_owned())
    .bind(sign_in.organisation.to_string())
    .bind(wrapped)
    .bind(sealed)
    .bind(sign_in.expires_at.micros());
    store.change(query).await.map(|_| ())
}

pub(super) async fn take(
    store: &Store,
    secret_hash: &str,
    now: Instant,
) -> Result<Option<ProviderSignIn>, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    let row = sqlx::query(
        "delete from provider_sign_in where secret_hash = $1 and expires_at > $2 \
         returning wrapped, sealed",
    )
    .bind(secret_hash.to_owned())
    .bind(now.micros())
    .fetch_optional(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    sqlx::query("delete from provider_sign_in where expires_at <= $1")
        .bind(now.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))?;
    let Some(row) = row else { return Ok(None) };
    let wrapped: Vec<u8> = row.try_get(0).map_err(|e| fault(&e))?;
    let sealed: Vec<u8> = row.try_get(1).map_err(|e| fault(&e))?;
    let key = store.keys().unwrap(owner(secret_hash), &wrapped);
    let body = keys::open(&key.map_err(broken)?, secret_hash, &sealed)
        .ok_or_else(|| Fault::Broken("a sign-in on its way cannot be opened".to_owned()))?;
    serde_json::from_slice(&body).map(Some).map_err(broken)
}

pub(super) async fn identity(
    store: &Store,
    issuer: &str,
    subject: &str,
) -> Result<Option<AccountId>, Fault> {
    let query =
        sqlx::query("select account_id from provider_identity where issuer = $1 and subject = $2")
            .bind(issuer.to_owned())
            .bind(subject.to_owned());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.map(|row| id(&row, 0)).transpose()
}

pub(super) async fn bind(
    store: &Store,
    issuer: &str,
    subject: &str,
    account: AccountId,
    now: Instant,
) -> Result<bool, Fault> {
    let query = sqlx::query(
        "insert into provider_identity (issuer, subject, account_id, bound_at) \
         values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(issuer.to_owned())
    .bind(subject.to_owned())
    .bind(account.to_string())
    .bind(now.micros());
    Ok(store.change(query).await? == 1)
}
