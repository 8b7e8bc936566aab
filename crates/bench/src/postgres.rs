//! A private PostgreSQL that keeps its data between runs and, unlike that of
//! the tests, waits for the disk: durability is what is measured. It ends when
//! this process does.

use crate::Outcome;
use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    fs,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Starts the cluster, and stops it when the input ends.
const UNTIL_INPUT_ENDS: &str = "\"$@\" & server=$!; cat; kill -INT $server; wait $server";

/// A running cluster.
pub(crate) struct Cluster {
    watchdog: Child,
    port: u16,
}

impl Cluster {
    /// Starts the cluster whose data are in this folder; makes it if there is none.
    pub(crate) async fn start(folder: &Path) -> Outcome<Self> {
        let binaries = binaries()?;
        fs::create_dir_all(folder)?;
        let user = unprivileged()?;
        if let Some((user, group)) = user {
            chown(folder, Some(user), Some(group))?;
        }
        let run_as = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir("/");
            if let Some((user, group)) = user {
                command.uid(user).gid(group);
            }
            command
        };
        let data = folder.join("data");
        if !data.join("PG_VERSION").exists() {
            let made = run_as(&binaries.join("initdb"))
                .args(["--auth=trust", "--username=court", "--encoding=UTF8"])
                .args(["--locale=C", "--no-instructions", "--pgdata"])
                .arg(&data)
                .stdout(Stdio::null())
                .status()?;
            if !made.success() {
                return Err("initdb failed".into());
            }
        }
        // Of a cluster that ended with the machine.
        let _ = fs::remove_file(data.join("postmaster.pid"));
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let watchdog = run_as(Path::new("sh"))
            .args(["-c", UNTIL_INPUT_ENDS, "watchdog"])
            .arg(binaries.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", "unix_socket_directories="])
            .args(["-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"])
            .args(["-c", "fsync=on", "-c", "synchronous_commit=on"])
            .args(["-c", "log_min_messages=fatal"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()?;
        let cluster = Self { watchdog, port };
        for _ in 0..200 {
            if cluster.connect("postgres").await.is_ok() {
                return Ok(cluster);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("PostgreSQL does not answer".into())
    }

    /// Where a database is.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://court@127.0.0.1:{}/{database}", self.port)
    }

    /// A bare connection.
    pub(crate) async fn connect(&self, database: &str) -> Outcome<PgConnection> {
        let options: PgConnectOptions = self.url(database).parse()?;
        Ok(options.disable_statement_logging().connect().await?)
    }

    /// Makes a database anew: empty, or as a copy of another.
    pub(crate) async fn make(&self, database: &str, template: Option<&str>) -> Outcome {
        let mut connection = self.connect("postgres").await?;
        let mut say = async |sql: String| -> Outcome {
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .execute(&mut connection)
                .await?;
            Ok(())
        };
        say(format!("drop database if exists {database} with (force)")).await?;
        let copy = template.map_or_else(String::new, |name| {
            format!("template {name} strategy file_copy")
        });
        say(format!("create database {database} {copy}")).await?;
        // What was written to make it is no part of what is measured.
        say("checkpoint".to_owned()).await?;
        connection.close().await?;
        Ok(())
    }

    /// The process under which all of it runs.
    pub(crate) fn pid(&self) -> u32 {
        self.watchdog.id()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        // It has ended, or there is nothing that could be done about it.
        let _ = self.watchdog.wait();
    }
}

/// Where `initdb` and `postgres` are: the newest of Debian's, or on the path.
fn binaries() -> Outcome<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    found.sort();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        let said = String::from_utf8_lossy(&output.stdout);
        found.push(PathBuf::from(said.trim()));
    }
    found
        .into_iter()
        .rfind(|folder| folder.join("initdb").is_file())
        .ok_or_else(|| {
            "initdb was not found: install PostgreSQL (Debian: apt install postgresql)".into()
        })
}

/// Whose the cluster is if this process is root, as whom PostgreSQL does not run.
fn unprivileged() -> Outcome<Option<(u32, u32)>> {
    // A process's folder there is its user's.
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = ["postgres", "nobody"].into_iter().find_map(|name| {
        let line = users
            .lines()
            .find(|line| line.starts_with(&format!("{name}:")))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    ids.map(Some)
        .ok_or_else(|| "there is no user postgres or nobody to run as".into())
}
