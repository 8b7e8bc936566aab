//! Who is at work on the record: any number of servers together, or one rebuild
//! alone. A rebuild is right beside servers too, but they could record nothing
//! for as long as it takes. The lock is a file in the folder of the keys, which
//! all servers of one database share; the system lets go of it when its process
//! ends, however it ends. A batch of the post is written by one alone as well, beside
//! the servers.

use crate::{Store, error::StoreError, private};
use std::{
    fs::{File, TryLockError},
    io,
};

const SERVING: &str = "serving.lock";
const POSTING: &str = "posting.lock";

/// At work on the record until this is dropped.
#[derive(Debug)]
pub struct AtWork {
    _locked: File,
}

impl Store {
    /// Says that this record is served.
    ///
    /// # Errors
    /// [`StoreError::InUse`], if it is being rebuilt.
    pub fn begin_serving(&self) -> Result<AtWork, StoreError> {
        self.at_work(SERVING, File::try_lock_shared, "it is being rebuilt")
    }

    /// Keeps servers away from this record.
    ///
    /// # Errors
    /// [`StoreError::InUse`], if it is served.
    pub fn keep_servers_away(&self) -> Result<AtWork, StoreError> {
        self.at_work(SERVING, File::try_lock, "a server is at work on it")
    }

    /// Writes the letters that wait, and nobody else does: two who wrote the same batch
    /// would each take away what the other wrote.
    ///
    /// # Errors
    /// [`StoreError::InUse`], if somebody does.
    pub fn begin_posting(&self) -> Result<AtWork, StoreError> {
        self.at_work(
            POSTING,
            File::try_lock,
            "a batch of the post is being written",
        )
    }

    fn at_work(
        &self,
        file: &str,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
        otherwise: &'static str,
    ) -> Result<AtWork, StoreError> {
        let path = self.keys().folder().join(file);
        let file = private::options()
            .read(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| StoreError::files(&path, error))?;
        match lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse(otherwise)),
            // Where files cannot be locked, nobody is kept from their work for it.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(StoreError::files(path, error)),
        }
        Ok(AtWork { _locked: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    #[tokio::test]
    async fn servers_work_together_and_a_rebuild_works_alone() {
        let folder = std::env::temp_dir().join(format!("store-serving-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let url = crate::sqlite_url(&folder.join("record.db"));
        let settings = Settings::new(url, folder.join("objects"), folder.join("keys"));
        let store = Store::open(&settings).await.unwrap();
        let (first, second) = (
            store.begin_serving().unwrap(),
            store.begin_serving().unwrap(),
        );
        drop(first);
        let refused = store.keep_servers_away();
        assert!(matches!(refused, Err(StoreError::InUse(_))), "{refused:?}");
        drop(second);
        let alone = store.keep_servers_away().unwrap();
        assert!(store.begin_serving().is_err() && store.keep_servers_away().is_err());
        drop(alone);
        let _served = store.begin_serving().unwrap();
        // Letters are written beside servers, by one at a time.
        let posting = store.begin_posting().unwrap();
        let refused = store.begin_posting();
        assert!(matches!(refused, Err(StoreError::InUse(_))), "{refused:?}");
        drop(posting);
        store.begin_posting().unwrap();
        drop(store);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
