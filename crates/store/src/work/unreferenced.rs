//! Bytes that nothing refers to: an upload arrived, and its row found no room; a document was
//! set, and the event that names it was never recorded. A part of the folder is gone through
//! with every sweep, all of it within a day.
//!
//! What was written or wanted within a week stays: an upload may be on its way, and a record
//! that was restored from a backup of yesterday knows nothing of today's papers, until
//! whoever notices restores the right one.

use crate::{
    Store,
    error::{broken, fault},
    query::text,
    rows::in_list,
};
use app::ports::Fault;
use sqlx::AssertSqlSafe;
use std::{collections::HashSet, time::Duration};
use vocabulary::Instant;

/// Bytes that were written within this time stay.
const FRESH: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Sweeps that go through the whole folder; they come hourly.
const PARTS: i64 = 24;
/// An hour, in microseconds.
const HOUR: i64 = 60 * 60 * 1_000_000;
/// Objects that are asked about at once.
const AT_ONCE: usize = 256;
/// Whatever is made of bytes. Of a document that was made before its hash was noted here
/// nobody can tell: while there is one, everything counts as referred to.
const REFERRED_TO: [&str; 4] = [
    "select sha256 from material_index where sha256 in",
    "select sha256 from document_index where sha256 in",
    "select marked_sha256 from document_index where marked_sha256 in",
    "select sha256 from upload where sha256 in",
];

impl Store {
    /// Removes the bytes to which nothing refers, in the part of the folder whose turn it is
    /// in this hour, and says how many objects are gone.
    ///
    /// # Errors
    /// If the database or the object store fails; the sweep of the next day goes on.
    pub async fn sweep_unreferenced(&self, now: Instant) -> Result<usize, Fault> {
        if unknown(self).await? {
            return Ok(0);
        }
        let part = now.micros().div_euclid(HOUR).rem_euclid(PARTS);
        let mut removed = 0;
        for outer in (0..=u8::MAX).filter(|outer| i64::from(*outer) % PARTS == part) {
            let folder = self.folder().clone();
            let old = tokio::task::spawn_blocking(move || folder.old(outer, FRESH))
                .await
                .map_err(broken)?
                .map_err(broken)?;
            for some in old.chunks(AT_ONCE) {
                removed += discard(self, some).await?;
            }
        }
        Ok(removed)
    }
}

async fn unknown(store: &Store) -> Result<bool, Fault> {
    let query =
        sqlx::query("select 1 from document_index where made = 1 and sha256 is null limit 1");
    let found = store.readers().first(query).await.map_err(|e| fault(&e))?;
    Ok(found.is_some())
}

async fn discard(store: &Store, some: &[String]) -> Result<usize, Fault> {
    let mut referred = HashSet::new();
    for question in REFERRED_TO {
        let (marks, list) = in_list(some.to_vec());
        let query = list.into_iter().fold(
            sqlx::query(AssertSqlSafe(format!("{question} ({marks})"))),
            |query, sha256| query.bind(sha256),
        );
        for row in &store.readers().all(query).await.map_err(|e| fault(&e))? {
            referred.insert(text(row, 0)?);
        }
    }
    let mut removed = 0;
    for sha256 in some.iter().filter(|own| !referred.contains(*own)) {
        let (folder, sha256) = (store.folder().clone(), sha256.clone());
        // Whoever sent the same bytes meanwhile made them fresh, and they stay.
        let gone = tokio::task::spawn_blocking(move || folder.discard(&sha256, FRESH))
            .await
            .map_err(broken)?
            .map_err(broken)?;
        removed += usize::from(gone);
    }
    Ok(removed)
}
