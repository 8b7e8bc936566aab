//! Where the record is kept, and the switch by which tests let it fail. It
//! reads no configuration file: the server does.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Where everything is kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:///path/file.db` (see [`sqlite_url`]) or `postgres://user@host/database`.
    pub database_url: String,
    /// Folder of the bytes of materials and documents.
    pub objects: PathBuf,
    /// Folder of the server's keys and of the signed checkpoint; outside the database.
    pub keys: PathBuf,
    /// Failures to come: none, except in tests.
    pub faults: Faults,
}

impl Settings {
    /// Settings without faults.
    pub fn new(
        database_url: impl Into<String>,
        objects: impl Into<PathBuf>,
        keys: impl Into<PathBuf>,
    ) -> Self {
        Self {
            database_url: database_url.into(),
            objects: objects.into(),
            keys: keys.into(),
            faults: Faults::default(),
        }
    }
}

/// The URL of a SQLite file, right for any path on any system.
#[must_use]
pub fn sqlite_url(file: &Path) -> String {
    let plain: String = file
        .to_string_lossy()
        .bytes()
        .map(|byte| match byte {
            b'\\' => "/".to_owned(),
            b if b.is_ascii_alphanumeric() || b"/.-_:~".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    if plain.starts_with('/') {
        format!("sqlite://{plain}")
    } else {
        format!("sqlite:{plain}")
    }
}

/// Failures that tests ask for: reachable by code only, never by configuration.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    counters: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Counters {
    append: AtomicU64,
    object: AtomicU64,
    ledger_is_full: AtomicBool,
    work_is_full: AtomicBool,
    refused: AtomicU64,
}

impl Faults {
    /// The `n`th batch of appends from now on finds no space (1 is the next).
    pub fn no_space_in_append(&self, n: u64) {
        self.counters.append.store(n, Ordering::SeqCst);
    }

    /// The `n`th write of bytes to the object store from now on finds no space (1 is the next).
    pub fn no_space_in_object(&self, n: u64) {
        self.counters.object.store(n, Ordering::SeqCst);
    }

    /// Whether from now on no event at all finds space.
    pub fn ledger_is_full(&self, full: bool) {
        self.counters.ledger_is_full.store(full, Ordering::SeqCst);
    }

    /// Whether from now on no working state finds space.
    pub fn work_is_full(&self, full: bool) {
        self.counters.work_is_full.store(full, Ordering::SeqCst);
    }

    /// How many writes found no space because all of it was full.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.counters.refused.load(Ordering::SeqCst)
    }

    pub(crate) fn strikes_append(&self) -> bool {
        self.is(&self.counters.ledger_is_full) || strikes(&self.counters.append)
    }

    pub(crate) fn strikes_work(&self) -> bool {
        self.is(&self.counters.work_is_full)
    }

    fn is(&self, full: &AtomicBool) -> bool {
        let full = full.load(Ordering::SeqCst);
        if full {
            self.counters.refused.fetch_add(1, Ordering::SeqCst);
        }
        full
    }

    pub(crate) fn strikes_object(&self) -> bool {
        strikes(&self.counters.object)
    }
}

fn strikes(counter: &AtomicU64) -> bool {
    counter.load(Ordering::Relaxed) > 0
        && counter.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)) == Ok(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_signs_becomes_a_url_that_means_that_path() {
        assert_eq!(
            sqlite_url(Path::new("/var/lib/court.db")),
            "sqlite:///var/lib/court.db"
        );
        assert_eq!(
            sqlite_url(Path::new("/my court/50%.db")),
            "sqlite:///my%20court/50%25.db"
        );
        assert_eq!(
            sqlite_url(Path::new("/Siân/c.db")),
            "sqlite:///Si%C3%A2n/c.db"
        );
        assert_eq!(
            sqlite_url(Path::new("C:\\Data\\c.db")),
            "sqlite:C:/Data/c.db"
        );
    }

    #[test]
    fn a_fault_strikes_once_at_the_write_it_was_set_for() {
        let faults = Faults::default();
        assert!(!faults.strikes_append());
        faults.no_space_in_append(2);
        assert_eq!(
            [
                faults.strikes_append(),
                faults.strikes_append(),
                faults.strikes_append()
            ],
            [false, true, false]
        );
    }
}
