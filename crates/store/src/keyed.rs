//! Questions by keys, which every request asks: who is signed in, where a stream
//! stands, what a case is made of. SQLite answers each in microseconds; the driver
//! asks it on a thread of its own, and the two hops cost more than the answer. So on
//! SQLite these are answered on the thread that asks, by another binding of the same
//! library (decision 26). Only what is found by keys belongs here: whatever takes
//! long would hold up the thread.

use crate::{
    error::{broken, fault},
    readers::Readers,
    rows::{Value, bind},
};
use app::ports::Fault;
use rusqlite::{
    Connection, OpenFlags, params_from_iter,
    types::{ToSqlOutput, Value as Kept},
};
use sqlx::{AssertSqlSafe, Row as _, any::AnyRow};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long a locked record is waited for. Readers of a write-ahead log wait for
/// nobody, except while it is put in order after a crash.
const PATIENCE: Duration = Duration::from_secs(2);
/// Statements that a connection keeps prepared.
const PREPARED: usize = 64;
/// Connections that are kept when nobody asks.
const IDLE: usize = 8;

/// A row of either database, read by column.
pub(crate) trait Columns {
    /// A text that is there.
    fn text(&self, at: usize) -> Result<String, Fault>;
    /// A number that is there.
    fn number(&self, at: usize) -> Result<i64, Fault>;
    /// A number, if there is one.
    fn maybe_number(&self, at: usize) -> Result<Option<i64>, Fault>;
    /// Bytes, if there are any.
    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, Fault>;
}

impl Columns for AnyRow {
    fn text(&self, at: usize) -> Result<String, Fault> {
        self.try_get(at).map_err(|e| fault(&e))
    }

    fn number(&self, at: usize) -> Result<i64, Fault> {
        self.try_get(at).map_err(|e| fault(&e))
    }

    fn maybe_number(&self, at: usize) -> Result<Option<i64>, Fault> {
        self.try_get(at).map_err(|e| fault(&e))
    }

    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, Fault> {
        self.try_get(at).map_err(|e| fault(&e))
    }
}

/// What a question by keys found.
pub(crate) enum Row {
    Here(Vec<Kept>),
    Driver(AnyRow),
}

impl Columns for Row {
    fn text(&self, at: usize) -> Result<String, Fault> {
        match self {
            Self::Here(columns) => match columns.get(at) {
                Some(Kept::Text(text)) => Ok(text.clone()),
                other => Err(unexpected("a text", at, other)),
            },
            Self::Driver(row) => row.text(at),
        }
    }

    fn number(&self, at: usize) -> Result<i64, Fault> {
        self.maybe_number(at)?
            .ok_or_else(|| unexpected("a number", at, None))
    }

    fn maybe_number(&self, at: usize) -> Result<Option<i64>, Fault> {
        match self {
            Self::Here(columns) => match columns.get(at) {
                Some(Kept::Integer(number)) => Ok(Some(*number)),
                Some(Kept::Null) => Ok(None),
                other => Err(unexpected("a number", at, other)),
            },
            Self::Driver(row) => row.maybe_number(at),
        }
    }

    fn maybe_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, Fault> {
        match self {
            Self::Here(columns) => match columns.get(at) {
                Some(Kept::Blob(bytes)) => Ok(Some(bytes.clone())),
                Some(Kept::Null) => Ok(None),
                other => Err(unexpected("bytes", at, other)),
            },
            Self::Driver(row) => row.maybe_bytes(at),
        }
    }
}

fn unexpected(wanted: &str, at: usize, found: Option<&Kept>) -> Fault {
    let found = found.map_or("nothing".to_owned(), |kept| kept.data_type().to_string());
    Fault::Broken(format!("database: column {at} is {found}, not {wanted}"))
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Int(number) => number.to_sql(),
            Self::Text(text) => text.to_sql(),
            Self::Blob(bytes) => bytes.to_sql(),
        }
    }
}

impl Readers {
    /// All rows that a statement finds by its keys, in the order of `$1`, `$2`, ….
    pub(crate) async fn keyed(&self, sql: &str, keys: Vec<Value>) -> Result<Vec<Row>, Fault> {
        if let Some(here) = self.here() {
            return here.rows(sql, &keys);
        }
        let query = keys
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql.to_owned())), bind);
        let rows = self.all(query).await.map_err(|e| fault(&e))?;
        Ok(rows.into_iter().map(Row::Driver).collect())
    }
}

/// Connections to a SQLite record, each used by one thread at a time.
pub(crate) struct Here {
    file: PathBuf,
    /// None once the record is closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Here {
    pub(crate) fn new(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            idle: Mutex::new(Some(Vec::new())),
        }
    }

    fn rows(&self, sql: &str, keys: &[Value]) -> Result<Vec<Row>, Fault> {
        let closed = || Fault::Broken("the record was closed".to_owned());
        let idle = self.idle().as_mut().ok_or_else(closed)?.pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.connect().map_err(broken)?,
        };
        // A connection whose answer failed is given up.
        let rows = found(&connection, sql, keys)
            .map_err(|error| Fault::Broken(format!("database: {error}")))?;
        if let Some(idle) = self.idle().as_mut()
            && idle.len() < IDLE
        {
            idle.push(connection);
        }
        Ok(rows)
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection.execute_batch("pragma query_only = on; pragma cache_size = -32000")?;
        Ok(connection)
    }

    /// Closes them: nobody is answered any more.
    pub(crate) fn close(&self) {
        self.idle().take();
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a statement finds on a connection of our own.
pub(crate) fn found(
    connection: &Connection,
    sql: &str,
    keys: &[Value],
) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    let width = statement.column_count();
    statement
        .query_map(params_from_iter(keys), |row| {
            let columns: rusqlite::Result<_> = (0..width).map(|at| row.get(at)).collect();
            Ok(Row::Here(columns?))
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;

    async fn record(name: &str) -> (Database, Here, PathBuf) {
        let folder = std::env::temp_dir().join(format!("store-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = crate::sqlite_url(&folder.join("record.db"));
        let database = Database::open(&url, crate::Faults::default())
            .await
            .unwrap();
        for sql in [
            "create table paper (id text, pages integer, body blob)",
            "insert into paper values ('a', 2, x'00ff'), ('b', null, null)",
        ] {
            sqlx::query(sql).execute(&database.pool).await.unwrap();
        }
        let here = Here::new(database.file.as_deref().unwrap());
        (database, here, folder)
    }

    #[tokio::test]
    async fn what_the_driver_committed_is_found_and_read_as_the_driver_reads_it() {
        let (database, here, folder) = record("keyed-found").await;
        let sql = "select id, pages, body from paper where id in ($1, $2) order by id";
        let keys = [Value::from("a"), Value::from("b")];
        assert_eq!(here.rows(sql, &keys).unwrap().len(), 2);
        let late = "insert into paper values ('c', 7, x'01')";
        sqlx::query(late).execute(&database.pool).await.unwrap();
        let rows = here
            .rows(sql, &[Value::from("b"), Value::from("c")])
            .unwrap();
        assert_eq!(rows[0].text(0).unwrap(), "b");
        assert_eq!(rows[0].maybe_number(1).unwrap(), None);
        assert_eq!(rows[0].maybe_bytes(2).unwrap(), None);
        assert!(rows[0].number(1).is_err(), "a number that is not there");
        assert!(rows[0].text(1).is_err(), "no text");
        assert_eq!(rows[1].number(1).unwrap(), 7);
        assert_eq!(rows[1].maybe_bytes(2).unwrap(), Some(vec![1]));
        database.pool.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn who_asks_by_keys_cannot_write_and_is_not_answered_after_the_end() {
        let (database, here, folder) = record("keyed-read-only").await;
        assert!(
            here.rows("delete from paper where id = $1", &["a".into()])
                .is_err()
        );
        let count = "select count(*) from paper where id >= $1";
        let rows = here.rows(count, &["".into()]).unwrap();
        assert_eq!(rows[0].number(0).unwrap(), 2);
        here.close();
        assert!(here.rows(count, &["".into()]).is_err());
        database.pool.close().await;
        std::fs::remove_dir_all(folder).unwrap();
    }
}
