//! `upload`: one gibibyte sent to the server, which hashes it and answers when
//! it is on the disk, in megabytes a second; and by how much the server's
//! memory grows meanwhile.
//!
//! The floor is `cp` of the same file on the same disk, and waiting for the
//! disk. The sender lets the system move the file to the connection, so that it
//! takes next to nothing from the server.

use crate::{
    Outcome,
    ground::{Database, Ground, bench_folder},
    http::address,
    machine,
    report::{Goal, Report, rounded},
    rounds::interleaved,
    seed::token,
};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    net::TcpStream,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};
use uuid::Uuid;
use vocabulary::UploadId;

const GIBIBYTE: u64 = 1 << 30;
/// By how much the server's memory may grow.
const MOST_GROWTH: u64 = 64 << 20;
/// Where in the file the number of the round stands: no two rounds send the same.
const MARK: u64 = 64;

pub(crate) async fn run(cases: usize) -> Outcome {
    let ground = Ground::open(Database::Sqlite, cases).await?;
    let source = source()?;
    let copy = ground.folder().join("copy.pdf");
    let objects = ground.record().join("objects");
    let mut number = 0_u64;
    let mut growth = 0;
    let pid = ground.server.pid();
    let rounds = interleaved(
        "upload",
        &ground.watched(),
        async || {
            let begun = Instant::now();
            let copied = Command::new("cp").arg(&source).arg(&copy).status()?;
            File::open(&copy)?.sync_all()?;
            let seconds = begun.elapsed().as_secs_f64();
            if !copied.success() {
                return Err("cp failed".into());
            }
            fs::remove_file(&copy)?;
            settle()?;
            Ok(megabytes(seconds))
        },
        async || {
            number += 1;
            let sha256 = mark(&source, number)?;
            settle()?;
            machine::forget_highest_memory(pid)?;
            let before = machine::memory(pid, "VmRSS");
            let url = ground.server.url.clone();
            let from = source.clone();
            let seconds = tokio::task::spawn_blocking(move || send(&url, &from, &sha256)).await??;
            let grown = machine::memory(pid, "VmHWM").saturating_sub(before);
            growth = growth.max(grown);
            empty(&objects)?;
            settle()?;
            Ok(megabytes(seconds))
        },
    )
    .await?;
    let mebibytes = growth as f64 / f64::from(1 << 20);
    Report::new(
        "upload",
        "MB/s",
        &rounds,
        rounds.kept.len(),
        Goal::AtLeast(0.7),
    )
    .and("memory growth <= 64 MiB", growth <= MOST_GROWTH)
    .with("memory_growth_mib", rounded(mebibytes))
    .with("database", Database::Sqlite.as_str())
    .print();
    Ok(())
}

fn megabytes(seconds: f64) -> f64 {
    GIBIBYTE as f64 / 1e6 / seconds
}

/// The file that is sent: it looks like a PDF and cannot be compressed. Kept.
fn source() -> Outcome<PathBuf> {
    let path = bench_folder().join("upload.pdf");
    if fs::metadata(&path).is_ok_and(|about| about.len() == GIBIBYTE) {
        // What is sent comes from memory, as the copy's source does.
        io::copy(&mut File::open(&path)?, &mut io::sink())?;
        return Ok(path);
    }
    let mut file = File::create(&path)?;
    let mut chance = fastrand::Rng::with_seed(7);
    let mut piece = vec![0; 1 << 20];
    for number in 0..GIBIBYTE >> 20 {
        chance.fill(&mut piece);
        if number == 0 {
            piece[..9].copy_from_slice(b"%PDF-1.7\n");
        }
        file.write_all(&piece)?;
    }
    file.sync_all()?;
    Ok(path)
}

/// Writes the number of the round into the file, and gives its SHA-256.
fn mark(path: &Path, number: u64) -> Outcome<String> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    file.write_all_at(&number.to_be_bytes(), MARK)?;
    file.sync_all()?;
    let mut digest = Sha256::new();
    let mut reader = File::open(path)?;
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = reader.read(&mut piece)?;
        if read == 0 {
            return Ok(hex::encode(digest.finalize()));
        }
        digest.update(&piece[..read]);
    }
}

/// Sends the file, and waits for the answer: seconds.
fn send(url: &str, path: &Path, sha256: &str) -> Outcome<f64> {
    let id = UploadId(Uuid::now_v7());
    let mut file = File::open(path)?;
    let mut stream = TcpStream::connect(address(url))?;
    let begun = Instant::now();
    write!(
        stream,
        "PUT /uploads/{id} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
         content-length: {GIBIBYTE}\r\ncontent-sha256: {sha256}\r\nfile-name: bundle.pdf\r\n\
         connection: close\r\n\r\n",
        address(url),
        token(0)
    )?;
    io::copy(&mut file, &mut stream)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let seconds = begun.elapsed().as_secs_f64();
    if answer.starts_with("HTTP/1.1 200") && answer.contains(sha256) {
        Ok(seconds)
    } else {
        Err(format!("the upload was answered {answer}").into())
    }
}

/// Removes what was kept, so that the disk does not fill.
fn empty(objects: &Path) -> Outcome {
    for entry in fs::read_dir(objects)?.flatten() {
        if entry.path().is_dir() {
            empty(&entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The disk rests before the next measurement.
fn settle() -> Outcome {
    Command::new("sync").status()?;
    Ok(())
}
