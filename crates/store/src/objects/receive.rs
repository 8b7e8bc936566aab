//! An upload, received: hashed and written on threads of its own in batches of a
//! mebibyte, so that a slow disk never holds up other people and memory stays
//! small. Nothing is left behind unless all of it is right.

use super::{Folder, sniff};
use crate::{Store, error::no_space};
use futures::Stream;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    future::poll_fn,
    io::{self, IoSlice},
    path::{Path, PathBuf},
    pin::pin,
    sync::{Arc, mpsc as blocking},
    thread::JoinHandle,
};
use tokio::sync::{mpsc, oneshot};
use vocabulary::UploadId;

/// Bytes handed to the writing thread at once.
const BATCH: usize = 1024 * 1024;
/// Batches that may wait for it.
const WAITING: usize = 4;
/// Bytes after which the system is asked to begin writing back, so that the
/// last, long wait for the disk is a short one.
const WRITE_BACK: u64 = 8 * 1024 * 1024;

/// What is announced of an upload.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The upload.
    pub id: UploadId,
    /// The file's name, whose extension the bytes must fit.
    pub name: String,
    /// Its size, if announced.
    pub bytes: Option<u64>,
    /// Its SHA-256 in hexadecimal, if announced.
    pub sha256: Option<String>,
    /// The largest size that is taken.
    pub limit: u64,
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// SHA-256, hexadecimal: its name in the object store.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// MIME type, read from the bytes.
    pub mime: String,
}

/// Somebody who looks through each file that is whole, before it is kept. Asked on the thread
/// that wrote it, so that it may take its time.
pub trait Inspect: std::fmt::Debug + Send + Sync {
    /// Looks through it, from its first byte on.
    ///
    /// # Errors
    /// Why it is not to be kept.
    fn inspect(&self, file: &mut File) -> Result<(), Objection>;
}

/// Why a file that is whole is not kept all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// Something was found in it.
    Harmful {
        /// What.
        found: String,
    },
    /// It is more than is looked through.
    TooMuch {
        /// What was said.
        why: String,
    },
    /// Nobody looked through it.
    Away {
        /// Why.
        why: String,
    },
    /// It could not be read.
    Broken(String),
}

/// Why an upload was not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    /// It is larger than is taken, or than was announced.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// How much is taken.
        limit: u64,
    },
    /// It ended before all of it was here.
    #[error("it ended after {received} bytes")]
    Truncated {
        /// How much came.
        received: u64,
    },
    /// The bytes are not those that were announced.
    #[error("its SHA-256 is {found}")]
    WrongHash {
        /// What they hash to.
        found: String,
    },
    /// The bytes are not what the name says, or of a kind that is not taken.
    #[error("it is named .{named} and looks like {found}")]
    WrongType {
        /// Extension of the name.
        named: String,
        /// What they look like.
        found: String,
    },
    /// Whoever looks through files objects.
    #[error("{0:?}")]
    Objected(Objection),
    /// There is no room left.
    #[error("no space left")]
    NoSpace,
    /// Something broke.
    #[error("{0}")]
    Broken(String),
}

impl From<io::Error> for ReceiveError {
    fn from(error: io::Error) -> Self {
        if no_space(&error) {
            Self::NoSpace
        } else {
            Self::Broken(format!("objects: {error}"))
        }
    }
}

impl Store {
    /// Receives an upload and keeps it under its SHA-256, if whoever looks through files has no
    /// objection. If the caller goes away in the middle, nothing is kept.
    ///
    /// # Errors
    /// If it is not all there, not what was announced, or cannot be written.
    pub async fn receive<B, S>(
        &self,
        incoming: Incoming,
        body: S,
        inspector: Option<Arc<dyn Inspect>>,
    ) -> Result<Received, ReceiveError>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
        S: Stream<Item = Result<B, io::Error>> + Send,
    {
        let most = incoming.bytes.unwrap_or(incoming.limit).min(incoming.limit);
        if incoming.bytes.is_some_and(|bytes| bytes > incoming.limit) {
            return Err(ReceiveError::TooLarge {
                limit: incoming.limit,
            });
        }
        let (batches, queue) = mpsc::channel::<Vec<B>>(WAITING);
        let (answer, answered) = oneshot::channel();
        let writer = Writer::begin(self.folder().clone(), incoming, inspector)?;
        std::thread::Builder::new()
            .name("upload".to_owned())
            .spawn(move || {
                // A caller that went away has dropped the other end.
                let _ = answer.send(writer.run(queue));
            })
            .map_err(ReceiveError::from)?;
        let whole = forward(body, &batches, most).await;
        match whole {
            Ok(()) => drop(batches.send(Vec::new()).await),
            Err(refused) => {
                // Closing the queue without the last, empty batch says: not whole.
                drop(batches);
                let _: Result<_, _> = answered.await;
                return Err(refused);
            }
        }
        drop(batches);
        answered
            .await
            .map_err(|_| ReceiveError::Broken("the writing thread ended".to_owned()))?
    }
}

/// Hands the body over in batches.
async fn forward<B, S>(
    body: S,
    batches: &mpsc::Sender<Vec<B>>,
    most: u64,
) -> Result<(), ReceiveError>
where
    B: AsRef<[u8]> + Send,
    S: Stream<Item = Result<B, io::Error>> + Send,
{
    let mut body = pin!(body);
    let mut received = 0_u64;
    let mut batch: Vec<B> = Vec::new();
    let mut held = 0;
    while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
        // The connection was lost: what came is not the file.
        let piece = piece.map_err(|_| ReceiveError::Truncated { received })?;
        let size = piece.as_ref().len();
        if size == 0 {
            continue;
        }
        received += size as u64;
        if received > most {
            return Err(ReceiveError::TooLarge { limit: most });
        }
        batch.push(piece);
        held += size;
        if held >= BATCH {
            held = 0;
            if batches.send(std::mem::take(&mut batch)).await.is_err() {
                // The writer failed; its answer says why.
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        // As above.
        let _ = batches.send(batch).await;
    }
    Ok(())
}

/// The writing side, on its own thread.
struct Writer {
    folder: Folder,
    incoming: Incoming,
    inspector: Option<Arc<dyn Inspect>>,
    beside: Beside,
    file: File,
    head: Vec<u8>,
    bytes: u64,
}

/// A half-received file; removed unless it was kept.
struct Beside(Option<PathBuf>);

impl Beside {
    fn path(&self) -> io::Result<&Path> {
        self.0
            .as_deref()
            .ok_or_else(|| io::Error::other("already kept"))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // What cannot be removed now is swept up when the store is opened again.
            let _ = fs::remove_file(path);
        }
    }
}

impl Writer {
    fn begin(
        folder: Folder,
        incoming: Incoming,
        inspector: Option<Arc<dyn Inspect>>,
    ) -> Result<Self, ReceiveError> {
        let (path, file) = folder.beside()?;
        Ok(Self {
            folder,
            incoming,
            inspector,
            beside: Beside(Some(path)),
            file,
            head: Vec::new(),
            bytes: 0,
        })
    }

    fn run<B>(mut self, mut queue: mpsc::Receiver<Vec<B>>) -> Result<Received, ReceiveError>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        let hasher = Hasher::begin()?;
        let write_back = WriteBack::begin(&self.file)?;
        let mut asked = 0;
        loop {
            let Some(batch) = queue.blocking_recv() else {
                return Err(ReceiveError::Truncated {
                    received: self.bytes,
                });
            };
            if batch.is_empty() {
                break;
            }
            let batch = Arc::new(batch);
            hasher.take(&batch);
            self.take(&batch)?;
            if self.bytes - asked >= WRITE_BACK {
                asked = self.bytes;
                write_back.ask();
            }
        }
        drop(write_back);
        let sha256 = hasher.finish()?;
        self.finish(sha256)
    }

    /// Writes a batch: as it came in small pieces, in as few calls as the system takes.
    fn take<B: AsRef<[u8]>>(&mut self, batch: &[B]) -> Result<(), ReceiveError> {
        let mut pieces: Vec<IoSlice<'_>> = Vec::with_capacity(batch.len());
        for piece in batch {
            let bytes = piece.as_ref();
            if self.head.len() < sniff::HEAD {
                let wanted = (sniff::HEAD - self.head.len()).min(bytes.len());
                self.head.extend_from_slice(&bytes[..wanted]);
            }
            self.bytes += bytes.len() as u64;
            pieces.push(IoSlice::new(bytes));
        }
        Ok(self.folder.write(&mut self.file, &mut pieces)?)
    }

    fn finish(mut self, sha256: String) -> Result<Received, ReceiveError> {
        if self
            .incoming
            .bytes
            .is_some_and(|announced| self.bytes < announced)
        {
            return Err(ReceiveError::Truncated {
                received: self.bytes,
            });
        }
        if let Some(announced) = &self.incoming.sha256
            && !announced.eq_ignore_ascii_case(&sha256)
        {
            return Err(ReceiveError::WrongHash { found: sha256 });
        }
        let mime = sniff::fitting(&self.incoming.name, &self.head)
            .map_err(|(named, found)| ReceiveError::WrongType { named, found })?
            .to_owned();
        if let Some(inspector) = &self.inspector {
            inspector
                .inspect(&mut self.file)
                .map_err(ReceiveError::Objected)?;
        }
        self.file.sync_all()?;
        self.folder.keep(self.beside.path()?, &sha256)?;
        self.beside.0 = None;
        tracing::debug!(upload = %self.incoming.id, bytes = self.bytes, "upload received");
        Ok(Received {
            sha256,
            bytes: self.bytes,
            mime,
        })
    }
}

/// Hashes while the writer writes: each alone is about as fast as the other.
struct Hasher<B> {
    batches: blocking::SyncSender<Arc<Vec<B>>>,
    thread: JoinHandle<Sha256>,
}

impl<B: AsRef<[u8]> + Send + Sync + 'static> Hasher<B> {
    fn begin() -> io::Result<Self> {
        let (batches, queue) = blocking::sync_channel::<Arc<Vec<B>>>(WAITING);
        let thread = std::thread::Builder::new()
            .name("upload-hash".to_owned())
            .spawn(move || {
                let mut digest = Sha256::new();
                while let Ok(batch) = queue.recv() {
                    for piece in batch.iter() {
                        digest.update(piece.as_ref());
                    }
                }
                digest
            })?;
        Ok(Self { batches, thread })
    }

    fn take(&self, batch: &Arc<Vec<B>>) {
        // A thread that ended says so when it is finished.
        let _ = self.batches.send(Arc::clone(batch));
    }

    fn finish(self) -> Result<String, ReceiveError> {
        drop(self.batches);
        let digest = self
            .thread
            .join()
            .map_err(|_| ReceiveError::Broken("the hashing thread ended".to_owned()))?;
        Ok(hex::encode(digest.finalize()))
    }
}

/// Early write-back: a second thread that makes durable what was written so
/// far, while the first goes on. Its outcome does not matter: the last sync decides.
struct WriteBack {
    ask: Option<blocking::SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl WriteBack {
    fn begin(file: &File) -> io::Result<Self> {
        let file = file.try_clone()?;
        let (ask, asked) = blocking::sync_channel::<()>(1);
        let thread = std::thread::Builder::new()
            .name("upload-sync".to_owned())
            .spawn(move || {
                while asked.recv().is_ok() {
                    let _ = file.sync_data();
                }
            })?;
        Ok(Self {
            ask: Some(ask),
            thread: Some(thread),
        })
    }

    fn ask(&self) {
        if let Some(ask) = &self.ask {
            // Asked already is asked enough.
            let _ = ask.try_send(());
        }
    }
}

impl Drop for WriteBack {
    fn drop(&mut self) {
        self.ask = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
