//! Bytes received whole, waiting to be served; and the sweep of those that
//! nobody served.
//!
//! The sweep takes two steps, an hour apart. First an old upload is taken from
//! its owner: from then on nobody can begin to serve it. Only when everybody who
//! had begun is long done are its bytes removed, unless something else in the
//! record is made of the same bytes.

use crate::{
    Store,
    error::{broken, fault},
    gather::Found,
    query::{count, id, text},
    readers::Readers,
    rows::{Value, in_list},
};
use app::ports::{Fault, KeptUpload};
use futures::future::BoxFuture;
use std::time::Duration;
use uuid::Uuid;
use vocabulary::{AccountId, Instant};

/// After how long, in seconds, an upload that was not served is given up.
const GIVEN_UP: i64 = 24 * 60 * 60;
/// How long, in seconds, it then lies before its bytes are removed.
const ASIDE: i64 = 60 * 60;
/// Bytes that were written within this time stay: an upload or a document that
/// is being recorded may be about to refer to them.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);
/// The most that one sweep removes.
const AT_ONCE: i64 = 200;
/// The account of what was given up.
const NOBODY: AccountId = AccountId(Uuid::nil());

pub(super) async fn keep(store: &Store, upload: &KeptUpload, at: Instant) -> Result<(), Fault> {
    // The same upload again, because its answer was lost, is the same upload.
    let query = sqlx::query(
        "insert into upload (upload_id, account_id, sha256, bytes, mime, at) \
         values ($1, $2, $3, $4, $5, $6) \
         on conflict (upload_id) do nothing",
    )
    .bind(upload.id.to_string())
    .bind(upload.account.to_string())
    .bind(upload.sha256.clone())
    .bind(i64::try_from(upload.bytes).map_err(broken)?)
    .bind(upload.mime.clone())
    .bind(at.micros());
    store.change(query).await.map(|_| ())
}

/// How many bytes an account has sent, as long as its uploads are kept.
pub(super) async fn sum(store: &Store, account: AccountId) -> Result<u64, Fault> {
    let query = sqlx::query(
        "select cast(coalesce(sum(bytes), 0) as bigint) from upload where account_id = $1",
    )
    .bind(account.to_string());
    let row = store.readers().first(query).await.map_err(|e| fault(&e))?;
    row.map_or(Ok(0), |row| count(&row, 0))
}

/// Uploads by their ids.
pub(crate) fn kept_uploads(
    readers: Readers,
    ids: Vec<String>,
) -> BoxFuture<'static, Result<Found<KeptUpload>, Fault>> {
    Box::pin(async move {
        let (marks, list) = in_list(ids);
        let sql = format!(
            "select upload_id, account_id, sha256, bytes, mime from upload \
             where upload_id in ({marks})"
        );
        let keys = list.into_iter().map(Value::from).collect();
        let rows = readers.keyed(&sql, keys).await?;
        rows.iter()
            .map(|row| {
                let upload = KeptUpload {
                    id: id(row, 0)?,
                    account: id(row, 1)?,
                    sha256: text(row, 2)?,
                    bytes: count(row, 3)?,
                    mime: text(row, 4)?,
                };
                Ok((text(row, 0)?, upload))
            })
            .collect()
    })
}

impl Store {
    /// Gives up uploads that were never served, removes the bytes of those that
    /// were given up before, and says how many bytes' worth of objects are gone.
    ///
    /// # Errors
    /// If the database or the object store fails; the next sweep goes on.
    pub async fn sweep_uploads(&self, now: Instant) -> Result<usize, Fault> {
        let mut removed = 0;
        for (upload, sha256) in given_up(self, now).await? {
            if !referred_to(self, &upload, &sha256).await? {
                let folder = self.folder().clone();
                let gone = tokio::task::spawn_blocking(move || folder.discard(&sha256, FRESH))
                    .await
                    .map_err(broken)?
                    .map_err(broken)?;
                if !gone {
                    continue;
                }
                removed += 1;
            }
            let query = sqlx::query("delete from upload where upload_id = $1").bind(upload);
            self.change(query).await?;
        }
        give_up(self, now).await?;
        Ok(removed)
    }
}

async fn given_up(store: &Store, now: Instant) -> Result<Vec<(String, String)>, Fault> {
    let rows = store
        .readers()
        .all(
            sqlx::query(
                "select upload_id, sha256 from upload where account_id = $1 and at <= $2 \
         order by at limit $3",
            )
            .bind(NOBODY.to_string())
            .bind(now.plus_seconds(-ASIDE).micros())
            .bind(AT_ONCE),
        )
        .await
        .map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| Ok((text(row, 0)?, text(row, 1)?)))
        .collect()
}

/// Whether a paper, a document or another upload is made of these bytes. Of a
/// document that was made before its hash was noted here nobody can tell: until
/// a rebuild, everything counts as referred to by it.
async fn referred_to(store: &Store, upload: &str, sha256: &str) -> Result<bool, Fault> {
    for query in [
        sqlx::query("select 1 from material_index where sha256 = $1 limit 1")
            .bind(sha256.to_owned()),
        sqlx::query("select 1 from document_index where sha256 = $1 limit 1")
            .bind(sha256.to_owned()),
        sqlx::query("select 1 from document_index where marked_sha256 = $1 limit 1")
            .bind(sha256.to_owned()),
        sqlx::query("select 1 from document_index where made = 1 and sha256 is null limit 1"),
        sqlx::query("select 1 from upload where sha256 = $1 and upload_id <> $2 limit 1")
            .bind(sha256.to_owned())
            .bind(upload.to_owned()),
    ] {
        let found = store.readers().first(query).await.map_err(|e| fault(&e))?;
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn give_up(store: &Store, now: Instant) -> Result<(), Fault> {
    let old = now.plus_seconds(-GIVEN_UP).micros();
    let any = store
        .readers()
        .first(
            sqlx::query("select 1 from upload where account_id <> $1 and at <= $2 limit 1")
                .bind(NOBODY.to_string())
                .bind(old),
        )
        .await
        .map_err(|e| fault(&e))?;
    if any.is_none() {
        return Ok(());
    }
    let query = sqlx::query(
        "update upload set account_id = $1, at = $3 where account_id <> $1 and at <= $2",
    )
    .bind(NOBODY.to_string())
    .bind(old)
    .bind(now.micros());
    store.change(query).await.map(|_| ())
}
