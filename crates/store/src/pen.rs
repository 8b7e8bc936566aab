//! What the ledger is written with. On PostgreSQL that is the driver's connection; on
//! SQLite a connection of our own, used on the thread that decides (decision 34): the
//! driver asks SQLite on another thread, and a batch has some fifteen statements, each
//! of which would wait there and back for its turn on the processor.

use crate::{
    database::{Database, SQLITE_PRAGMAS},
    error::fault,
    keyed::{Row, found},
    rows::{Marks, Table, Value, bind},
};
use app::ports::Fault;
use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Transaction, pool::PoolConnection};
use std::path::Path;

/// At most this many values a statement: well under the limits of both databases.
const MOST_VALUES: usize = 4_000;
/// By the driver, statements of up to this many rows are kept prepared; longer ones are
/// too many different texts to be worth it.
const PREPARED_ROWS: usize = 8;
/// Statements that our own connection keeps prepared.
const PREPARED: usize = 256;

/// Statements inside one transaction. Values are those of `$1`, `$2`, … in order.
#[async_trait]
pub(crate) trait Pen: Send {
    /// All rows that a statement finds.
    async fn all(&mut self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, Fault>;

    /// Runs a statement that finds nothing.
    async fn run(&mut self, sql: &str, values: Vec<Value>) -> Result<(), Fault>;

    /// Writes rows of one table.
    async fn insert(&mut self, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<(), Fault>;

    /// The first row, if there is one.
    async fn first(&mut self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, Fault> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }
}

#[async_trait]
impl Pen for AnyConnection {
    async fn all(&mut self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, Fault> {
        let query = sqlx::query(AssertSqlSafe(sql.to_owned()));
        let rows = values.into_iter().fold(query, bind).fetch_all(self).await;
        Ok(rows
            .map_err(|e| fault(&e))?
            .into_iter()
            .map(Row::Driver)
            .collect())
    }

    async fn run(&mut self, sql: &str, values: Vec<Value>) -> Result<(), Fault> {
        let query = sqlx::query(AssertSqlSafe(sql.to_owned()));
        let run = values.into_iter().fold(query, bind).execute(self).await;
        run.map(|_| ()).map_err(|e| fault(&e))
    }

    async fn insert(&mut self, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        let marks = Marks::of(self.backend_name());
        let most = MOST_VALUES / table.columns.len();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(most).collect();
            let sql = table.insert(chunk.len(), marks);
            let query = sqlx::query(AssertSqlSafe(sql)).persistent(chunk.len() <= PREPARED_ROWS);
            chunk
                .into_iter()
                .flatten()
                .fold(query, bind)
                .execute(&mut *self)
                .await
                .map_err(|e| fault(&e))?;
        }
        Ok(())
    }
}

#[async_trait]
impl Pen for Connection {
    async fn all(&mut self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, Fault> {
        found(self, sql, &values).map_err(|e| fault_of_sqlite(&e))
    }

    async fn run(&mut self, sql: &str, values: Vec<Value>) -> Result<(), Fault> {
        let run = self
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(params_from_iter(values)));
        run.map(|_| ()).map_err(|e| fault_of_sqlite(&e))
    }

    async fn insert(&mut self, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        let insert = || {
            // Row by row costs nothing here, and the statement is always the same.
            let mut statement = self.prepare_cached(&table.insert(1, Marks::Plain))?;
            for row in rows {
                statement.execute(params_from_iter(row))?;
            }
            Ok(())
        };
        insert().map_err(|e| fault_of_sqlite(&e))
    }
}

/// A connection that the appender keeps.
pub(crate) enum Link {
    Driver(PoolConnection<Any>),
    Here(Connection),
}

/// A transaction in which events get their place: one at a time, over all servers.
/// Whoever drops it undoes it; if it was begun here, by dropping the link as well.
pub(crate) enum Begun<'l> {
    Driver(Transaction<'l, Any>),
    Here(&'l mut Connection),
}

impl Begun<'_> {
    pub(crate) fn pen(&mut self) -> &mut dyn Pen {
        match self {
            Self::Driver(transaction) => &mut **transaction,
            Self::Here(connection) => *connection,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), Fault> {
        match self {
            Self::Driver(transaction) => transaction.commit().await.map_err(|e| fault(&e)),
            Self::Here(connection) => say(connection, "commit"),
        }
    }

    pub(crate) async fn undo(self) -> Result<(), Fault> {
        match self {
            Self::Driver(transaction) => transaction.rollback().await.map_err(|e| fault(&e)),
            Self::Here(connection) => say(connection, "rollback"),
        }
    }
}

fn say(connection: &Connection, what: &str) -> Result<(), Fault> {
    connection
        .execute_batch(what)
        .map_err(|e| fault_of_sqlite(&e))
}

impl Database {
    /// What the appender writes with.
    pub(crate) async fn link(&self) -> Result<Link, Fault> {
        Ok(match &self.file {
            Some(file) => Link::Here(to_sqlite(file)?),
            None => Link::Driver(self.pool.acquire().await.map_err(|e| fault(&e))?),
        })
    }

    /// Begins a transaction of the appender.
    pub(crate) async fn begin<'l>(&self, link: &'l mut Link) -> Result<Begun<'l>, Fault> {
        Ok(match link {
            Link::Driver(connection) => {
                let begun = self.begin_append(connection).await;
                Begun::Driver(begun.map_err(|e| fault(&e))?)
            }
            Link::Here(connection) => {
                say(connection, "begin immediate")?;
                Begun::Here(connection)
            }
        })
    }
}

/// Opens our own connection for writing to a SQLite record.
fn to_sqlite(file: &Path) -> Result<Connection, Fault> {
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        for pragma in SQLITE_PRAGMAS {
            connection.execute_batch(pragma)?;
        }
        Ok(connection)
    };
    open().map_err(|e| fault_of_sqlite(&e))
}

/// What an error of our own connection means to a use case.
fn fault_of_sqlite(error: &rusqlite::Error) -> Fault {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        Fault::NoSpace
    } else {
        Fault::Broken(format!("database: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Faults, sqlite_url};

    async fn linked(name: &str) -> (Database, Link, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("store-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = sqlite_url(&folder.join("record.db"));
        let database = Database::open(&url, Faults::default()).await.unwrap();
        let paper = "create table paper (id integer primary key, body blob)";
        sqlx::query(paper).execute(&database.pool).await.unwrap();
        let link = database.link().await.unwrap();
        assert!(matches!(link, Link::Here(_)), "a record in a file");
        (database, link, folder)
    }

    async fn papers(database: &Database) -> usize {
        let all = sqlx::query("select id from paper").fetch_all(&database.pool);
        all.await.unwrap().len()
    }

    const INSERT: &str = "insert into paper values ($1, zeroblob($2))";

    #[tokio::test]
    async fn what_is_committed_is_there_for_the_driver_and_what_is_dropped_is_not() {
        let (database, mut link, folder) = linked("pen-dropped").await;
        let mut begun = database.begin(&mut link).await.unwrap();
        let values = vec![1_i64.into(), 10_i64.into()];
        begun.pen().run(INSERT, values).await.unwrap();
        begun.commit().await.unwrap();
        assert_eq!(papers(&database).await, 1);

        let mut begun = database.begin(&mut link).await.unwrap();
        let values = vec![2_i64.into(), 10_i64.into()];
        begun.pen().run(INSERT, values).await.unwrap();
        let again = vec![1_i64.into(), 10_i64.into()];
        let refused = begun.pen().run(INSERT, again).await.unwrap_err();
        assert!(matches!(refused, Fault::Broken(_)), "one key, two papers");
        drop(begun);
        drop(link);
        assert_eq!(papers(&database).await, 1);
        // Nobody is kept waiting by what was dropped.
        let mut link = database.link().await.unwrap();
        let begun = database.begin(&mut link).await.unwrap();
        begun.undo().await.unwrap();
        database.pool.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_failures() {
        let (database, mut link, folder) = linked("pen-full").await;
        let mut begun = database.begin(&mut link).await.unwrap();
        begun
            .pen()
            .all("pragma max_page_count = 8", Vec::new())
            .await
            .unwrap();
        let large = vec![1_i64.into(), 200_000_i64.into()];
        let full = begun.pen().run(INSERT, large).await.unwrap_err();
        assert_eq!(full, Fault::NoSpace);
        database.pool.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
