//! Bytes on their way up. The file is hashed first, so that the server can tell
//! whether what arrived is what was sent; it is never read into memory whole.
//!
//! A lost connection starts the same upload again under the same id. An upload
//! does not resume in the middle yet.

use crate::{
    CancellationToken, Client, percent,
    trouble::{self, Loss},
};
use contract::{
    Code, Kind, Problem,
    material::{MOST_BYTES, Uploaded},
};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;
use vocabulary::UploadId;

/// How much of the file is read at once.
const CHUNK: usize = 256 * 1024;

/// How often an upload is begun at most.
const TRIES: u32 = 3;

/// A file as it was when it was hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hashed {
    bytes: u64,
    changed: Option<SystemTime>,
    sha256: String,
}

impl Client {
    /// Sends a file. `progress` hears how many bytes have been sent of how many;
    /// it starts again from nothing when the connection was lost. `cancel` ends it
    /// at any moment, and then nothing of it remains on the server.
    ///
    /// # Errors
    /// The server's refusal, a file that cannot be read or that changes meanwhile,
    /// a lost connection, or the cancellation itself.
    pub async fn upload(
        &self,
        path: &Path,
        upload_id: UploadId,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
        cancel: &CancellationToken,
    ) -> Result<Uploaded, Problem> {
        let hashed = hash(path.to_owned(), cancel.clone()).await?;
        let progress: Arc<dyn Fn(u64, u64) + Send + Sync> = Arc::new(progress);
        let mut tried = 0;
        loop {
            tried += 1;
            progress(0, hashed.bytes);
            let sent = self.put(path, upload_id, &hashed, progress.clone());
            let outcome = tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(cancelled()),
                outcome = sent => outcome?,
            };
            let loss = match outcome {
                Ok(Ok(body)) => {
                    return serde_json::from_slice(&body).map_err(|_| trouble::versions_differ());
                }
                Ok(Err(problem)) => return Err(problem),
                Err(loss) => loss,
            };
            if look(path)? != (hashed.bytes, hashed.changed) {
                return Err(changed());
            }
            if tried >= TRIES.min(self.patience().tries) {
                return Err(lost(loss));
            }
            tracing::debug!(tried, ?loss, "upload lost; starting again");
            tokio::select! {
                () = cancel.cancelled() => return Err(cancelled()),
                () = tokio::time::sleep(self.patience().wait(tried)) => {}
            }
        }
    }

    async fn put(
        &self,
        path: &Path,
        upload_id: UploadId,
        hashed: &Hashed,
        progress: Arc<dyn Fn(u64, u64) + Send + Sync>,
    ) -> Result<Result<Result<Vec<u8>, Problem>, Loss>, Problem> {
        let file = tokio::fs::File::open(path)
            .await
            .map_err(|error| unreadable(&error))?;
        let total = hashed.bytes;
        let moved = Arc::new(Mutex::new(Instant::now()));
        let mark = moved.clone();
        let mut sent = 0;
        // Never more than was announced; less is an error of the stream, and the
        // server keeps nothing of it.
        let stream = ReaderStream::with_capacity(file.take(total), CHUNK).map(move |chunk| {
            let chunk = chunk?;
            sent += chunk.len() as u64;
            *mark.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            progress(sent, total);
            io::Result::Ok(chunk)
        });
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let request = self
            .request(reqwest::Method::PUT, &["uploads", &upload_id.to_string()])?
            .header("content-length", total)
            .header("content-sha256", &hashed.sha256)
            .header("file-name", percent::encode(&name))
            .body(reqwest::Body::wrap_stream(stream));
        let exchange = async {
            let answer = request.send().await.map_err(|error| Loss::of(&error))?;
            crate::send::settle(answer).await
        };
        Ok(tokio::select! {
            outcome = exchange => outcome,
            () = stalls(&moved, self.patience().answer.saturating_mul(2)) => Err(Loss::Silent),
        })
    }
}

/// Waits until nothing has moved for so long. A server may take its time to make
/// two gigabytes durable after the last byte, so this is longer than for an answer.
async fn stalls(moved: &Mutex<Instant>, longest: Duration) {
    loop {
        let still = moved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed();
        let Some(left) = longest.checked_sub(still) else {
            return;
        };
        tokio::time::sleep(left.max(Duration::from_millis(10))).await;
    }
}

/// Size and time of the last change.
fn look(path: &Path) -> Result<(u64, Option<SystemTime>), Problem> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    Ok((about.len(), about.modified().ok()))
}

/// Hashes on a thread of its own: a large file takes seconds.
async fn hash(path: PathBuf, cancel: CancellationToken) -> Result<Hashed, Problem> {
    let hashing = tokio::task::spawn_blocking(move || {
        let (bytes, changed_at) = look(&path)?;
        if bytes > MOST_BYTES {
            return Err(Problem::new(
                Code::TooLarge,
                "This file is larger than 2 GiB.",
                "Split it into parts, and add each of them.",
            ));
        }
        let mut file = std::fs::File::open(&path).map_err(|error| unreadable(&error))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; CHUNK];
        let mut read = 0;
        loop {
            if cancel.is_cancelled() {
                return Err(cancelled());
            }
            let count = file.read(&mut buffer).map_err(|error| unreadable(&error))?;
            if count == 0 {
                break;
            }
            read += count as u64;
            hash.update(&buffer[..count]);
        }
        if read != bytes {
            return Err(changed());
        }
        Ok(Hashed {
            bytes,
            changed: changed_at,
            sha256: hex::encode(hash.finalize()),
        })
    });
    hashing.await.unwrap_or_else(|_| {
        Err(Problem::new(
            Code::Fault,
            "The file could not be read to its end.",
            "Try again.",
        ))
    })
}

fn unreadable(error: &io::Error) -> Problem {
    let title = match error.kind() {
        io::ErrorKind::NotFound => "There is no such file.",
        io::ErrorKind::PermissionDenied => "This computer does not let you read that file.",
        _ => "The file could not be read.",
    };
    Problem::new(
        Code::BadRequest,
        title,
        "Check where the file is, and choose it again.",
    )
    .because("Nothing was sent to the case.")
}

fn changed() -> Problem {
    Problem::new(
        Code::WrongHash,
        "The file changed while it was being sent.",
        "Wait until nobody writes to it, and choose it again.",
    )
    .because("Nothing was added to the case.")
}

fn cancelled() -> Problem {
    Problem::new(
        Code::Refused,
        "The upload was cancelled.",
        "Choose a file to start again.",
    )
    .because("Nothing was added to the case.")
}

fn lost(loss: Loss) -> Problem {
    Problem {
        detail: "Nothing was added to the case. The file is unchanged on this computer.".to_owned(),
        hint: "Check that this computer is online, then send the file again.".to_owned(),
        ..trouble::lost(Kind::Command, loss, false)
    }
}
