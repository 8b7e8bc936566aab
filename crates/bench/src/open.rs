//! `open`: a prosecutor opens a case out of all, over a kept-alive connection:
//! session, access, the case with its hearings, papers and documents, what has
//! changed, and the record that it was seen.
//!
//! The floor is what nobody could do without: one read of the case's row by its
//! key, with nothing between, and one empty call over HTTP. The same read by the
//! server's driver is told beside.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::Connection,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
    seed::token,
    spawned::Spawned,
};
use contract::case::View;
use sqlx::{AnyConnection, Connection as _, PgConnection};
use std::time::Instant;
use vocabulary::CaseId;

/// How many cases are opened in a round.
const OPENED: usize = 1_000;

const READ: &str =
    "select stream, key_owner, version, hash, snapshot from stream_head where stream = $1";

pub(crate) async fn run(database: Database, cases: usize) -> Outcome {
    let ground = Ground::open(database, cases).await?;
    let bare = Spawned::bare()?;
    let mut empty = Connection::open(&bare.url).await?;
    let mut keyed = Keyed::open(&ground).await?;
    let mut driver = {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(&ground.database_url).await?
    };
    let mut reader = Connection::open(&ground.server.url).await?;
    let mut chance = fastrand::Rng::with_seed(11);
    let mut also = fastrand::Rng::with_seed(12);
    let all = &ground.lists.cases;
    let mut waits = Vec::new();
    let mut reads = Vec::new();
    let mut by_driver = Vec::new();
    // The pool's connections, the caches: not from nothing.
    for _ in 0..200 {
        view(&mut reader, all[chance.usize(..all.len())]).await?;
    }
    let rounds = interleaved(
        &format!("open {}", database.as_str()),
        &ground.watched(),
        async || {
            let mut both = Vec::with_capacity(OPENED);
            for _ in 0..OPENED {
                let case = all[also.usize(..all.len())];
                let begun = Instant::now();
                keyed.read(case).await?;
                reads.push(millis(begun));
                empty.get("/").await?;
                both.push(millis(begun));
                let begun = Instant::now();
                sqlx::query(READ)
                    .bind(name(case))
                    .fetch_one(&mut driver)
                    .await?;
                by_driver.push(millis(begun));
            }
            Ok(percentile(&both, 50))
        },
        async || {
            let mut round = Vec::with_capacity(OPENED);
            for _ in 0..OPENED {
                let case = all[chance.usize(..all.len())];
                let begun = Instant::now();
                view(&mut reader, case).await?;
                round.push(millis(begun));
            }
            waits.extend_from_slice(&round);
            Ok(percentile(&round, 50))
        },
    )
    .await?;
    Report::new("open", "ms", &rounds, waits.len(), Goal::AtMost(4.0))
        .with("database", database.as_str())
        .with("cases", all.len())
        .with("p99_ms", rounded(percentile(&waits, 99)))
        .with("keyed_read_ms", rounded(percentile(&reads, 50)))
        .with(
            "keyed_read_by_driver_ms",
            rounded(percentile(&by_driver, 50)),
        )
        .print();
    Ok(())
}

async fn view(connection: &mut Connection, case_id: CaseId) -> Outcome {
    let body = serde_json::to_vec(&View { case_id })?;
    connection.post("/rpc/case.view", &token(0), body).await?;
    Ok(())
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

fn name(case: CaseId) -> String {
    format!("case/{case}")
}

/// A bare connection on the server's record.
enum Keyed {
    Sqlite(rusqlite::Connection),
    Postgres(PgConnection),
}

impl Keyed {
    async fn open(ground: &Ground) -> Outcome<Self> {
        Ok(match &ground.cluster {
            None => Self::Sqlite(rusqlite::Connection::open(ground.sqlite_file())?),
            Some(_) => Self::Postgres(PgConnection::connect(&ground.database_url).await?),
        })
    }

    /// Reads the row of a case; what it holds stays sealed.
    async fn read(&mut self, case: CaseId) -> Outcome {
        let bytes: usize = match self {
            Self::Sqlite(connection) => connection
                .prepare_cached(READ)?
                .query_row([name(case)], |row| row.get::<_, Vec<u8>>(4))?
                .len(),
            Self::Postgres(connection) => {
                let row = sqlx::query(READ)
                    .bind(name(case))
                    .fetch_one(connection)
                    .await?;
                sqlx::Row::try_get::<Vec<u8>, _>(&row, 4)?.len()
            }
        };
        if bytes == 0 {
            return Err(format!("case {case} is empty").into());
        }
        Ok(())
    }
}
