//! Connections for questions of one statement. The driver's own pool asks every
//! connection that comes back whether it still answers: in SQLite a hop to another
//! thread and back, on PostgreSQL a round trip, as much again as most questions
//! take. Here the last one that worked is the next that is asked, and one whose
//! answer failed, or whose asker went away in the middle, is given up. So is one that
//! does not answer in time, and one that nobody asked for long: what stands between
//! here and a database forgets connections on which nothing passes, and tells nobody.

use crate::keyed::Here;
use futures::TryFutureExt;
use sqlx::{
    Any, AnyConnection, AnyPool, Connection,
    any::{AnyArguments, AnyRow},
    query::Query,
};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, time::timeout};

/// How many ask at once.
const PLACES: usize = 8;
/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long an answer may take: longer than a SQLite record is locked at most.
const LONGEST: Duration = Duration::from_secs(20);
/// How long a connection that nobody asks is kept.
const KEPT: Duration = Duration::from_secs(60);

/// The connections. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Readers {
    /// Where new ones come from, prepared as all are.
    pool: AnyPool,
    /// Each with when it answered last.
    idle: Arc<Mutex<Vec<(AnyConnection, Instant)>>>,
    places: Arc<Semaphore>,
    /// Where SQLite answers what is asked by keys.
    here: Option<Arc<Here>>,
    longest: Duration,
    kept: Duration,
}

impl Readers {
    pub(crate) fn new(pool: AnyPool, file: Option<&Path>) -> Self {
        Self {
            pool,
            idle: Arc::default(),
            places: Arc::new(Semaphore::new(PLACES)),
            here: file.map(|file| Arc::new(Here::new(file))),
            longest: LONGEST,
            kept: KEPT,
        }
    }

    /// All rows that a statement finds.
    pub(crate) async fn all(
        &self,
        query: Query<'_, Any, AnyArguments>,
    ) -> Result<Vec<AnyRow>, sqlx::Error> {
        let _place = timeout(PATIENCE, self.places.acquire())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let mut connection = match self.last() {
            Some(connection) => connection,
            None => self.pool.acquire().await?.detach(),
        };
        let rows = timeout(self.longest, query.fetch_all(&mut connection))
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)??;
        if !self.places.is_closed() {
            self.idle().push((connection, Instant::now()));
        }
        Ok(rows)
    }

    /// The first row that a statement finds.
    pub(crate) async fn first(
        &self,
        query: Query<'_, Any, AnyArguments>,
    ) -> Result<Option<AnyRow>, sqlx::Error> {
        self.all(query).map_ok(|rows| rows.into_iter().next()).await
    }

    pub(crate) fn here(&self) -> Option<&Here> {
        self.here.as_deref()
    }

    /// Closes them: nobody is answered any more.
    pub(crate) async fn close(&self) {
        self.places.close();
        if let Some(here) = &self.here {
            here.close();
        }
        let idle = std::mem::take(&mut *self.idle());
        for (connection, _) in idle {
            // One that is broken is closed already.
            let _ = connection.close().await;
        }
    }

    /// The connection that answered last, unless that was long ago; then all are older.
    fn last(&self) -> Option<AnyConnection> {
        let mut idle = self.idle();
        let (connection, since) = idle.pop()?;
        if since.elapsed() < self.kept {
            return Some(connection);
        }
        idle.clear();
        None
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(AnyConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;
    use std::path::PathBuf;

    async fn readers(name: &str) -> (Readers, PathBuf) {
        let folder = std::env::temp_dir().join(format!("store-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = crate::sqlite_url(&folder.join("record.db"));
        let pool = Database::open(&url, crate::Faults::default())
            .await
            .unwrap()
            .pool;
        (Readers::new(pool, None), folder)
    }

    #[tokio::test]
    async fn what_does_not_answer_in_time_is_given_up_and_holds_nobody_up() {
        let (mut readers, folder) = readers("readers-slow").await;
        readers.longest = Duration::from_millis(50);
        for _ in 0..=PLACES {
            let slow = "with recursive n(i) as (select 1 union all select i + 1 from n \
                        where i < 1000000) select max(i) from n";
            assert!(readers.all(sqlx::query(slow)).await.is_err());
        }
        readers.longest = LONGEST;
        let rows = readers.all(sqlx::query("select 1")).await.unwrap();
        assert_eq!(rows.len(), 1);
        readers.close().await;
        assert!(readers.all(sqlx::query("select 1")).await.is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_connection_that_nobody_asked_for_long_is_not_asked_again() {
        let (mut readers, folder) = readers("readers-idle").await;
        let own = "create temporary table mine (one integer)";
        readers.all(sqlx::query(own)).await.unwrap();
        let mine = || sqlx::query("select one from mine");
        readers.all(mine()).await.unwrap();
        readers.kept = Duration::ZERO;
        assert!(readers.all(mine()).await.is_err(), "the same connection");
        readers.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
