//! Brings what SQLite's log holds home into the database file, beside the
//! appender: left to the commit that finds the log long, everybody in that batch
//! would wait for it. The commit still does it if the log has become much longer.

use super::follow::Myself;
use crate::database::Database;
use std::{sync::atomic::Ordering, time::Duration};

/// How often it looks.
const ROUND: Duration = Duration::from_millis(250);

/// Settles what this process commits, until the record is closed.
pub(crate) async fn settle(database: Database, myself: Myself) {
    let mut settled = 0;
    loop {
        tokio::time::sleep(ROUND).await;
        let seen = myself.seen.load(Ordering::SeqCst);
        if seen == settled {
            continue;
        }
        // Passive: it waits for nobody and holds up nobody.
        match sqlx::query("pragma wal_checkpoint(passive)")
            .fetch_all(&database.pool)
            .await
        {
            Ok(_) => settled = seen,
            Err(sqlx::Error::PoolClosed) => break,
            Err(error) => tracing::warn!(%error, "SQLite's log was not settled"),
        }
    }
}
