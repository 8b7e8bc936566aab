//! Uploads that are under way, and what the window hears of them.

use crate::{desktop::Desktop, folder};
use client::CancellationToken;
use contract::{Code, Problem, material::Uploaded};
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tauri::Manager;
use vocabulary::UploadId;

/// At most twenty times a second: more than anybody can see.
const BETWEEN: Duration = Duration::from_millis(50);

#[derive(Serialize, Clone, Copy)]
struct Progress {
    upload_id: UploadId,
    sent: u64,
    total: u64,
}

/// What is being sent, and how to stop it.
#[derive(Default, Clone)]
pub(crate) struct Uploads(Arc<Mutex<HashMap<UploadId, CancellationToken>>>);

impl Uploads {
    /// Ends one; nothing happens if it has ended already.
    pub(crate) fn cancel(&self, upload_id: UploadId) {
        if let Some(cancel) = self.lock().get(&upload_id) {
            cancel.cancel();
        }
    }

    /// Ends all.
    pub(crate) fn cancel_all(&self) {
        for cancel in self.lock().values() {
            cancel.cancel();
        }
    }

    fn begin(&self, upload_id: UploadId) -> Result<UnderWay, Problem> {
        let cancel = CancellationToken::new();
        let mut all = self.lock();
        if all.contains_key(&upload_id) {
            return Err(Problem::new(
                Code::Refused,
                "This file is being sent already.",
                "Wait for it to end, or cancel it.",
            ));
        }
        all.insert(upload_id, cancel.clone());
        Ok(UnderWay {
            uploads: self.clone(),
            upload_id,
            cancel,
        })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UploadId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One upload, off the list again when this is dropped, however it ends.
struct UnderWay {
    uploads: Uploads,
    upload_id: UploadId,
    cancel: CancellationToken,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.uploads.lock().remove(&self.upload_id);
    }
}

impl Desktop {
    /// Sends a file, telling the window how far it is.
    pub(crate) async fn upload(
        &self,
        path: &str,
        upload_id: UploadId,
    ) -> Result<Uploaded, Problem> {
        let client = self.client().await?;
        let under_way = self.uploads.begin(upload_id)?;
        let app = self.app.clone();
        let pace = Pace::default();
        let progress = move |sent, total| {
            if pace.is_due(sent, total) {
                app.state::<Self>().tell(
                    "upload-progress",
                    Progress {
                        upload_id,
                        sent,
                        total,
                    },
                );
            }
        };
        let uploaded = client
            .upload(&folder::typed(path), upload_id, progress, &under_way.cancel)
            .await;
        if let Err(problem) = &uploaded {
            self.heed(problem, &client);
        }
        uploaded
    }
}

/// Lets the first, the last, one message for each tenth and one in a while through: a
/// quick upload shows its way as well as a slow one.
#[derive(Default)]
struct Pace(Mutex<Option<(Instant, u64)>>);

impl Pace {
    fn is_due(&self, sent: u64, total: u64) -> bool {
        let tenth = sent.saturating_mul(10) / total.max(1);
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = sent == 0
            || sent == total
            || last.is_none_or(|(at, told)| at.elapsed() >= BETWEEN || tenth > told);
        if is_due {
            *last = Some((Instant::now(), tenth));
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> UploadId {
        "018f6f00-0000-7000-8000-000000000001".parse().unwrap()
    }

    #[test]
    fn the_first_and_the_last_are_always_told_and_a_flood_between_is_not() {
        let pace = Pace::default();
        assert!(pace.is_due(0, 1_000));
        let told = (1..1_000).filter(|sent| pace.is_due(*sent, 1_000)).count();
        assert!((9..100).contains(&told), "{told}");
        assert!(pace.is_due(1_000, 1_000));
    }

    #[test]
    fn an_upload_can_be_cancelled_until_it_has_ended() {
        let uploads = Uploads::default();
        let first = uploads.begin(id()).ok().unwrap();
        assert!(uploads.begin(id()).is_err(), "one at a time under one id");
        uploads.cancel(id());
        assert!(first.cancel.is_cancelled());
        drop(first);
        uploads.cancel(id());
        let second = uploads.begin(id()).ok().unwrap();
        assert!(!second.cancel.is_cancelled());
    }
}
