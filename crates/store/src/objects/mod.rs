//! The bytes of materials and documents, in a folder, under their own SHA-256.
//! What is there is whole: it was written beside, made durable, then renamed.

mod receive;
mod sniff;

pub use receive::{Incoming, Inspect, Objection, ReceiveError, Received};

use crate::{
    Store,
    error::{StoreError, broken, no_space},
    keys::{random, sync_folder},
    private,
    settings::Faults,
};
use app::ports::{Fault, Objects};
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, IoSlice, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// What is received lies here until it is whole.
const INCOMING: &str = "incoming";

/// Older than this, what lies in `incoming` was left by a server that was
/// killed; younger, it may be another server's upload at work.
const LEFTOVER: Duration = Duration::from_secs(6 * 60 * 60);

/// The folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
    faults: Faults,
}

impl Folder {
    pub(crate) fn open(root: &Path, faults: Faults) -> Result<Self, StoreError> {
        let incoming = root.join(INCOMING);
        private::folder(&incoming).map_err(|e| StoreError::files(&incoming, e))?;
        let folder = Self {
            root: root.to_owned(),
            faults,
        };
        folder.sweep().map_err(|e| StoreError::files(incoming, e))?;
        Ok(folder)
    }

    /// Removes what a killed server left half-received.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.root.join(INCOMING))? {
            let entry = entry?;
            if left_over(&entry.path()) {
                tracing::info!(file = ?entry.file_name(), "removed a half-received upload");
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// A fresh file to write to, locked by this process while it is open.
    fn beside(&self) -> io::Result<(PathBuf, File)> {
        let name = random::<16>().map_err(|e| io::Error::other(e.to_string()))?;
        let path = self
            .root
            .join(INCOMING)
            .join(format!("{}.part", hex::encode(name)));
        let file = private::options().read(true).create_new(true).open(&path)?;
        file.try_lock().map_err(io::Error::from)?;
        Ok((path, file))
    }

    /// Writes, unless a test wants the disk to be full.
    fn write(&self, file: &mut File, mut pieces: &mut [IoSlice<'_>]) -> io::Result<()> {
        if self.faults.strikes_object() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // Empty ones at the front would look like a disk that takes nothing.
        IoSlice::advance_slices(&mut pieces, 0);
        while !pieces.is_empty() {
            match file.write_vectored(pieces) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut pieces, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a file can be written here: writes one, and removes it.
    fn probe(&self) -> io::Result<()> {
        let (path, mut file) = self.beside()?;
        let written = file.write_all(b"ready?");
        drop(file);
        fs::remove_file(path)?;
        written
    }

    /// Gives a whole, durable file its name.
    fn keep(&self, beside: &Path, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256);
        let (Some(folder), Some(outer)) = (path.parent(), path.parent().and_then(Path::parent))
        else {
            return Err(io::Error::other("an object has no folder"));
        };
        if !folder.exists() {
            private::folder(folder)?;
            sync_folder(outer)?;
            sync_folder(&self.root)?;
        }
        fs::rename(beside, &path)?;
        sync_folder(folder)
    }

    fn path(&self, sha256: &str) -> PathBuf {
        self.root
            .join(&sha256[..2])
            .join(&sha256[2..4])
            .join(sha256)
    }

    /// Stores bytes that are all there.
    fn put(&self, bytes: &[u8]) -> Result<String, Fault> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        if let Ok(there) = File::options().append(true).open(self.path(&sha256)) {
            // Wanted again, so that it is not swept up as an old upload meanwhile.
            let _ = there.set_modified(SystemTime::now());
            return Ok(sha256);
        }
        let (beside, mut file) = self.beside().map_err(|e| written(&e))?;
        let kept = self
            .write(&mut file, &mut [IoSlice::new(bytes)])
            .and_then(|()| file.sync_all())
            .and_then(|()| self.keep(&beside, &sha256));
        if let Err(error) = kept {
            let _ = fs::remove_file(&beside);
            return Err(written(&error));
        }
        Ok(sha256)
    }
}

impl Folder {
    /// The objects in one of the outer folders that were not written or wanted within this time.
    pub(crate) fn old(&self, outer: u8, younger: Duration) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for inner in entries(&self.root.join(format!("{outer:02x}")))? {
            for object in entries(&inner)? {
                let name = object.file_name().and_then(|name| name.to_str());
                let name = name.filter(|name| is_sha256(name) && self.path(name) == object);
                if let Some(name) = name
                    && !young(&object, younger)?
                {
                    found.push(name.to_owned());
                }
            }
        }
        Ok(found)
    }

    /// Removes an object that nothing in the record refers to, and says whether it
    /// is gone. One that was written lately stays: somebody may be about to refer
    /// to it. It is first moved aside, so that nobody's fresh copy is removed.
    pub(crate) fn discard(&self, sha256: &str, younger: Duration) -> io::Result<bool> {
        if !is_sha256(sha256) || young(&self.path(sha256), younger)? {
            return Ok(false);
        }
        let (aside, _locked) = self.beside()?;
        if let Err(error) = fs::rename(self.path(sha256), &aside) {
            fs::remove_file(&aside)?;
            return match error.kind() {
                io::ErrorKind::NotFound => Ok(true),
                _ => Err(error),
            };
        }
        if young(&aside, younger)? {
            fs::rename(&aside, self.path(sha256))?;
            return Ok(false);
        }
        fs::remove_file(&aside)?;
        Ok(true)
    }
}

/// What lies in a folder; nothing if there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        // A file where folders are is not ours.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Whether a file was written within this time; one that is not there was not.
fn young(path: &Path, younger: Duration) -> io::Result<bool> {
    let written = match fs::metadata(path).and_then(|about| about.modified()) {
        Ok(written) => written,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    // A time that is ahead of the clock is of now.
    Ok(SystemTime::now()
        .duration_since(written)
        .map_or(true, |age| age < younger))
}

/// Whether a half-received file belongs to nobody: a server that is alive holds
/// its lock. Where files cannot be locked, its age tells.
fn left_over(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    match file.try_lock() {
        Ok(()) => true,
        Err(fs::TryLockError::WouldBlock) => false,
        Err(fs::TryLockError::Error(_)) => file
            .metadata()
            .and_then(|about| about.modified())
            .ok()
            .and_then(|at| SystemTime::now().duration_since(at).ok())
            .is_some_and(|age| age > LEFTOVER),
    }
}

fn written(error: &io::Error) -> Fault {
    if no_space(error) {
        Fault::NoSpace
    } else {
        Fault::Broken(format!("objects: {error}"))
    }
}

/// Whether text is a SHA-256 as stored; anything else is no file name.
fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl Store {
    /// The bytes under a SHA-256, to be streamed, and their number; `None` if
    /// there are none.
    ///
    /// # Errors
    /// If they are there and cannot be opened.
    pub async fn open_object(&self, sha256: &str) -> Result<Option<(tokio::fs::File, u64)>, Fault> {
        if !is_sha256(sha256) {
            return Ok(None);
        }
        match tokio::fs::File::open(self.folder().path(sha256)).await {
            Ok(file) => {
                let bytes = file.metadata().await.map_err(broken)?.len();
                Ok(Some((file, bytes)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }
}

impl Store {
    /// Whether the bytes of materials and documents can be written.
    ///
    /// # Errors
    /// If not: why.
    pub async fn files_ready(&self) -> Result<(), StoreError> {
        let folder = self.folder().clone();
        let root = folder.root.clone();
        tokio::task::spawn_blocking(move || folder.probe())
            .await
            .unwrap_or_else(|stopped| Err(io::Error::other(stopped)))
            .map_err(|error| StoreError::files(root, error))
    }
}

#[async_trait]
impl Objects for Store {
    async fn put(&self, bytes: Vec<u8>) -> Result<String, Fault> {
        let folder = self.folder().clone();
        tokio::task::spawn_blocking(move || folder.put(&bytes))
            .await
            .map_err(broken)?
    }

    async fn get(&self, sha256: &str) -> Result<Option<Vec<u8>>, Fault> {
        if !is_sha256(sha256) {
            return Ok(None);
        }
        match tokio::fs::read(self.folder().path(sha256)).await {
            // Its name is what it was: whoever can write there put something else in its place.
            Ok(bytes) if hex::encode(Sha256::digest(&bytes)) != sha256 => Err(Fault::Broken(
                format!("object {sha256} is not what was recorded"),
            )),
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }
}
