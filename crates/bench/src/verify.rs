//! `verify`: `ledger verify` over the seeded court, from its start to its verdict, in
//! events a second: both chains, every body opened in its place, and the heads.
//!
//! The floor is one loop over the same file that reads every event whole and hashes it
//! once: what any proof would have to do. On SQLite alone, so that reading is nearly free.

use crate::{
    Outcome,
    ground::{Database, Ground},
    report::{Goal, Report},
    rounds::interleaved,
    spawned::this_program,
};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use sha2::{Digest, Sha256};
use std::{
    cell::Cell,
    hint::black_box,
    path::{Path, PathBuf},
    process::Stdio,
    time::Instant,
};

pub(crate) async fn run(cases: usize) -> Outcome {
    let ground = Ground::open(Database::Sqlite, cases).await?;
    let (file, folder, url) = (
        ground.sqlite_file(),
        ground.record(),
        ground.database_url.clone(),
    );
    let events = Cell::new(0);
    let rounds = interleaved(
        "verify",
        &[],
        async || {
            let file = file.clone();
            let (read, seconds) = tokio::task::spawn_blocking(move || floor(file)).await??;
            events.set(read);
            Ok(read as f64 / seconds)
        },
        async || {
            let (folder, url) = (folder.clone(), url.clone());
            let seconds = tokio::task::spawn_blocking(move || verify(&folder, &url)).await??;
            Ok(events.get() as f64 / seconds)
        },
    )
    .await?;
    // No ratio is asked for: a record that is not found whole ends the run.
    Report::new(
        "verify",
        "events/s",
        &rounds,
        events.get(),
        Goal::AtLeast(0.0),
    )
    .goal("the record is found whole", true)
    .with("database", Database::Sqlite.as_str())
    .print();
    Ok(())
}

/// The command of the operator: how long it takes to say that the record is whole.
fn verify(folder: &Path, url: &str) -> Outcome<f64> {
    let begun = Instant::now();
    let mut child = this_program("serve-record")?
        .arg("--data")
        .arg(folder)
        .args(["--database-url", url, "ledger", "verify"])
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()?;
    // It would end with its input.
    let _input = child.stdin.take();
    let said = String::from_utf8(child.wait_with_output()?.stdout)?;
    if !said.contains("is whole") {
        return Err(format!("the seeded record was not found whole: {said}").into());
    }
    Ok(begun.elapsed().as_secs_f64())
}

/// Reads every event and hashes it once: how many, and in how many seconds.
fn floor(file: PathBuf) -> Outcome<(usize, f64)> {
    let begun = Instant::now();
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut select = connection.prepare("select * from ledger_event order by position")?;
    let columns = select.column_count();
    let mut rows = select.query([])?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        let mut digest = Sha256::new();
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => digest.update(bytes),
                ValueRef::Integer(number) => digest.update(number.to_be_bytes()),
                ValueRef::Real(_) | ValueRef::Null => {}
            }
        }
        black_box(digest.finalize());
        read += 1;
    }
    Ok((read, begun.elapsed().as_secs_f64()))
}
