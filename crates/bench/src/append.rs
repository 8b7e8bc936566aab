//! `append`: durable commands through the whole stack, from 64 connections.
//!
//! Each command serves a paper on a case with a firm on record: HTTP, session,
//! access, decision, the event with its two hashes, index rows, and a notice to
//! everybody of the firm. It counts when its answer has arrived, and it is
//! answered when it is on the disk.
//!
//! The floor is one loop on the same database and disk that does nothing but
//! write one event of 600 bytes in a transaction of its own, on the disk when
//! the next begins.

use crate::{
    Outcome,
    ground::{Database, Ground},
    http::Connection,
    report::{Goal, Report, percentile, rounded},
    rounds::interleaved,
    seed::{PAPERS, SERVING, token, upload},
};
use contract::{
    case::{CaseAtAGlance, View},
    material::Serve,
};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use vocabulary::CaseId;

/// How long each side is measured in a round.
const FLOOR: Duration = Duration::from_secs(2);
const WORK: Duration = Duration::from_secs(4);
/// Bytes of an event on the floor.
const EVENT: usize = 600;

pub(crate) async fn run(database: Database, cases: usize) -> Outcome {
    let ground = Ground::open(database, cases).await?;
    let url = &ground.server.url;
    let section = section(url, ground.lists.represented[0]).await?;
    let mut workers = Vec::new();
    for person in 0..SERVING {
        let cases = ground
            .lists
            .represented
            .iter()
            .skip(person)
            .step_by(SERVING);
        workers.push(Worker {
            connection: Connection::open(url).await?,
            token: token(person),
            person,
            section: section.clone(),
            cases: cases.copied().collect(),
            served: 0,
            waits: Vec::new(),
        });
    }
    if let Some(cluster) = &ground.cluster {
        cluster.make("bare", None).await?;
    }
    // The server's memory of the streams, the pool's connections: not from nothing.
    work(&mut workers, WORK).await?;
    for worker in &mut workers {
        worker.waits.clear();
    }
    let rounds = interleaved(
        &format!("append {}", database.as_str()),
        &ground.watched(),
        async || floor(&ground).await,
        async || work(&mut workers, WORK).await,
    )
    .await?;
    let waits: Vec<f64> = workers.iter().flat_map(|w| w.waits.clone()).collect();
    Report::new(
        "append",
        "commands/s",
        &rounds,
        waits.len(),
        Goal::AtLeast(0.5),
    )
    .with("database", database.as_str())
    .with("connections", SERVING)
    .with("p50_ms", rounded(percentile(&waits, 50)))
    .with("p99_ms", rounded(percentile(&waits, 99)))
    .print();
    Ok(())
}

/// A section into which a prosecutor may serve.
pub(crate) async fn section(url: &str, case_id: CaseId) -> Outcome<String> {
    let mut connection = Connection::open(url).await?;
    let body = serde_json::to_vec(&View { case_id })?;
    let seen = connection.post("/rpc/case.view", &token(0), body).await?;
    let seen: CaseAtAGlance = serde_json::from_slice(&seen)?;
    let section = seen.sections.first().ok_or("nothing may be served")?;
    Ok(section.clone())
}

/// A prosecutor at work: each paper on each of their cases once.
struct Worker {
    connection: Connection,
    token: String,
    person: usize,
    section: String,
    cases: Vec<CaseId>,
    served: usize,
    /// How long each answer took, in milliseconds.
    waits: Vec<f64>,
}

impl Worker {
    async fn serve(&mut self) -> Outcome {
        let paper = self.served / self.cases.len();
        if paper >= PAPERS {
            return Err("every paper is served: there are too few cases".into());
        }
        let body = serde_json::to_vec(&Serve {
            case_id: self.cases[self.served % self.cases.len()],
            defendant_id: None,
            section: self.section.clone(),
            name: format!("Paper {paper}.pdf"),
            upload_id: upload(self.person, paper),
        })?;
        self.served += 1;
        let sent = Instant::now();
        self.connection
            .post("/rpc/material.serve", &self.token, body)
            .await?;
        self.waits.push(sent.elapsed().as_secs_f64() * 1_000.0);
        Ok(())
    }
}

/// Everybody serves for so long: commands a second.
async fn work(workers: &mut Vec<Worker>, long: Duration) -> Outcome<f64> {
    let begun = Instant::now();
    let until = begun + long;
    let tasks: Vec<_> = std::mem::take(workers)
        .into_iter()
        .map(|mut worker| {
            tokio::spawn(async move {
                let before = worker.served;
                while Instant::now() < until {
                    worker.serve().await?;
                }
                let served = worker.served - before;
                Outcome::Ok((worker, served))
            })
        })
        .collect();
    let mut sum = 0;
    for task in tasks {
        let (worker, served) = task.await??;
        sum += served;
        workers.push(worker);
    }
    Ok(sum as f64 / begun.elapsed().as_secs_f64())
}

/// One event a transaction, as fast as one loop can: events a second.
async fn floor(ground: &Ground) -> Outcome<f64> {
    let Some(cluster) = &ground.cluster else {
        let file = ground.folder().join("bare.db");
        return tokio::task::spawn_blocking(move || on_sqlite(file)).await?;
    };
    let mut connection = cluster.connect("bare").await?;
    sqlx::query(
        "create table if not exists event \
         (position bigint generated always as identity primary key, body bytea not null)",
    )
    .execute(&mut connection)
    .await?;
    let body = vec![7_u8; EVENT];
    let begun = Instant::now();
    let mut written = 0;
    while begun.elapsed() < FLOOR {
        sqlx::query("insert into event (body) values ($1)")
            .bind(&body)
            .execute(&mut connection)
            .await?;
        written += 1;
    }
    Ok(f64::from(written) / begun.elapsed().as_secs_f64())
}

fn on_sqlite(file: PathBuf) -> Outcome<f64> {
    let connection = rusqlite::Connection::open(file)?;
    // As the server's record: durable when answered.
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; \
         create table if not exists event (position integer primary key, body blob not null);",
    )?;
    let mut insert = connection.prepare("insert into event (body) values (?1)")?;
    let body = vec![7_u8; EVENT];
    let begun = Instant::now();
    let mut written = 0;
    while begun.elapsed() < FLOOR {
        insert.execute([&body])?;
        written += 1;
    }
    Ok(f64::from(written) / begun.elapsed().as_secs_f64())
}
