//! A private PostgreSQL for tests: one cluster a process, on a free port, in a
//! folder that goes away, stopped even if the process is killed. It is never
//! durable (`fsync` is off) and never the one that the machine itself runs.

use std::{
    fs, io,
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

/// A running cluster.
#[derive(Debug)]
pub struct PrivatePostgres {
    binaries: PathBuf,
    port: u16,
    databases: AtomicU64,
    /// Stops the cluster and removes its folder as soon as its input ends, which
    /// the system sees to however this process ends.
    watchdog: Child,
}

impl PrivatePostgres {
    /// The cluster of this process, started when first asked for.
    ///
    /// # Panics
    /// If PostgreSQL is not installed or does not start: the tests cannot go on.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<PrivatePostgres> = OnceLock::new();
        SHARED.get_or_init(|| match Self::start() {
            Ok(cluster) => cluster,
            Err(error) => panic!("a private PostgreSQL did not start: {error}"),
        })
    }

    /// Starts a cluster of its own.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start; its log is in the error.
    pub fn start() -> io::Result<Self> {
        let binaries = binaries()?;
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("private-postgres-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let user = Unprivileged::find(&folder)?;
        let started = (|| {
            user.own(&folder)?;
            let data = folder.join("data");
            run(user
                .command(&binaries.join("initdb"))
                .args([
                    "--auth=trust",
                    "--username=court",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-sync",
                    "--no-instructions",
                    "--pgdata",
                ])
                .arg(&data))?;
            // Somebody else may take the free port first: then the next one.
            let mut attempts = 0;
            loop {
                let port = free_port()?;
                match launch(&user, &binaries, &folder, port) {
                    Ok(()) => return Ok(port),
                    Err(_) if attempts < 3 => attempts += 1,
                    Err(error) => return Err(error),
                }
            }
        })();
        let port = match started {
            Ok(port) => port,
            Err(error) => {
                let _ = fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let watchdog = watchdog(&folder)?;
        Ok(Self {
            binaries,
            port,
            databases: AtomicU64::new(0),
            watchdog,
        })
    }

    /// An empty database of its own, as a URL.
    ///
    /// # Panics
    /// If it cannot be made: the test cannot go on.
    pub fn fresh_database(&self) -> String {
        let name = format!("court_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = run(Command::new(self.binaries.join("createdb")).args([
            "--host=127.0.0.1",
            &format!("--port={}", self.port),
            "--username=court",
            "--no-password",
            &name,
        ]));
        if let Err(error) = made {
            panic!("no database {name}: {error}");
        }
        format!("postgres://court@127.0.0.1:{}/{name}", self.port)
    }

    /// Gives back the room of a database that [`Self::fresh_database`] made, whoever is
    /// still connected: hundreds of them at once would fill a small disk.
    ///
    /// # Panics
    /// If it is not one of this cluster's, or does not go away.
    pub fn drop_database(&self, url: &str) {
        let Some((_, name)) = url.rsplit_once('/') else {
            panic!("{url} names no database");
        };
        let gone = run(Command::new(self.binaries.join("dropdb")).args([
            "--host=127.0.0.1",
            &format!("--port={}", self.port),
            "--username=court",
            "--no-password",
            "--force",
            name,
        ]));
        if let Err(error) = gone {
            panic!("the database {name} stays: {error}");
        }
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        // It ends when the cluster has.
        let _ = self.watchdog.wait();
    }
}

/// Where `initdb` and `postgres` are.
fn binaries() -> io::Result<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        found.push(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ));
    }
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        let mut versions: Vec<PathBuf> = versions
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .collect();
        versions.sort();
        found.extend(versions.into_iter().rev());
    }
    found
        .into_iter()
        .find(|folder| folder.join("initdb").is_file())
        .ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "initdb was not found: install PostgreSQL (Debian: apt install postgresql)",
            )
        })
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// As whom the cluster runs: PostgreSQL refuses to run as root.
struct Unprivileged {
    ids: Option<(u32, u32)>,
}

impl Unprivileged {
    /// `postgres` or `nobody` if this process is root, which is whoever owns what it makes.
    fn find(made_by_us: &Path) -> io::Result<Self> {
        if fs::metadata(made_by_us)?.uid() != 0 {
            return Ok(Self { ids: None });
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let ids = ["postgres", "nobody"].into_iter().find_map(|name| {
            let line = users
                .lines()
                .find(|line| line.starts_with(&format!("{name}:")))?;
            let mut fields = line.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        });
        ids.map(|ids| Self { ids: Some(ids) })
            .ok_or_else(|| io::Error::other("there is no user postgres or nobody to run as"))
    }

    fn own(&self, folder: &Path) -> io::Result<()> {
        self.ids.map_or(Ok(()), |(user, group)| {
            chown(folder, Some(user), Some(group))
        })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group).current_dir("/");
        }
        command
    }
}

fn launch(user: &Unprivileged, binaries: &Path, folder: &Path, port: u16) -> io::Result<()> {
    let log = folder.join("log");
    let options = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
         -c max_connections=300 -c shared_buffers=64MB \
         -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
         -c min_wal_size=32MB -c max_wal_size=128MB"
    );
    run(user
        .command(&binaries.join("pg_ctl"))
        .args(["start", "--wait", "--silent", "--pgdata"])
        .arg(folder.join("data"))
        .arg("--log")
        .arg(&log)
        .arg("--options")
        .arg(options))
    .map_err(|error| {
        let log = fs::read_to_string(&log).unwrap_or_default();
        io::Error::other(format!("{error}\n{log}"))
    })
}

/// Waits for the end of its input, which is the end of this process, then stops
/// the cluster by its process id and removes the folder.
fn watchdog(folder: &Path) -> io::Result<Child> {
    let pid_file = fs::read_to_string(folder.join("data/postmaster.pid"))?;
    let pid = pid_file
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let script = "cat >/dev/null; kill -INT \"$1\"; n=0; \
                  while kill -0 \"$1\" 2>/dev/null; do \
                  n=$((n+1)); [ $n -gt 100 ] && kill -QUIT \"$1\"; sleep 0.1; done; \
                  rm -rf \"$2\"";
    Command::new("sh")
        .args(["-c", script, "watchdog", &pid])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Out of the terminal's reach: an interrupted test must not interrupt this.
        .process_group(0)
        .spawn()
}

fn run(command: &mut Command) -> io::Result<()> {
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!(
        "{:?}: {}: {}",
        command.get_program(),
        output.status,
        said.trim()
    )))
}
