//! Compares with the files of `expected/`, or writes them anew.

use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf};

/// The folder of the golden files.
pub(crate) fn folder() -> PathBuf {
    let here = PathBuf::from(file!());
    let here = if here.is_absolute() {
        here
    } else {
        // Paths of workspace members are relative to the workspace.
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        root.parent().expect("the workspace").join(here)
    };
    here.parent().expect("the folder").join("expected")
}

/// The hash of a document's bytes.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Leaves the document in `target/golden/`, for people who look at it.
pub(crate) fn keep_for_looking_at(name: &str, pdf: &[u8]) {
    leave(&format!("{name}.pdf"), pdf);
}

/// Leaves a file in `target/golden/`, and says where it is.
pub(crate) fn leave(name: &str, bytes: &[u8]) -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.parent().expect("the target folder").join("golden");
    fs::create_dir_all(&folder).expect("a folder in the target folder");
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file there");
    path
}

/// Whether the golden files are to be written anew.
pub(crate) fn anew() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

/// Says what differs from the golden file of this name, or writes it if asked to.
pub(crate) fn compare(name: &str, found: &str) -> Result<(), String> {
    let path = folder().join(name);
    if anew() {
        fs::create_dir_all(folder()).map_err(|e| e.to_string())?;
        return fs::write(path, found).map_err(|e| e.to_string());
    }
    let golden = fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
    let golden = golden.replace("\r\n", "\n");
    if golden == found {
        return Ok(());
    }
    let line = golden.lines().zip(found.lines()).position(|(a, b)| a != b);
    let at = line.unwrap_or(golden.lines().count().min(found.lines().count()));
    Err(format!(
        "{name}, line {}:\n  golden: {}\n  found:  {}",
        at + 1,
        golden.lines().nth(at).unwrap_or("(nothing)"),
        found.lines().nth(at).unwrap_or("(nothing)"),
    ))
}
