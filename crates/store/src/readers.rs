//! Connections for questions of one statement. The driver's own pool asks every
//! connection that comes back whether it still answers: in SQLite a hop to another
//! thread and back, on PostgreSQL a round trip, as much again as most questions
//! take. Here the last one that worked is the next that is asked, and one whose
//! answer failed, or whose asker went away in the middle, is given up.

use futures::TryFutureExt;
use sqlx::{
    Any, AnyConnection, AnyPool, Connection,
    any::{AnyArguments, AnyRow},
    query::Query,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::Semaphore, time::timeout};

/// How many ask at once.
const PLACES: usize = 8;
/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(15);

/// The connections. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Readers {
    /// Where new ones come from, prepared as all are.
    pool: AnyPool,
    idle: Arc<Mutex<Vec<AnyConnection>>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(pool: AnyPool) -> Self {
        Self {
            pool,
            idle: Arc::default(),
            places: Arc::new(Semaphore::new(PLACES)),
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
        let last = self.idle().pop();
        let mut connection = match last {
            Some(connection) => connection,
            None => self.pool.acquire().await?.detach(),
        };
        let rows = query.fetch_all(&mut connection).await?;
        if !self.places.is_closed() {
            self.idle().push(connection);
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

    /// Closes them: nobody is answered any more.
    pub(crate) async fn close(&self) {
        self.places.close();
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            // One that is broken is closed already.
            let _ = connection.close().await;
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<AnyConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
