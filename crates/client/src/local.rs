//! The file in which this computer keeps what was typed, so that a crash loses
//! nothing, and what was last chosen.
//!
//! It is no cache: no case data that came from the server is written to disk
//! here. Drafts belong to the person who typed them: another account on the same
//! computer does not get them. Each window keeps its own (`window.rs`): what a window
//! that is gone left behind is given to the next one that asks. What was typed in a hearing that is no
//! longer its writer's to open is left with the court at the next contact, and goes (`lost.rs`).

mod lost;
mod window;
mod words;

use contract::{Code, Problem};
use serde_json::Value;
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::File,
    io,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};
use vocabulary::{AccountId, HearingId};
use window::Window;

/// The file, open. Cheap to clone; several windows may have it open at once.
#[derive(Debug, Clone)]
pub struct Local {
    pool: SqlitePool,
    window: Arc<Window>,
}

impl Local {
    /// Opens the file, and makes it and its folder if they are not there.
    ///
    /// # Errors
    /// The file cannot be made, read or brought up to date.
    pub async fn open(file: &Path) -> Result<Self, Problem> {
        if let Some(folder) = file.parent() {
            tokio::fs::create_dir_all(folder)
                .await
                .map_err(|error| cannot_open(&error.to_string()))?;
        }
        // Two windows that open a new file in the same moment would both change
        // it to write-ahead logging and both run the migrations.
        let turn = take_turn(file).await?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Kept means kept: also when the power goes, not only when we crash.
            .synchronous(SqliteSynchronous::Full)
            // What goes is gone from the file.
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .connect_with(options)
            .await
            .map_err(|error| cannot_open(&error.to_string()))?;
        sqlx::migrate!("../../migrations/desktop")
            .run(&pool)
            .await
            .map_err(|error| cannot_open(&error.to_string()))?;
        let window = Window::open(file).map_err(|error| cannot_open(&error.to_string()))?;
        drop(turn);
        let window = Arc::new(window);
        Ok(Self { pool, window })
    }

    /// Keeps a draft, in place of an earlier one of this window. Once this returns it
    /// survives a crash and a power cut.
    ///
    /// # Errors
    /// It could not be written.
    pub async fn keep_draft(
        &self,
        hearing: HearingId,
        account: AccountId,
        draft: &Value,
    ) -> Result<(), Problem> {
        sqlx::query(
            "insert into draft (hearing_id, account_id, window_id, body, kept_at)
             values ($1, $2, $3, $4, $5)
             on conflict (hearing_id, account_id, window_id)
             do update set body = excluded.body, kept_at = excluded.kept_at",
        )
        .bind(hearing.to_string())
        .bind(account.to_string())
        .bind(self.window.id())
        .bind(draft.to_string())
        .bind(now_micros())
        .execute(&self.pool)
        .await
        .map_err(|error| cannot_keep(&error))?;
        Ok(())
    }

    /// The drafts that this account keeps for this hearing, newest first: this window's
    /// own, and those of windows that are gone. What an open window keeps is its own.
    ///
    /// # Errors
    /// They could not be read.
    pub async fn kept_drafts(
        &self,
        hearing: HearingId,
        account: AccountId,
    ) -> Result<Vec<Value>, Problem> {
        let rows = sqlx::query(
            "select window_id, body from draft where hearing_id = $1 and account_id = $2
             order by kept_at desc",
        )
        .bind(hearing.to_string())
        .bind(account.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| cannot_read(&error.to_string()))?;
        let mut kept = Vec::new();
        for row in rows {
            let (window, body): (String, String) = (row.get(0), row.get(1));
            if self.window.is_open_elsewhere(&window) {
                continue;
            }
            kept.push(
                serde_json::from_str(&body).map_err(|error| cannot_read(&error.to_string()))?,
            );
            self.window.given((hearing, account), window);
        }
        Ok(kept)
    }

    /// Forgets what this window kept or was given, because what it held is recorded.
    ///
    /// # Errors
    /// It could not be written.
    pub async fn drop_draft(&self, hearing: HearingId, account: AccountId) -> Result<(), Problem> {
        for window in self.window.take_given((hearing, account)) {
            sqlx::query(
                "delete from draft
                 where hearing_id = $1 and account_id = $2 and window_id = $3",
            )
            .bind(hearing.to_string())
            .bind(account.to_string())
            .bind(window)
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        }
        Ok(())
    }

    /// Remembers what was last chosen.
    ///
    /// # Errors
    /// It could not be written.
    pub async fn keep_choice(&self, name: &str, value: &str) -> Result<(), Problem> {
        sqlx::query(
            "insert into choice (name, value)
             values ($1, $2)
             on conflict (name)
             do update set value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(&self.pool)
        .await
        .map_err(|error| cannot_keep(&error))?;
        Ok(())
    }

    /// What was last chosen.
    ///
    /// # Errors
    /// It could not be read.
    pub async fn choice(&self, name: &str) -> Result<Option<String>, Problem> {
        let row = sqlx::query("select value from choice where name = $1")
            .bind(name)
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| cannot_read(&error.to_string()))?;
        Ok(row.map(|row| row.get(0)))
    }

    /// Closes the file once everything is written.
    pub async fn close(&self) {
        self.pool.close().await;
        self.window.close();
    }
}

/// Waits for the other windows that are opening the file; the lock goes with the
/// handle, also when the process is killed.
async fn take_turn(file: &Path) -> Result<File, Problem> {
    let mut name = file.as_os_str().to_owned();
    name.push(".opening");
    let locking = tokio::task::spawn_blocking(move || {
        let lock = File::create(name)?;
        lock.lock()?;
        io::Result::Ok(lock)
    });
    match locking.await {
        Ok(Ok(lock)) => Ok(lock),
        Ok(Err(error)) => Err(cannot_open(&error.to_string())),
        Err(error) => Err(cannot_open(&error.to_string())),
    }
}

fn now_micros() -> i64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()
        .and_then(|since| since.as_micros().try_into().ok())
        .unwrap_or(0)
}

fn cannot_open(reason: &str) -> Problem {
    tracing::error!(reason, "the local file could not be opened");
    Problem::new(
        Code::Fault,
        "This computer's own file for drafts could not be opened.",
        "Check that there is room on the disk and that you may write to the application's folder, then start it again.",
    )
    .because("Nothing that was recorded is lost; it is on the server.")
}

fn cannot_keep(error: &sqlx::Error) -> Problem {
    tracing::error!(%error, "the local file could not be written");
    // SQLITE_FULL: a condition of the disk, which no earlier reading can rule out.
    let is_full = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code == "13");
    if is_full {
        return Problem::new(
            Code::NoSpace,
            "This computer's disk is full.",
            "Make room on the disk. What you type is still kept on the server when you are online.",
        )
        .because("What you typed last is on the screen, and not yet kept on this computer.");
    }
    Problem::new(
        Code::Fault,
        "What you typed could not be kept on this computer.",
        "Go on, and save your work to the server soon.",
    )
    .because("It is still on the screen.")
}

fn cannot_read(reason: &str) -> Problem {
    tracing::error!(reason, "the local file could not be read");
    Problem::new(
        Code::Fault,
        "This computer's own file for drafts could not be read.",
        "Start the application again.",
    )
    .because("Drafts that were saved to the server are there.")
}
