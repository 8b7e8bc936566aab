//! A real scanner for viruses for one test: clamd, on a socket and a port of its own, which knows
//! one signature, that of the file with which scanners are tested.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The text with which scanners are tested (EICAR, 2003), which harms nothing. It does not stand
/// here in one piece: a scanner would take this file away.
#[must_use]
pub fn eicar() -> String {
    [
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}$",
        "EICAR-STANDARD-ANTIVIRUS",
        "-TEST-FILE!$H+H*",
    ]
    .concat()
}

/// The scanner.
pub struct Scanner {
    folder: TempDir,
    socket: PathBuf,
    address: SocketAddr,
    running: Option<Child>,
}

impl Scanner {
    /// One that will listen at this path; it is away until it comes.
    ///
    /// # Panics
    /// If there is no folder or port.
    #[must_use]
    pub fn away(socket: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = free.local_addr().expect("its address");
        let signatures = folder.path().join("signatures");
        fs::create_dir(&signatures).expect("a folder for signatures");
        let known = format!("Eicar-Test-Signature:0:*:{}\n", hex::encode(eicar()));
        fs::write(signatures.join("own.ndb"), known).expect("a signature");
        // As an operator is told to set it, with less to look through.
        let settings = format!(
            "Foreground yes\nLocalSocket {}\nTCPSocket {}\nTCPAddr {}\nDatabaseDirectory {}\n\
             StreamMaxLength 1M\nAlertExceedsMax yes\n",
            socket.display(),
            address.port(),
            address.ip(),
            signatures.display(),
        );
        fs::write(folder.path().join("clamd.conf"), settings).expect("its settings");
        Self {
            folder,
            socket: socket.to_owned(),
            address,
            running: None,
        }
    }

    /// Where it listens beside its socket.
    #[must_use]
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Comes (back).
    ///
    /// # Panics
    /// If clamd is not installed (Debian: clamav-daemon), or does not start.
    pub fn come(&mut self) {
        self.go();
        let child = Command::new(program())
            .arg("-c")
            .arg(self.folder.path().join("clamd.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd runs (Debian: clamav-daemon)");
        self.running = Some(child);
        for _ in 0..400 {
            if UnixStream::connect(&self.socket).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the scanner did not start");
    }

    /// Goes away.
    pub fn go(&mut self) {
        if let Some(mut running) = self.running.take() {
            // It may have ended by itself.
            let _ = running.kill();
            let _ = running.wait();
        }
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.go();
    }
}

/// Debian has it where only root's commands are looked for.
fn program() -> &'static Path {
    let debian = Path::new("/usr/sbin/clamd");
    if debian.exists() {
        debian
    } else {
        Path::new("clamd")
    }
}
