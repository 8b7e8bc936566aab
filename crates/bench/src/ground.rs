//! What a benchmark stands on: a copy of the seeded court in target/bench, on
//! either database, with the real server on it. The seed is kept under a key of
//! everything that it follows from, and made again when that changes.

use crate::{
    Outcome,
    postgres::Cluster,
    seed::{Lists, VERSION},
    spawned::{Spawned, this_program},
};
use clap::ValueEnum;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What a seed follows from. What else changes does not make a kept court wrong:
/// events stay readable.
const SOURCES: [&str; 2] = ["migrations", "crates/app/src/demo"];

/// The name of the copy of the seeded database on PostgreSQL.
const RUN: &str = "run";
const SEED: &str = "seed";

/// A court to measure.
pub(crate) struct Ground {
    pub(crate) lists: Lists,
    pub(crate) server: Spawned,
    /// The database of the server.
    pub(crate) database_url: String,
    /// The cluster, on PostgreSQL.
    pub(crate) cluster: Option<Cluster>,
    /// Folder of this run, on the disk of the record.
    folder: Scratch,
}

/// A folder that goes away; the last to go, after those who write in it.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // The next run makes it anew.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Ground {
    /// A fresh copy of the seeded court, served.
    pub(crate) async fn open(database: Database, cases: usize) -> Outcome<Self> {
        let kept = kept(database, cases)?;
        let cluster = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(Cluster::start(&kept.join("cluster")).await?),
        };
        let record = kept.join("record");
        if !record.join("lists.json").exists() {
            make(database, cluster.as_ref(), &record, cases).await?;
        }
        let folder = bench_folder().join("run");
        remove(&folder)?;
        fs::create_dir_all(&folder)?;
        let copy = folder.join("record");
        copy_folder(&record, &copy)?;
        let database_url = match &cluster {
            None => sqlite_url(&copy),
            Some(cluster) => {
                cluster.make(RUN, Some(SEED)).await?;
                cluster.url(RUN)
            }
        };
        // What was copied goes to the disk now, not while something is measured.
        std::process::Command::new("sync").status()?;
        Ok(Self {
            lists: serde_json::from_slice(&fs::read(record.join("lists.json"))?)?,
            server: Spawned::server(&copy, &database_url)?,
            database_url,
            cluster,
            folder: Scratch(folder),
        })
    }

    /// The SQLite file of the server.
    pub(crate) fn sqlite_file(&self) -> PathBuf {
        self.record().join("record.db")
    }

    /// Folder of the server.
    pub(crate) fn record(&self) -> PathBuf {
        self.folder().join("record")
    }

    /// Folder of this run.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Processes whose CPU time is told.
    pub(crate) fn watched(&self) -> Vec<(&'static str, u32)> {
        let mut watched = vec![("server", self.server.pid())];
        if let Some(cluster) = &self.cluster {
            watched.push(("PostgreSQL", cluster.pid()));
        }
        watched
    }
}

/// The folder of all that is kept.
pub(crate) fn bench_folder() -> PathBuf {
    let root = root();
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root.join(target).join("bench")
}

fn root() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates
        .and_then(Path::parent)
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

fn sqlite_url(folder: &Path) -> String {
    server::config::Config::in_folder(folder).database_url
}

/// The folder of a seed; those of other keys are removed.
fn kept(database: Database, cases: usize) -> Outcome<PathBuf> {
    let mut digest = Sha256::new();
    digest.update(VERSION.to_be_bytes());
    for source in SOURCES {
        add(&mut digest, &root().join(source))?;
    }
    let key = hex::encode(&digest.finalize()[..6]);
    let prefix = format!("seed-{}-{cases}-", database.as_str());
    let wanted = format!("{prefix}{key}");
    let folder = bench_folder();
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix) && name != wanted {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(folder.join(wanted))
}

fn add(digest: &mut Sha256, path: &Path) -> Outcome {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|e| e.path()).collect();
        inside.sort();
        inside.iter().try_for_each(|path| add(digest, path))
    } else {
        digest.update(fs::read(path)?);
        Ok(())
    }
}

/// Makes a seed; nothing remains of one that was not finished.
async fn make(
    database: Database,
    cluster: Option<&Cluster>,
    record: &Path,
    cases: usize,
) -> Outcome {
    let begun = std::time::Instant::now();
    eprintln!("Making a court of {cases} cases on {}.", database.as_str());
    remove(record)?;
    fs::create_dir_all(record)?;
    let url = match cluster {
        None => sqlite_url(record),
        Some(cluster) => {
            cluster.make(SEED, None).await?;
            cluster.url(SEED)
        }
    };
    let seeded = this_program("seed-record")?
        .arg(url)
        .arg(record)
        .arg(cases.to_string())
        .status()?;
    if !seeded.success() {
        return Err("the court could not be made".into());
    }
    eprintln!("Made in {:.0} s.", begun.elapsed().as_secs_f64());
    Ok(())
}

fn remove(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)?.flatten() {
        let target = to.join(entry.file_name());
        // Nobody reads the bytes of documents here.
        if entry.file_name() == "objects" {
            continue;
        }
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
