//! The processes behind a window: tauri-driver, the native driver below it and the app below that;
//! how they are started, and how they are all ended, whatever happened to the test.
//!
//! Nobody outside this family is ever signalled.

use super::{
    PATIENCE, POLL, Trouble,
    evidence::{self, folder, root},
};
use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tokio::time;

/// tauri-driver, and below it the native driver and the app.
pub(super) struct Driver {
    child: Child,
    pub(super) port: u16,
    pub(super) log: PathBuf,
}

impl Driver {
    pub(super) fn start(environment: &[(String, String)], log: &str) -> Result<Self, Trouble> {
        for needed in ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
            if env::var_os(needed).is_none() {
                return Err(Trouble(format!(
                    "there is no {needed}; run this by `cargo xtask test --only e2e`, or inside tests/desktop/session.sh"
                )));
            }
        }
        let program = env::var_os("TAURI_DRIVER")
            .map_or_else(|| root().join(".tools/bin/tauri-driver"), PathBuf::from);
        let (port, native_port) = free_ports()?;
        let folder = folder("e2e")?;
        let log = folder.join(format!("{log}.log"));
        let output = File::create(&log)?;
        let child = Command::new(&program)
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native_port.to_string(),
            ])
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .map_err(|error| {
                Trouble(format!(
                    "{} could not be started: {error}",
                    program.display()
                ))
            })?;
        Ok(Self { child, port, log })
    }

    pub(super) async fn wait_until_listening(&self) -> Result<(), Trouble> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if tokio::net::TcpStream::connect(("127.0.0.1", self.port))
                .await
                .is_ok()
            {
                return Ok(());
            }
            time::sleep(POLL).await;
        }
        Err(self.failed_to_open("tauri-driver did not listen in time"))
    }

    /// Ends the app, and only it, without a chance to tidy up.
    pub(super) fn kill_app(&self) -> Result<(), Trouble> {
        let name = application()?;
        let app = descendants(self.child.id())
            .into_iter()
            .find(|pid| fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == name))
            .ok_or_else(|| Trouble("the app is not running".to_owned()))?;
        signal("KILL", &[app]);
        Ok(())
    }

    pub(super) fn failed_to_open(&self, what: &str) -> Trouble {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let Ok(stem) = evidence::stem(what) else {
            return Trouble(what.to_owned());
        };
        let _ = evidence::photograph(&stem.with_extension("png"));
        let _ = fs::write(stem.with_extension("log"), &log);
        let end = log.lines().rev().take(12).collect::<Vec<_>>();
        let end = end.into_iter().rev().collect::<Vec<_>>().join("\n");
        Trouble(format!(
            "{what}; see {}.*; the driver's last words:\n{end}",
            stem.display()
        ))
    }
}

// The app is a grandchild: ending tauri-driver alone would leave it running. The list is made while
// the family is whole, and nobody outside it is touched.
impl Drop for Driver {
    fn drop(&mut self) {
        // A failed assertion cannot ask the driver any more; the screen can still be photographed.
        if thread::panicking()
            && let Ok(stem) = evidence::stem("an assertion failed")
        {
            let _ = evidence::photograph(&stem.with_extension("png"));
            let _ = fs::copy(&self.log, stem.with_extension("log"));
            eprintln!("the screen at that moment: {}.png", stem.display());
        }
        let mut family = descendants(self.child.id());
        family.push(self.child.id());
        signal("TERM", &family);
        let deadline = Instant::now() + Duration::from_secs(3);
        while Instant::now() < deadline && family.iter().any(|pid| is_running(*pid)) {
            let _ = self.child.try_wait();
            thread::sleep(Duration::from_millis(30));
        }
        family.retain(|pid| is_running(*pid));
        signal("KILL", &family);
        let _ = self.child.wait();
    }
}

/// The app that was built beside this test: target/debug/common-platform.
pub(super) fn application() -> Result<PathBuf, Trouble> {
    let test = env::current_exe()?;
    let folder = test.parent().and_then(Path::parent).unwrap_or(root());
    let name = if cfg!(windows) {
        "common-platform.exe"
    } else {
        "common-platform"
    };
    let path = env::var_os("E2E_APPLICATION").map_or_else(|| folder.join(name), PathBuf::from);
    if path.is_file() {
        Ok(path)
    } else {
        Err(Trouble(format!(
            "{} is not built; run: cargo build --bin common-platform",
            path.display()
        )))
    }
}

/// Two ports that were free a moment ago.
fn free_ports() -> Result<(u16, u16), Trouble> {
    let one = TcpListener::bind(("127.0.0.1", 0))?;
    let other = TcpListener::bind(("127.0.0.1", 0))?;
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}

fn signal(name: &str, pids: &[u32]) {
    for pid in pids {
        let _ = Command::new("kill")
            .args([&format!("-{name}"), &pid.to_string()])
            .stderr(Stdio::null())
            .status();
    }
}

/// Whether a process is there and more than a name waiting to be read.
fn is_running(pid: u32) -> bool {
    status(pid).is_some_and(|(state, _)| state != 'Z')
}

/// Every process below this one, as the system knows them.
fn descendants(pid: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(child) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        if let Some((_, parent)) = status(child) {
            children.entry(parent).or_default().push(child);
        }
    }
    let mut found = children.get(&pid).cloned().unwrap_or_default();
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(children.get(&parent).into_iter().flatten());
        next += 1;
    }
    found
}

/// State and parent of a process, from /proc/PID/stat; the name before them may hold anything.
fn status(pid: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
