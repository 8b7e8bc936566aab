//! Servers in processes of their own: this program again, so that there is
//! nothing to find or to build, and their memory and CPU time are theirs alone.
//! They end when their input does, however this process ends.

use crate::Outcome;
use clap::Parser;
use server::commands::{Cli, run};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tokio::io::AsyncReadExt;

/// The day on which it is today in the court that is measured.
pub(crate) const TODAY: &str = "2026-11-23";

/// A server that runs beside.
pub(crate) struct Spawned {
    child: Child,
    /// Where it serves.
    pub(crate) url: String,
}

impl Spawned {
    /// The real server on a record.
    pub(crate) fn server(folder: &Path, database_url: &str) -> Outcome<Self> {
        let mut command = this_program("serve-record")?;
        command
            .arg("--data")
            .arg(folder)
            .args(["--database-url", database_url, "--today", TODAY])
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"]);
        Self::start(command)
    }

    /// The real server on the record in a folder, with a file of settings, by the real
    /// clock: it goes on where a life before it ended.
    pub(crate) fn delivering(folder: &Path, settings: &Path) -> Outcome<Self> {
        let mut command = this_program("serve-record")?;
        command
            .arg("--data")
            .arg(folder)
            .arg("--config")
            .arg(settings)
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"]);
        Self::start(command)
    }

    /// Kills it (-9).
    pub(crate) fn kill(mut self) {
        // It may have ended by itself, which is for the benchmark to find.
        let _ = self.child.kill();
    }

    /// A bare server: an empty call, and events to those who wait for them.
    pub(crate) fn bare() -> Outcome<Self> {
        Self::start(this_program("serve-bare")?)
    }

    fn start(mut command: Command) -> Outcome<Self> {
        let mut child = command
            .env("RUST_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("a child without an output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let url = line
            .trim()
            .strip_prefix("Serving on ")
            .ok_or_else(|| format!("the server did not start: {line}"))?;
        Ok(Self {
            url: url.to_owned(),
            child,
        })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Spawned {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It has ended, or there is nothing that could be done about it.
        let _ = self.child.wait();
    }
}

/// This program, to be started again for another part.
pub(crate) fn this_program(part: &str) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(part);
    Ok(command)
}

/// The part of the real server: its own command line, until the input ends.
pub(crate) async fn serve(arguments: &[String]) -> Outcome {
    let name = "common-platform-server".to_owned();
    let cli = Cli::parse_from(std::iter::once(&name).chain(arguments));
    tokio::select! {
        // The thread that reads the input would hold up an ordinary end.
        outcome = run(cli) => match outcome {
            Ok(_) => std::process::exit(0),
            Err(error) => Err(error.into()),
        },
        () = input_ends() => std::process::exit(0),
    }
}

/// Waits until whoever started this process is gone.
pub(crate) async fn input_ends() {
    let mut nothing = [0; 64];
    while matches!(tokio::io::stdin().read(&mut nothing).await, Ok(n) if n > 0) {}
}
