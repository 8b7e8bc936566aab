//! Which window this is, and which others are open. A window holds a lock on a file of
//! its own for as long as it is open; the lock goes with the process, also when that is
//! killed, so that nobody has to guess whether a window is gone.

use std::{
    collections::HashMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;
use vocabulary::{AccountId, HearingId};

/// Whose drafts of which hearing.
pub(super) type Whose = (HearingId, AccountId);

/// This window.
#[derive(Debug)]
pub(super) struct Window {
    id: String,
    /// What stands before the ids of windows in the names of their files.
    stem: PathBuf,
    lock: Mutex<Option<File>>,
    /// What windows that are gone left behind, and this one was given.
    given: Mutex<HashMap<Whose, Vec<String>>>,
}

impl Window {
    /// A window beside the local file, with its lock.
    pub(super) fn open(file: &Path) -> io::Result<Self> {
        let id = Uuid::now_v7().to_string();
        let lock = File::create(named(file, &id))?;
        lock.lock()?;
        Ok(Self {
            id,
            stem: file.to_path_buf(),
            lock: Mutex::new(Some(lock)),
            given: Mutex::default(),
        })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Is this another window, and still open? One whose file cannot be asked is taken
    /// for gone: what it kept is rather shown twice than not at all.
    pub(super) fn is_open_elsewhere(&self, window: &str) -> bool {
        if window == self.id {
            return false;
        }
        let name = named(&self.stem, window);
        let Ok(file) = File::open(&name) else {
            return false;
        };
        if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            return true;
        }
        // Nobody else clears away behind a window that was killed.
        fs::remove_file(name).ok();
        false
    }

    /// Notes that this window was given what another one kept.
    pub(super) fn given(&self, whose: Whose, window: String) {
        if window != self.id {
            held(&self.given).entry(whose).or_default().push(window);
        }
    }

    /// This window and all whose drafts it was given, which it is answerable for no longer.
    pub(super) fn take_given(&self, whose: Whose) -> Vec<String> {
        let mut all = held(&self.given).remove(&whose).unwrap_or_default();
        all.push(self.id.clone());
        all
    }

    /// The window is open no longer.
    pub(super) fn close(&self) {
        if held(&self.lock).take().is_some() {
            fs::remove_file(named(&self.stem, &self.id)).ok();
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.close();
    }
}

fn named(file: &Path, window: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".window-");
    name.push(window);
    PathBuf::from(name)
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
