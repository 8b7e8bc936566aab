//! What can go wrong in keeping the record, and which of it a use case hears
//! as "no space left". It refuses nothing: the court's rules are elsewhere.

use app::ports::Fault;
use std::{fmt::Display, io, path::PathBuf};

/// Why the record cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL names no database that this server knows.
    #[error("{0:?} is neither sqlite:… nor postgres://…")]
    UnknownDatabase(String),
    /// SQLite is too old to be trusted with two connections (WAL-reset race).
    #[error("SQLite {0} is too old: 3.51.3 or later is needed")]
    OldSqlite(String),
    /// The database refused or cannot be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The tables are not those of this version of the server.
    #[error(
        "the database has {found} of {wanted} migrations: run `migrate`, or use the server version that made it"
    )]
    NotMigrated {
        /// Migrations in the database.
        found: i64,
        /// Migrations that this version knows.
        wanted: i64,
    },
    /// A folder or file cannot be used.
    #[error("{path}: {source}")]
    Files {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A key is missing or is another one.
    #[error("keys: {0}")]
    Keys(String),
    /// Somebody else is at work on the record.
    #[error("the record is in use: {0}")]
    InUse(&'static str),
    /// The record contradicts its own checkpoint or itself.
    #[error("ledger: {0}")]
    Ledger(String),
}

impl StoreError {
    pub(crate) fn files(path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Files {
            path: path.into(),
            source,
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(error) => fault(&error),
            StoreError::Files { source, .. } if no_space(&source) => Self::NoSpace,
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Whether a write failed for want of room.
pub(crate) fn no_space(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// What a database error means to a use case.
pub(crate) fn fault(error: &sqlx::Error) -> Fault {
    let full = match error {
        // SQLITE_FULL, and PostgreSQL's disk_full: the two codes cannot be confused.
        sqlx::Error::Database(refusal) => {
            matches!(refusal.code().as_deref(), Some("13" | "53100"))
        }
        sqlx::Error::Io(error) => no_space(error),
        _ => false,
    };
    if full {
        Fault::NoSpace
    } else {
        Fault::Broken(format!("database: {error}"))
    }
}

/// Anything else that broke.
pub(crate) fn broken(error: impl Display) -> Fault {
    Fault::Broken(error.to_string())
}
