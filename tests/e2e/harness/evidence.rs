//! Pictures and what is left of a failure: where they go and how they are taken.

use super::Trouble;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

static FAILURES: AtomicU32 = AtomicU32::new(0);

/// A picture of the whole screen, notifications included, in the folder of a window's own pictures.
///
/// # Errors
/// When ImageMagick's `import` fails.
pub(crate) fn screenshot_of_the_screen(name: &str) -> Result<PathBuf, Trouble> {
    let path = pictures()?.join(format!("{name}.png"));
    // As far down as the window reaches.
    let part = ["-window", "root", "-crop", "1280x860+0+0", "+repage"];
    output("import", &[&part[..], &[&*path.to_string_lossy()]].concat())?;
    Ok(path)
}

/// Where pictures and documents of this run go: `TOUR_DIR`, or target/e2e/.
///
/// # Errors
/// When the folder cannot be made.
pub(crate) fn pictures() -> Result<PathBuf, Trouble> {
    match env::var_os("TOUR_DIR") {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            fs::create_dir_all(&folder)?;
            Ok(folder)
        }
        None => folder("e2e"),
    }
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// A folder below target/.
pub(super) fn folder(name: &str) -> Result<PathBuf, Trouble> {
    let folder = root().join("target").join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A numbered file name for what is left of a failure.
pub(super) fn stem(what: &str) -> Result<PathBuf, Trouble> {
    let number = FAILURES.fetch_add(1, Ordering::Relaxed) + 1;
    let words: Vec<String> = what
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect();
    Ok(folder("e2e-failure")?.join(format!(
        "{}-{number}-{}",
        std::process::id(),
        words.join("-")
    )))
}

/// The whole screen, as it is.
pub(super) fn photograph(path: &Path) -> Result<(), Trouble> {
    output("import", &["-window", "root", &path.to_string_lossy()]).map(|_| ())
}

/// What a program wrote to its standard output; a failure has what it wrote to the other.
pub(super) fn output(program: &str, arguments: &[&str]) -> Result<String, Trouble> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Trouble(format!("{program} could not be started: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Trouble(format!("{program} failed: {}", said.trim())))
    }
}
