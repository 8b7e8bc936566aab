//! Working state: sessions, drafts, uploads, marks. Changed in place, no part
//! of the record, untouched by a rebuild. One file a noun; the port itself only
//! names them.

mod credentials;
mod drafts;
mod marks;
mod passkeys;
mod reckoning;
pub(crate) mod sessions;
mod sign_ins;
mod unreferenced;
pub(crate) mod uploads;

use crate::{Store, error::fault};
use app::{
    caller::SignedIn,
    ports::{DraftSaving, Fault, KeptDraft, KeptUpload, Session, Stands, TryLimit, Work},
};
use async_trait::async_trait;
use sqlx::{any::AnyArguments, query::Query};
use std::collections::HashMap;
use vocabulary::{AccountId, CaseId, HearingId, Instant, MachineId, NoticeId, SessionId, UploadId};

impl Store {
    /// One statement in a transaction of its own; says how many rows it changed.
    pub(crate) async fn change(
        &self,
        query: Query<'_, sqlx::Any, AnyArguments>,
    ) -> Result<u64, Fault> {
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        let done = query
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(done.rows_affected())
    }
}

#[async_trait]
impl Work for Store {
    async fn open_session(
        &self,
        session: &Session,
        token_hash: &str,
        at: Instant,
    ) -> Result<bool, Fault> {
        sessions::open(self, session, token_hash, at).await
    }

    async fn signed_in(&self, token_hash: &str, now: Instant) -> Result<Option<SignedIn>, Fault> {
        sessions::signed_in(self, token_hash, now).await
    }

    async fn standing(
        &self,
        token_hashes: &[String],
        now: Instant,
        used_since: Instant,
    ) -> Result<HashMap<String, Stands>, Fault> {
        sessions::standing(self, token_hashes, now, used_since).await
    }

    async fn end_session(&self, id: SessionId) -> Result<(), Fault> {
        sessions::end(self, id).await
    }

    async fn end_sessions(&self, account: AccountId) -> Result<(), Fault> {
        sessions::end_all(self, account).await
    }

    async fn set_password(&self, account: AccountId, phc: &str) -> Result<(), Fault> {
        credentials::set_password(self, account, phc).await
    }

    async fn password(&self, account: AccountId) -> Result<Option<String>, Fault> {
        credentials::password(self, account).await
    }

    async fn count_try(&self, name: &str, now: Instant, window_seconds: i64) -> Result<u64, Fault> {
        credentials::count_try(self, name, now, window_seconds).await
    }

    async fn admit_try(&self, limits: &[TryLimit], now: Instant) -> Result<bool, Fault> {
        credentials::admit_try(self, limits, now).await
    }

    async fn take_back_try(&self, names: &[String]) -> Result<(), Fault> {
        credentials::take_back_try(self, names).await
    }

    async fn note_known(&self, name: &str, now: Instant) -> Result<(), Fault> {
        credentials::note_known(self, name, now).await
    }

    async fn is_known(&self, name: &str, since: Instant) -> Result<bool, Fault> {
        credentials::is_known(self, name, since).await
    }

    async fn sweep_tries(&self, before: Instant, known_before: Instant) -> Result<u64, Fault> {
        credentials::sweep_tries(self, before, known_before).await
    }

    async fn forget_tries(&self, name: &str) -> Result<(), Fault> {
        credentials::forget_tries(self, name).await
    }

    async fn set_machine_secret(&self, machine: MachineId, secret_hash: &str) -> Result<(), Fault> {
        credentials::set_machine_secret(self, machine, secret_hash).await
    }

    async fn machine_by_secret(&self, secret_hash: &str) -> Result<Option<MachineId>, Fault> {
        credentials::machine_by_secret(self, secret_hash).await
    }

    async fn draft(&self, hearing: HearingId) -> Result<Option<KeptDraft>, Fault> {
        drafts::find(self, hearing).await
    }

    async fn save_draft(
        &self,
        hearing: HearingId,
        seen: u64,
        draft: KeptDraft,
    ) -> Result<DraftSaving, Fault> {
        drafts::save(self, hearing, seen, draft).await
    }

    async fn keep_upload(&self, upload: &KeptUpload, at: Instant) -> Result<(), Fault> {
        uploads::keep(self, upload, at).await
    }

    async fn uploaded_by(&self, account: AccountId) -> Result<u64, Fault> {
        uploads::sum(self, account).await
    }

    async fn upload(&self, id: UploadId) -> Result<Option<KeptUpload>, Fault> {
        self.uploads().ask(id.to_string()).await
    }

    async fn seen(&self, account: AccountId, case: CaseId) -> Result<u64, Fault> {
        marks::seen(self, account, case).await
    }

    async fn seen_all(&self, account: AccountId) -> Result<Vec<(CaseId, u64)>, Fault> {
        marks::seen_all(self, account).await
    }

    async fn mark_seen(&self, account: AccountId, case: CaseId, version: u64) -> Result<(), Fault> {
        marks::mark_seen(self, account, case, version).await
    }

    async fn mark_read(&self, account: AccountId, notices: &[NoticeId]) -> Result<(), Fault> {
        marks::mark_read(self, account, notices).await
    }
}
