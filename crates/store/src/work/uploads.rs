//! Bytes received whole, waiting to be served.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, id, text},
};
use app::ports::{Fault, KeptUpload};
use vocabulary::{Instant, UploadId};

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

pub(super) async fn find(store: &Store, upload: UploadId) -> Result<Option<KeptUpload>, Fault> {
    let row = sqlx::query(
        "select upload_id, account_id, sha256, bytes, mime from upload where upload_id = $1",
    )
    .bind(upload.to_string())
    .fetch_optional(store.pool())
    .await
    .map_err(|e| fault(&e))?;
    row.map(|row| {
        Ok(KeptUpload {
            id: id(&row, 0)?,
            account: id(&row, 1)?,
            sha256: text(&row, 2)?,
            bytes: count(&row, 3)?,
            mime: text(&row, 4)?,
        })
    })
    .transpose()
}
