//! The server's own keys: the one that wraps every data key, and the one that
//! signs checkpoints. They live in a folder of their own, outside the database
//! and its backups, readable by the server only.

mod seal;

pub(crate) use seal::{DataKey, open, seal};

use crate::{error::StoreError, private};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

const WRAPPING: &str = "wrapping.key";
const SIGNING: &str = "signing.key";
const VERIFYING: &str = "signing.pub";

/// The keys, read once.
#[derive(Clone)]
pub(crate) struct Keys {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    wrapping: DataKey,
    signing: SigningKey,
}

impl Keys {
    /// Reads the keys, or makes them if `fresh` says that nothing was sealed yet.
    pub(crate) fn load(folder: &Path, fresh: bool) -> Result<Self, StoreError> {
        private::folder(folder).map_err(|e| StoreError::files(folder, e))?;
        if !fresh && !folder.join(WRAPPING).exists() {
            return Err(StoreError::Keys(format!(
                "the database holds sealed events, but {} is missing: restore the keys folder \
                 that belongs to it",
                folder.join(WRAPPING).display()
            )));
        }
        let wrapping = DataKey(read_or_make(&folder.join(WRAPPING))?);
        let signing = SigningKey::from_bytes(&read_or_make(&folder.join(SIGNING))?);
        let public = folder.join(VERIFYING);
        if !public.exists() {
            let text = format!("{}\n", hex::encode(signing.verifying_key().as_bytes()));
            write_whole(&public, text.as_bytes(), Replace::Yes)
                .map_err(|e| StoreError::files(public, e))?;
        }
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                wrapping,
                signing,
            }),
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// A fresh data key and its wrapped form.
    pub(crate) fn make(&self, owner: Uuid) -> Result<(DataKey, Vec<u8>), StoreError> {
        let key = DataKey(random()?);
        let wrapped = seal(&self.inner.wrapping, &wrap_label(owner), &key.0)?;
        Ok((key, wrapped))
    }

    /// Unwraps a data key.
    pub(crate) fn unwrap(&self, owner: Uuid, wrapped: &[u8]) -> Result<DataKey, StoreError> {
        let plain = open(&self.inner.wrapping, &wrap_label(owner), wrapped).ok_or_else(|| {
            StoreError::Keys(format!(
                "the data key of {owner} was wrapped by another server key"
            ))
        })?;
        let key = <[u8; 32]>::try_from(plain)
            .map_err(|_| StoreError::Keys(format!("the data key of {owner} has a wrong length")))?;
        Ok(DataKey(key))
    }

    /// Signs a checkpoint.
    pub(crate) fn sign(&self, message: &[u8]) -> String {
        hex::encode(self.inner.signing.sign(message).to_bytes())
    }

    /// Whether the signature is ours.
    pub(crate) fn signed(&self, message: &[u8], signature: &str) -> bool {
        let key: VerifyingKey = self.inner.signing.verifying_key();
        hex::decode(signature)
            .ok()
            .and_then(|bytes| Signature::from_slice(&bytes).ok())
            .is_some_and(|signature| key.verify_strict(message, &signature).is_ok())
    }
}

fn wrap_label(owner: Uuid) -> String {
    format!("data key {owner}")
}

/// Secret bytes from the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Keys(e.to_string()))?;
    Ok(bytes)
}

fn read_or_make(path: &Path) -> Result<[u8; 32], StoreError> {
    if !path.exists() {
        let text = format!("{}\n", hex::encode(random::<32>()?));
        match write_whole(path, text.as_bytes(), Replace::No) {
            // Another server on the same folder was faster: its key is the key.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            other => other.map_err(|e| StoreError::files(path, e))?,
        }
    }
    let text = fs::read_to_string(path).map_err(|e| StoreError::files(path, e))?;
    hex::decode(text.trim())
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .ok_or_else(|| StoreError::Keys(format!("{} holds no key", path.display())))
}

/// Whether a file that is there gives way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replace {
    Yes,
    No,
}

/// Writes a file whole and durably, readable by the server only: nobody ever
/// sees half of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], replace: Replace) -> io::Result<()> {
    let name = Uuid::from_bytes(random::<16>().map_err(|e| io::Error::other(e.to_string()))?);
    let beside = path.with_extension(format!("{}.tmp", name.simple()));
    let written = (|| {
        let mut file = private::options().create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        match replace {
            Replace::Yes => fs::rename(&beside, path),
            Replace::No => fs::hard_link(&beside, path),
        }
    })();
    if replace == Replace::No || written.is_err() {
        // Already linked under its name, or of no use.
        let _ = fs::remove_file(&beside);
    }
    written?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Makes a rename durable. Only Unix can say so for a folder.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = (folder, None::<File>);
    Ok(())
}
