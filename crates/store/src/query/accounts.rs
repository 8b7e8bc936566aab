//! Accounts, organisations and machine credentials, whole.

use super::{number, text};
use crate::{Store, error::broken};
use app::ports::Fault;
use domain::{
    account::{Account, Machine, Organisation},
    now::Directory,
};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use std::{collections::BTreeSet, sync::Arc};
use vocabulary::{AccountId, MachineId, OrganisationId};

/// The thing in the first column, kept as JSON.
fn body<T: DeserializeOwned>(row: &AnyRow) -> Result<T, Fault> {
    serde_json::from_str(&text(row, 0)?).map_err(broken)
}

pub(super) async fn by_email(store: &Store, email: &str) -> Result<Option<Account>, Fault> {
    let query = sqlx::query("select body from account_index where email = $1")
        .bind(email.trim().to_lowercase());
    store.one(query).await?.as_ref().map(body).transpose()
}

pub(super) async fn account(store: &Store, id: AccountId) -> Result<Option<Account>, Fault> {
    let query =
        sqlx::query("select body from account_index where account_id = $1").bind(id.to_string());
    store.one(query).await?.as_ref().map(body).transpose()
}

/// Active ones, by name.
pub(super) async fn of(store: &Store, organisation: OrganisationId) -> Result<Vec<Account>, Fault> {
    let query = sqlx::query(
        "select body from account_index where organisation_id = $1 and active = 1 \
         order by account_id",
    )
    .bind(organisation.to_string());
    let rows = store.all(query).await?;
    let mut found: Vec<Account> = rows.iter().map(body).collect::<Result<_, _>>()?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// In the order in which they were opened.
pub(super) async fn accounts(store: &Store) -> Result<Vec<Account>, Fault> {
    let query = sqlx::query("select body from account_index order by opened, account_id");
    store.all(query).await?.iter().map(body).collect()
}

pub(super) async fn organisation(
    store: &Store,
    id: OrganisationId,
) -> Result<Option<Organisation>, Fault> {
    let query = sqlx::query("select body from organisation_index where organisation_id = $1")
        .bind(id.to_string());
    store.one(query).await?.as_ref().map(body).transpose()
}

/// In the order in which they joined.
pub(super) async fn organisations(store: &Store) -> Result<Vec<Organisation>, Fault> {
    let query = sqlx::query("select body from organisation_index order by added, organisation_id");
    store.all(query).await?.iter().map(body).collect()
}

async fn with_people(store: &Store) -> Result<BTreeSet<OrganisationId>, Fault> {
    let query = sqlx::query("select distinct organisation_id from account_index where active = 1");
    Ok(store.ids(query).await?.into_iter().collect())
}

/// The organisations as they stand. They are thousands, change seldom and are asked for at
/// every keystroke: what was read is good while the record says that nothing came after it.
pub(super) async fn directory(store: &Store) -> Result<Arc<Directory>, Fault> {
    let rows = store
        .readers()
        .keyed(
            "select changed from directory where one = $1",
            vec![1_i64.into()],
        )
        .await?;
    // Asked before they are read: what comes between is read again the next time.
    let changed = rows.first().map_or(Ok(0), |row| number(row, 0))?;
    let kept = store.kept_directory().clone();
    if let Some((_, known)) = kept.filter(|(as_of, _)| *as_of == changed) {
        return Ok(known);
    }
    let known = Arc::new(Directory {
        organisations: organisations(store).await?,
        with_people: with_people(store).await?,
    });
    *store.kept_directory() = Some((changed, Arc::clone(&known)));
    Ok(known)
}

pub(super) async fn machine(store: &Store, id: MachineId) -> Result<Option<Machine>, Fault> {
    let query =
        sqlx::query("select body from machine_index where machine_id = $1").bind(id.to_string());
    store.one(query).await?.as_ref().map(body).transpose()
}

/// In the order in which they were issued.
pub(super) async fn machines(store: &Store) -> Result<Vec<Machine>, Fault> {
    let query = sqlx::query("select body from machine_index order by issued, machine_id");
    store.all(query).await?.iter().map(body).collect()
}
