//! Running other programs: one way to start them, one way to say that they failed.
//!
//! What `cargo run` puts into the environment of this program is taken out again before a further
//! cargo is started, so that a nested build sees what a build from the shell sees. No output is
//! parsed here.

use std::{
    env,
    ffi::OsStr,
    fmt, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a task comes to.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a task stopped: one sentence for the person at the terminal, with the next step in it.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl Failure {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

/// A program in a folder, with a clean environment.
pub(crate) fn program(name: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder).stdin(Stdio::null());
    for (key, _) in env::vars_os() {
        let key_text = key.to_string_lossy();
        if key_text == "CARGO_MANIFEST_DIR"
            || key_text == "CARGO_MANIFEST_PATH"
            || key_text.starts_with("CARGO_PKG_")
        {
            command.env_remove(&key);
        }
    }
    if let Some(paths) = env::var_os("LD_LIBRARY_PATH") {
        let kept: Vec<PathBuf> = env::split_paths(&paths)
            .filter(|path| !is_put_there_by_cargo(path))
            .collect();
        match env::join_paths(&kept) {
            Ok(joined) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", joined),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

fn is_put_there_by_cargo(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.is_empty()
        || text.contains("/rustlib/")
        || text.ends_with("/debug")
        || text.ends_with("/debug/deps")
        || text.contains(".rustup/toolchains/")
}

/// The cargo that started this program.
pub(crate) fn cargo(folder: &Path) -> Command {
    program(
        env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        folder,
    )
}

/// Runs a command to its end; a failure names the command.
pub(crate) fn succeed(command: &mut Command) -> Outcome {
    let shown = shown(command);
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("`{shown}` could not be started: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{shown}` failed ({status})")))
    }
}

/// Runs a command and returns what it wrote to its standard output.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::new(format!("`{shown}` could not be started: {error}")))?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "`{shown}` failed ({})",
            output.status
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program of that name is on the PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

/// The command as a person would type it, near enough to be copied.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy();
    let mut text = name.into_owned();
    for argument in command.get_args() {
        text.push(' ');
        let argument = argument.to_string_lossy();
        if argument.contains(' ') {
            text.push_str(&format!("\"{argument}\""));
        } else {
            text.push_str(&argument);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_is_named_as_it_would_be_typed() {
        let mut command = program("false", Path::new("/"));
        let failure = succeed(command.arg("a b").arg("c")).unwrap_err();
        assert!(
            failure.to_string().starts_with("`false \"a b\" c` failed"),
            "{failure}"
        );
    }

    #[test]
    fn a_program_that_does_not_exist_is_a_failure_with_its_name() {
        let failure = read(&mut program("no-such-program", Path::new("/"))).unwrap_err();
        assert!(failure.to_string().contains("no-such-program"), "{failure}");
    }

    #[test]
    fn the_library_path_of_cargo_is_not_handed_on() {
        assert!(is_put_there_by_cargo(Path::new("/x/target/debug/deps")));
        assert!(!is_put_there_by_cargo(Path::new("/opt/lib")));
    }
}
