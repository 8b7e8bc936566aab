//! The store as a whole: one open database, its appender, its keys and its
//! folder of bytes.

use crate::{
    database::{Database, Dialect},
    error::StoreError,
    gather::Gather,
    keys::{Keys, random},
    ledger::{
        appender::{Appender, Order},
        follow::{Myself, listen, look},
        read::{KeptHead, kept_heads},
        recent::Recent,
    },
    objects::Folder,
    readers::Readers,
    settings::Settings,
    work::{
        sessions::{KeptSession, kept_sessions},
        uploads::kept_uploads,
    },
};
use app::ports::{Committed, Fault, KeptUpload};
use domain::now::Directory;
use sqlx::{AnyPool, Row};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use tokio::{
    sync::{broadcast, mpsc, oneshot},
    task::AbortHandle,
};
use uuid::Uuid;

/// Commands that may wait for the appender before callers do.
const QUEUE: usize = 1_024;
/// Commits that a slow listener may be behind before it is told that it missed some.
const LISTENERS_LAG: usize = 4_096;

/// The record, open. Clones share everything; the appender ends with the last of them.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    readers: Readers,
    keys: Keys,
    recent: Arc<Recent>,
    orders: mpsc::Sender<Order>,
    /// Whether readings wait for space: then the next ones are waited for.
    behind: Arc<AtomicBool>,
    commits: broadcast::Sender<Committed>,
    objects: Folder,
    /// What every request asks.
    sessions: Gather<KeptSession>,
    heads: Gather<KeptHead>,
    uploads: Gather<KeptUpload>,
    /// The organisations, and after which event they stood so.
    directory: Mutex<Option<(i64, Arc<Directory>)>>,
    /// Hears what other servers commit; ended with this one.
    follower: AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Store {
    /// Opens the record and starts its appender on the current runtime. The tables
    /// are not touched: see [`Store::migrate`].
    ///
    /// # Errors
    /// If the database cannot be reached, SQLite is too old, a folder cannot be
    /// used, or the keys that sealed what is there are missing.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        let database = Database::open(&settings.database_url, settings.faults.clone()).await?;
        let fresh = !holds_sealed(&database).await?;
        let keys = Keys::load(&settings.keys, fresh)?;
        let objects = Folder::open(&settings.objects, settings.faults.clone())?;
        let (orders, queue) = mpsc::channel(QUEUE);
        let (commits, _) = broadcast::channel(LISTENERS_LAG);
        let myself = Myself {
            name: Uuid::from_bytes(random()?),
            seen: Arc::default(),
        };
        let behind = Arc::<AtomicBool>::default();
        let recent = Arc::<Recent>::default();
        let appender = Appender::new(
            database.clone(),
            keys.clone(),
            settings.faults.clone(),
            commits.clone(),
            myself.clone(),
            behind.clone(),
            recent.clone(),
        );
        appender
            .start(queue)
            .map_err(|error| StoreError::Database(error.into()))?;
        let follower = match database.dialect {
            Dialect::Sqlite => tokio::spawn(look(database.clone(), myself, commits.clone())),
            Dialect::Postgres => {
                let url = settings.database_url.clone();
                tokio::spawn(listen(url, database.clone(), myself, commits.clone()))
            }
        }
        .abort_handle();
        let readers = Readers::new(database.pool.clone(), database.file.as_deref());
        let sessions = Gather::start(readers.clone(), kept_sessions);
        let heads = Gather::start(readers.clone(), kept_heads);
        let uploads = Gather::start(readers.clone(), kept_uploads);
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                readers,
                keys,
                recent,
                orders,
                behind,
                commits,
                objects,
                sessions,
                heads,
                uploads,
                directory: Mutex::default(),
                follower,
            }),
        })
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// If a migration fails, or the database was made by a later version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.inner.database.migrate().await
    }

    /// Whether the database answers and has the tables of this version.
    ///
    /// # Errors
    /// If not: what is missing.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.inner.database.ready().await
    }

    /// What is committed from now on, in order. A listener that falls behind is
    /// told how many it missed (`RecvError::Lagged`), and must look at everything again.
    #[must_use]
    pub fn commits(&self) -> broadcast::Receiver<Committed> {
        self.inner.commits.subscribe()
    }

    /// Records what nobody waits for, signs a last checkpoint and closes the
    /// connections. Commands that are sent afterwards fail.
    ///
    /// # Errors
    /// If the checkpoint cannot be written; the connections are closed all the same.
    pub async fn close(&self) -> Result<(), StoreError> {
        let (stop, stopped) = oneshot::channel();
        if self.inner.orders.send(Order::Stop(stop)).await.is_ok() {
            // It ends with its last batch, however that goes.
            let _ = stopped.await;
        }
        let signed = match self.ready().await {
            Ok(()) => self.checkpoint().await.map(|_| ()),
            // Nothing was ever recorded here.
            Err(StoreError::NotMigrated { .. }) => Ok(()),
            Err(other) => Err(other),
        };
        self.inner.follower.abort();
        self.inner.readers.close().await;
        self.inner.database.pool.close().await;
        signed
    }

    pub(crate) fn kept_directory(&self) -> MutexGuard<'_, Option<(i64, Arc<Directory>)>> {
        let kept = &self.inner.directory;
        kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Where questions of one statement are asked.
    pub(crate) fn readers(&self) -> &Readers {
        &self.inner.readers
    }

    pub(crate) fn pool(&self) -> &AnyPool {
        &self.inner.database.pool
    }

    pub(crate) fn keys(&self) -> &Keys {
        &self.inner.keys
    }

    pub(crate) fn recent(&self) -> &Recent {
        &self.inner.recent
    }

    pub(crate) fn sessions(&self) -> &Gather<KeptSession> {
        &self.inner.sessions
    }

    pub(crate) fn heads(&self) -> &Gather<KeptHead> {
        &self.inner.heads
    }

    pub(crate) fn uploads(&self) -> &Gather<KeptUpload> {
        &self.inner.uploads
    }

    pub(crate) fn is_behind(&self) -> bool {
        self.inner.behind.load(Ordering::SeqCst)
    }

    pub(crate) async fn order(&self, order: Order) -> Result<(), Fault> {
        let sent = self.inner.orders.send(order).await;
        sent.map_err(|_| Fault::Broken("the ledger is closed".to_owned()))
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.inner.objects
    }
}

/// Whether the database holds anything that a lost key would close for ever.
async fn holds_sealed(database: &Database) -> Result<bool, StoreError> {
    match sqlx::query("select count(*) from data_key")
        .fetch_one(&database.pool)
        .await
    {
        Ok(row) => Ok(row.try_get::<i64, _>(0)? > 0),
        // No such table yet.
        Err(sqlx::Error::Database(_)) => Ok(false),
        Err(other) => Err(other.into()),
    }
}
