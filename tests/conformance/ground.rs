//! Ground for one test: an empty record on one of the two databases, in folders
//! that go away.

use sqlx::{AnyPool, AssertSqlSafe, Executor, Row};
use std::path::PathBuf;
use store::{Settings, Store};
use tempfile::TempDir;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    #[cfg(unix)]
    Postgres,
}

/// The ground.
pub(crate) struct Ground {
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    pub(crate) database: Database,
    folder: TempDir,
}

impl Ground {
    /// Runs a test on ground of its own.
    pub(crate) fn on(database: Database, test: impl AsyncFnOnce(&Self)) {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
            .block_on(async {
                let ground = Self::lay(database).await;
                test(&ground).await;
                ground.clear();
            });
    }

    async fn lay(database: Database) -> Self {
        let folder = TempDir::new().unwrap();
        let url = match database {
            Database::Sqlite => store::sqlite_url(&folder.path().join("record.db")),
            #[cfg(unix)]
            Database::Postgres => testkit::postgres::PrivatePostgres::shared().fresh_database(),
        };
        let settings = Settings::new(
            url,
            folder.path().join("objects"),
            folder.path().join("keys"),
        );
        let store = Store::open(&settings).await.unwrap();
        store.migrate().await.unwrap();
        Self {
            settings,
            store,
            database,
            folder,
        }
    }

    /// Gives back the room on disk, after a test that passed: hundreds of databases
    /// would fill a small one.
    fn clear(self) {
        let url = self.settings.database_url.clone();
        drop(self);
        #[cfg(unix)]
        if url.starts_with("postgres:") {
            testkit::postgres::PrivatePostgres::shared().drop_database(&url);
        }
    }

    /// A second server on the same record.
    pub(crate) async fn another_server(&self) -> Store {
        Store::open(&self.settings).await.unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes the database behind the store's back, as an intruder would.
    pub(crate) async fn tamper(&self, sql: &str) {
        let pool = AnyPool::connect(&self.settings.database_url).await.unwrap();
        pool.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        pool.close().await;
    }

    /// One value, as text.
    pub(crate) async fn value(&self, sql: &str) -> String {
        self.rows(sql)
            .await
            .pop()
            .and_then(|mut row| row.pop())
            .unwrap_or_default()
    }

    /// Rows of a query, each value as text.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let pool = AnyPool::connect(&self.settings.database_url).await.unwrap();
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_all(&pool)
            .await
            .unwrap();
        let rows = rows
            .iter()
            .map(|row| {
                (0..row.len())
                    .map(|at| {
                        row.try_get::<Option<String>, _>(at)
                            .map(|text| text.unwrap_or_else(|| "null".to_owned()))
                            .or_else(|_| row.try_get::<i64, _>(at).map(|n| n.to_string()))
                            .or_else(|_| row.try_get::<i32, _>(at).map(|n| n.to_string()))
                            .or_else(|_| row.try_get::<Vec<u8>, _>(at).map(|b| format!("{b:?}")))
                            .unwrap()
                    })
                    .collect()
            })
            .collect();
        pool.close().await;
        rows
    }
}
