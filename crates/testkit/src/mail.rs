//! A real mail server for one test: aiosmtpd, which knows nothing of us and keeps what
//! it takes in a Maildir. It can go away, come back on the same port, and refuse what
//! is too large for it.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The server.
pub struct MailServer {
    folder: TempDir,
    address: SocketAddr,
    running: Option<Child>,
}

impl MailServer {
    /// A port and a folder; nobody listens yet.
    ///
    /// # Panics
    /// If there is no port or folder.
    #[must_use]
    pub fn away() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            address: free.local_addr().expect("its address"),
            running: None,
        }
    }

    /// One that takes everything.
    #[must_use]
    pub fn start() -> Self {
        let mut server = Self::away();
        server.come(None);
        server
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Comes (back), with the largest message that it takes.
    ///
    /// # Panics
    /// If aiosmtpd is not installed (Debian: python3-aiosmtpd), or does not start.
    pub fn come(&mut self, largest: Option<usize>) {
        self.go();
        let mut command = Command::new("aiosmtpd");
        command.args(["-n", "-l", &self.address.to_string()]);
        if let Some(largest) = largest {
            command.args(["-s", &largest.to_string()]);
        }
        let maildir = self.folder.path().join("mail");
        let child = command
            .args(["-c", "aiosmtpd.handlers.Mailbox"])
            .arg(maildir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("aiosmtpd runs (Debian: python3-aiosmtpd)");
        self.running = Some(child);
        for _ in 0..400 {
            if TcpStream::connect(self.address).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the mail server did not start");
    }

    /// Holds its tongue: whoever connects waits, until it goes on.
    ///
    /// # Panics
    /// If it does not run.
    pub fn hold(&self) {
        self.signal("-STOP");
    }

    /// Goes on, and takes what was said to it meanwhile.
    ///
    /// # Panics
    /// If it does not run.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.running.as_ref().expect("it runs").id().to_string();
        let done = Command::new("kill").args([signal, &id]).status();
        assert!(done.expect("kill runs").success());
    }

    /// Whether somebody has connected and waits, while it holds its tongue.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        // What the kernel took for it and it has not: the first column of `local`, `remote` and
        // the state 01 (established), by the port in hexadecimal.
        let port = format!(":{:04X} ", self.address.port());
        let table = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
        let mut lines = table.lines().map(|line| line.trim_start());
        lines.any(|line| {
            let mut parts = line.split_ascii_whitespace().skip(1);
            let (local, _, state) = (parts.next(), parts.next(), parts.next());
            local.is_some_and(|own| format!("{own} ").ends_with(&port)) && state == Some("01")
        })
    }

    /// Goes away.
    pub fn go(&mut self) {
        if let Some(mut running) = self.running.take() {
            // It may have ended by itself.
            let _ = running.kill();
            let _ = running.wait();
        }
    }

    /// What it has taken, whole.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder.path().join("mail/new")) else {
            return Vec::new();
        };
        let mut messages: Vec<String> = entries
            .filter_map(|entry| fs::read(entry.ok()?.path()).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        messages.sort();
        messages
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.go();
    }
}
