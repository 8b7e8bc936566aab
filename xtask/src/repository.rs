//! Where things are: the root of the repository and the folders that builds write to.
//!
//! Nothing is read or written here.

use crate::process::{Failure, Outcome};
use std::{
    env,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The checkout that this program was built from.
pub(crate) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The folder above this crate: fixed when this program is built, so that it does not matter
    /// from where it is called.
    pub(crate) fn find() -> Outcome<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest).to_owned();
        if root.join("tauri.conf.json").is_file() {
            Ok(Self { root })
        } else {
            Err(Failure::new(format!(
                "{} is not the checkout any more; run `cargo xtask` inside it",
                root.display()
            )))
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where cargo builds: `CARGO_TARGET_DIR`, or target/.
    pub(crate) fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }
}

/// The newest change below a file or folder; folders count too, so that a removed file is seen.
pub(crate) fn newest_change(path: &Path) -> Option<SystemTime> {
    let metadata = path.metadata().ok()?;
    let mut newest = metadata.modified().ok()?;
    if metadata.is_dir() {
        for entry in path.read_dir().ok()?.flatten() {
            if let Some(time) = newest_change(&entry.path()) {
                newest = newest.max(time);
            }
        }
    }
    Some(newest)
}
