//! The server as it is installed: the program itself, in a process of its own,
//! that can be killed and started again over the same record.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    net::{TcpListener, TcpStream},
    process::Child,
};

/// A server program with a record of its own.
pub struct Program {
    folder: TempDir,
    address: SocketAddr,
    today: String,
    running: Option<Child>,
    settings: Option<PathBuf>,
    database_url: Option<String>,
    log: Option<PathBuf>,
    /// How often it was killed.
    pub kills: usize,
}

impl Program {
    /// Seeds a demo court on SQLite and starts to serve it.
    ///
    /// # Panics
    /// If the program is not built, or does not start.
    pub async fn start(cases: usize, today: &str) -> Self {
        let mut program = Self::idle(today).await;
        program.open(cases).await;
        program
    }

    /// Seeds a demo court and starts to serve it.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn open(&mut self, cases: usize) {
        let (worked, said) = self.run(&["seed", "--cases", &cases.to_string()]);
        assert!(worked, "{said}");
        self.serve().await;
    }

    /// The program with a folder of its own: no record is made, nothing is served.
    ///
    /// # Panics
    /// If there is no port.
    pub async fn idle(today: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // Let go of again at once: the program takes it each time it starts.
        let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = free.local_addr().expect("its address");
        drop(free);
        Self {
            folder,
            address,
            today: today.to_owned(),
            running: None,
            settings: None,
            database_url: None,
            log: None,
            kills: 0,
        }
    }

    /// Keeps its record in this database instead of SQLite.
    #[must_use]
    pub fn on(mut self, database_url: String) -> Self {
        self.database_url = Some(database_url);
        self
    }

    /// Where its record is.
    #[must_use]
    pub fn database_url(&self) -> String {
        let file = self.folder.path().join("record.db");
        self.database_url
            .clone()
            .unwrap_or_else(|| store::sqlite_url(&file))
    }

    /// What it logs while it serves goes to a file from now on, as a court would keep it.
    pub fn keep_log(&mut self) -> PathBuf {
        let file = self.folder.path().join("log.jsonl");
        self.log = Some(file.clone());
        file
    }

    /// Settings (TOML) from when it is run or started next on.
    ///
    /// # Panics
    /// If they cannot be written.
    pub fn set(&mut self, settings: &str) {
        let file = self.folder.path().join("settings.toml");
        std::fs::write(&file, settings).expect("the settings are written");
        self.settings = Some(file);
    }

    /// Where it serves.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs another of its commands over the same record: whether it
    /// succeeded, and what it said.
    ///
    /// # Panics
    /// If the program cannot be run.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let (status, said) = self.ended(arguments);
        (status == Some(0), said)
    }

    /// The same with the status it ended with.
    ///
    /// # Panics
    /// If the program cannot be run.
    #[must_use]
    pub fn ended(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self
            .command(arguments)
            .output()
            .expect("the program can be run");
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        (output.status.code(), said)
    }

    /// Starts another of its commands over the same record, kills it (-9) after a while,
    /// and says whether it was still at work.
    ///
    /// # Panics
    /// If the program cannot be run or killed.
    pub async fn kill_at(&self, after: Duration, arguments: &[&str]) -> bool {
        let mut child = tokio::process::Command::from(self.command(arguments))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be run");
        let ended = tokio::time::timeout(after, child.wait()).await;
        if ended.is_err() {
            child.kill().await.expect("it can be killed");
        }
        ended.is_err()
    }

    /// Kills it (-9) for good.
    ///
    /// # Panics
    /// If it cannot be killed.
    pub async fn end(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.kill().await.expect("it can be killed");
        }
    }

    /// Kills it (-9) and starts it again.
    ///
    /// # Panics
    /// If it does not come back.
    pub async fn kill(&mut self) {
        self.kills += usize::from(self.running.is_some());
        self.end().await;
        self.serve().await;
    }

    /// Starts to serve the record that is there.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn serve(&mut self) {
        let listen = self.address.to_string();
        let mut command = self.command(&["serve", "--demo", "--listen", &listen]);
        let errors = match &self.log {
            Some(file) => {
                let mut options = std::fs::OpenOptions::new();
                let file = options.create(true).append(true).open(file);
                Stdio::from(file.expect("a file for its log"))
            }
            None => {
                command.env("COMMON_PLATFORM_LOG", "error");
                Stdio::inherit()
            }
        };
        let child = tokio::process::Command::from(command)
            .stdout(Stdio::null())
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be run");
        self.running = Some(child);
        for _ in 0..600 {
            if TcpStream::connect(self.address).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server did not serve within half a minute");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(built("common-platform-server"));
        command
            .args(arguments)
            .arg("--data")
            .arg(self.folder.path())
            .args(["--today", &self.today])
            .env_remove("COMMON_PLATFORM_LOG")
            .env_remove("COMMON_PLATFORM_CONFIG");
        if let Some(url) = &self.database_url {
            command.args(["--database-url", url]);
        }
        if let Some(settings) = &self.settings {
            command.arg("--config").arg(settings);
        }
        command
    }
}

/// A program of ours, beside the tests that are run.
///
/// # Panics
/// If it is not built.
#[must_use]
pub fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("target/debug/deps");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not built; run `cargo build --bins` first",
        program.display()
    );
    program
}
