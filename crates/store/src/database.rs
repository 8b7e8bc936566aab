//! The connection to either database: how it is opened, brought up to date and
//! locked for writing. The few statements that must differ stand side by side here.

use crate::{error::StoreError, private, settings::Faults};
use sqlx::{
    AnyConnection, AnyPool, Connection, Executor, Row, Transaction,
    any::{Any, AnyPoolOptions},
    migrate::Migrator,
    pool::PoolConnection,
    sqlite::SqliteConnectOptions,
};
use std::{io, path::Path, sync::Arc, time::Duration};
use tokio::sync::{Mutex, OwnedMutexGuard};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The first SQLite without the WAL-reset race.
const SQLITE_AT_LEAST: [u32; 3] = [3, 51, 3];

/// The key of the lock that orders the appends of all servers on one PostgreSQL.
const APPEND_LOCK: &str = "select pg_advisory_xact_lock(7310586341927)";

/// The key of the lock that orders what all servers on one PostgreSQL do with the lines heard.
const HEARD_LOCK: &str = "select pg_advisory_xact_lock(7310586341928)";

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    pub(crate) dialect: Dialect,
    pub(crate) pool: AnyPool,
    /// Where a SQLite record lies, if it lies in a file.
    pub(crate) file: Option<Arc<Path>>,
    /// SQLite lets one connection write at a time and makes the others poll; a
    /// fair queue in the process spares them the second-long waits.
    gate: Arc<Mutex<()>>,
    faults: Faults,
}

impl Database {
    pub(crate) async fn open(url: &str, faults: Faults) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let (dialect, url) = if url.starts_with("sqlite:") {
            let create = if url.contains('?') {
                "&mode=rwc"
            } else {
                "?mode=rwc"
            };
            let url = if url.contains("mode=") {
                url.to_owned()
            } else {
                format!("{url}{create}")
            };
            make_private(&url)?;
            (Dialect::Sqlite, url)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            (Dialect::Postgres, url.to_owned())
        } else {
            return Err(StoreError::UnknownDatabase(url.to_owned()));
        };
        let pool = AnyPoolOptions::new()
            .max_connections(match dialect {
                Dialect::Sqlite => 8,
                Dialect::Postgres => 16,
            })
            .acquire_timeout(Duration::from_secs(15))
            // A connection is tested when it comes back; testing it again when it
            // leaves would cost a round trip for every query.
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    match dialect {
                        Dialect::Sqlite => prepare_sqlite(connection).await,
                        Dialect::Postgres => prepare_postgres(connection).await,
                    }
                })
            })
            .connect(&url)
            .await?;
        let database = Self {
            dialect,
            pool,
            file: file_of(&url)?,
            gate: Arc::new(Mutex::new(())),
            faults,
        };
        if dialect == Dialect::Sqlite {
            let row = sqlx::query("select sqlite_version()")
                .fetch_one(&database.pool)
                .await?;
            let version: String = row.try_get(0)?;
            if !recent_enough(&version) {
                return Err(StoreError::OldSqlite(version));
            }
        }
        Ok(database)
    }

    fn migrator(&self) -> &'static Migrator {
        match self.dialect {
            Dialect::Sqlite => &SQLITE,
            Dialect::Postgres => &POSTGRES,
        }
    }

    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        let _gate = self.gate().await;
        Ok(self.migrator().run(&self.pool).await?)
    }

    /// Answers, and its tables are those that this version knows.
    pub(crate) async fn ready(&self) -> Result<(), StoreError> {
        let wanted = i64::try_from(self.migrator().iter().count()).unwrap_or(i64::MAX);
        let found: i64 = match sqlx::query("select count(*) from _sqlx_migrations")
            .fetch_one(&self.pool)
            .await
        {
            Ok(row) => row.try_get(0)?,
            Err(sqlx::Error::Database(_)) => 0,
            Err(other) => return Err(other.into()),
        };
        if found == wanted {
            Ok(())
        } else {
            Err(StoreError::NotMigrated { found, wanted })
        }
    }

    /// The turn to write, where the process must take turns.
    pub(crate) async fn gate(&self) -> Option<OwnedMutexGuard<()>> {
        match self.dialect {
            Dialect::Sqlite => Some(Arc::clone(&self.gate).lock_owned().await),
            Dialect::Postgres => None,
        }
    }

    /// A transaction on the working tables.
    pub(crate) async fn write(&self) -> Result<Writing, sqlx::Error> {
        let gate = self.gate().await;
        let begin = match self.dialect {
            Dialect::Sqlite => "begin immediate",
            Dialect::Postgres => "begin",
        };
        Ok(Writing {
            transaction: self.pool.begin_with(begin).await?,
            faults: self.faults.clone(),
            _gate: gate,
        })
    }

    /// A transaction on the lines heard: one at a time, over all servers. Closing them takes
    /// their rows in whatever order they lie, so that it and an adding server would wait for
    /// each other.
    pub(crate) async fn write_heard(&self) -> Result<Writing, sqlx::Error> {
        let mut writing = self.write().await?;
        if self.dialect == Dialect::Postgres {
            writing.connection().execute(HEARD_LOCK).await?;
        }
        Ok(writing)
    }

    /// Begins the transaction in which events get their place: one at a time,
    /// over all servers.
    pub(crate) async fn begin_append<'c>(
        &self,
        connection: &'c mut PoolConnection<Any>,
    ) -> Result<Transaction<'c, Any>, sqlx::Error> {
        match self.dialect {
            Dialect::Sqlite => connection.begin_with("begin immediate").await,
            Dialect::Postgres => {
                let mut transaction = connection.begin_with("begin").await?;
                transaction.execute(APPEND_LOCK).await?;
                Ok(transaction)
            }
        }
    }

    /// Begins a transaction that sees one moment of the whole database.
    pub(crate) async fn begin_reading(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        self.pool
            .begin_with(match self.dialect {
                Dialect::Sqlite => "begin deferred",
                Dialect::Postgres => "begin isolation level repeatable read read only",
            })
            .await
    }
}

/// A transaction on the working tables, with the turn to write.
pub(crate) struct Writing {
    // Dropped in this order: first the transaction, then the turn.
    transaction: Transaction<'static, Any>,
    faults: Faults,
    _gate: Option<OwnedMutexGuard<()>>,
}

impl Writing {
    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        if self.faults.strikes_work() {
            return Err(io::Error::from(io::ErrorKind::StorageFull).into());
        }
        self.transaction.commit().await
    }
}

/// The file of a SQLite record; none for one in memory, and on PostgreSQL.
fn file_of(url: &str) -> Result<Option<Arc<Path>>, StoreError> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") {
        return Ok(None);
    }
    let options = url.parse::<SqliteConnectOptions>()?;
    let path = options.get_filename();
    Ok((!path.as_os_str().is_empty()).then(|| path.into()))
}

/// Makes the file of a SQLite record that is not there yet, for the server's own
/// user only. SQLite would make it readable for everybody; the files beside it
/// take its rights.
fn make_private(url: &str) -> Result<(), StoreError> {
    let Some(path) = file_of(url)?.filter(|_| url.contains("mode=rwc")) else {
        return Ok(());
    };
    match private::options().create_new(true).open(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::files(&*path, error))
        }
        _ => Ok(()),
    }
}

/// How every connection that may write to SQLite is set.
pub(crate) const SQLITE_PRAGMAS: [&str; 7] = [
    "pragma busy_timeout = 15000",
    "pragma journal_mode = wal",
    // An acknowledged event survives a power cut. mmap stays
    // off: an error of a mapped disk is a signal that ends the process (sqlite.org/mmap.html).
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    // What is deleted is overwritten where that costs no further write.
    "pragma secure_delete = fast",
    // The commit that finds the log this long brings it home: seldom enough, 64 MiB.
    "pragma wal_autocheckpoint = 16000",
    "pragma cache_size = -32000",
];

async fn prepare_sqlite(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    for pragma in SQLITE_PRAGMAS {
        connection.execute(pragma).await?;
    }
    Ok(())
}

async fn prepare_postgres(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    // Every statement reads or writes by keys: planning it again for each set of
    // values costs more than running it.
    connection
        .execute("set plan_cache_mode = force_generic_plan")
        .await
        .map(|_| ())
}

fn recent_enough(version: &str) -> bool {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let found = [(); 3].map(|()| parts.next().unwrap_or(0));
    found >= SQLITE_AT_LEAST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::fault;
    use app::ports::Fault;

    #[test]
    fn a_sqlite_with_the_wal_reset_race_is_refused() {
        assert!(!recent_enough("3.51.2"));
        assert!(recent_enough("3.51.3"));
        assert!(recent_enough("3.100.0"));
    }

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_failures() {
        let folder = std::env::temp_dir().join(format!("store-full-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = crate::sqlite_url(&folder.join("full.db"));
        let database = Database::open(&url, Faults::default()).await.unwrap();
        let mut connection = database.pool.acquire().await.unwrap();
        connection
            .execute("create table paper (body blob)")
            .await
            .unwrap();
        connection
            .execute("pragma max_page_count = 8")
            .await
            .unwrap();
        let full = connection
            .execute("insert into paper values (zeroblob(200000))")
            .await
            .unwrap_err();
        assert_eq!(fault(&full), Fault::NoSpace);
        let other = connection
            .execute("insert into nothing values (1)")
            .await
            .unwrap_err();
        assert!(matches!(fault(&other), Fault::Broken(_)));
        drop(connection);
        database.pool.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
