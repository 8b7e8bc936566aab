//! What signing in keeps: one file a noun; the port itself only names them.

mod codes;
mod devices;
mod factors;
mod letters;
mod providers;
mod taken;

use crate::Store;
use app::ports::{
    AccountLetter, CodeFor, Fault, KeptCode, KeptDevice, KeptFactor, ProviderSignIn, SignIns,
};
use async_trait::async_trait;
use uuid::Uuid;
use vocabulary::{AccountId, Instant, MachineId, SessionId};

#[async_trait]
impl SignIns for Store {
    async fn renew_session(
        &self,
        id: SessionId,
        token_hash: &str,
        strongly: bool,
        now: Instant,
    ) -> Result<bool, Fault> {
        devices::renew(self, id, token_hash, strongly, now).await
    }

    async fn note_strong_proof(&self, id: SessionId, now: Instant) -> Result<(), Fault> {
        devices::note_strong_proof(self, id, now).await
    }

    async fn lock_session(&self, id: SessionId) -> Result<(), Fault> {
        devices::lock(self, id).await
    }

    async fn note_use(
        &self,
        id: SessionId,
        from: &str,
        device: &str,
        now: Instant,
    ) -> Result<(), Fault> {
        devices::note_use(self, id, from, device, now).await
    }

    async fn note_provider(&self, id: SessionId) -> Result<(), Fault> {
        devices::note_provider(self, id).await
    }

    async fn devices(&self, account: AccountId, now: Instant) -> Result<Vec<KeptDevice>, Fault> {
        devices::of(self, account, now).await
    }

    async fn end_session_of(&self, account: AccountId, id: SessionId) -> Result<bool, Fault> {
        devices::end(self, account, id).await
    }

    async fn end_other_sessions(&self, account: AccountId, keep: SessionId) -> Result<u64, Fault> {
        devices::end_others(self, account, keep).await
    }

    async fn make_second_factor(&self, account: AccountId) -> Result<Option<[u8; 20]>, Fault> {
        factors::make(self, account).await
    }

    async fn second_factor(&self, account: AccountId) -> Result<Option<KeptFactor>, Fault> {
        factors::find(self, account).await
    }

    async fn spend_step(
        &self,
        account: AccountId,
        step: i64,
        confirm: Option<Instant>,
    ) -> Result<bool, Fault> {
        factors::spend_step(self, account, step, confirm).await
    }

    async fn remove_second_factor(&self, account: AccountId) -> Result<(), Fault> {
        factors::remove(self, account).await
    }

    async fn take_factors_away(&self, account: AccountId, now: Instant) -> Result<(), Fault> {
        taken::take_away(self, account, now).await
    }

    async fn are_factors_taken(&self, account: AccountId) -> Result<bool, Fault> {
        taken::are_taken(self, account).await
    }

    async fn factor_is_back(&self, account: AccountId) -> Result<(), Fault> {
        taken::is_back(self, account).await
    }

    async fn with_factors(&self, accounts: &[AccountId]) -> Result<Vec<AccountId>, Fault> {
        taken::with_factors(self, accounts).await
    }

    async fn set_recovery_codes(&self, account: AccountId, hashes: &[String]) -> Result<(), Fault> {
        factors::set_recovery_codes(self, account, hashes).await
    }

    async fn spend_recovery_code(&self, account: AccountId, hash: &str) -> Result<bool, Fault> {
        factors::spend_recovery_code(self, account, hash).await
    }

    async fn recovery_codes_left(&self, account: AccountId) -> Result<u64, Fault> {
        factors::recovery_codes_left(self, account).await
    }

    async fn send_code(&self, code: &KeptCode, letter: &AccountLetter) -> Result<(), Fault> {
        codes::send(self, code, letter).await
    }

    async fn find_code(
        &self,
        hash: &str,
        purpose: CodeFor,
        now: Instant,
    ) -> Result<Option<AccountId>, Fault> {
        codes::find(self, hash, purpose, now).await
    }

    async fn spend_code(
        &self,
        hash: &str,
        purpose: CodeFor,
        now: Instant,
    ) -> Result<Option<AccountId>, Fault> {
        codes::spend(self, hash, purpose, now).await
    }

    async fn write_letter(&self, letter: &AccountLetter) -> Result<(), Fault> {
        letters::write(self, letter).await
    }

    async fn claim_letters(
        &self,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<AccountLetter>, Fault> {
        letters::claim(self, now, until, most).await
    }

    async fn forget_letter(&self, id: Uuid) -> Result<(), Fault> {
        letters::forget(self, id).await
    }

    async fn put_off_letter(&self, id: Uuid, next: Instant) -> Result<(), Fault> {
        letters::put_off(self, id, next).await
    }

    async fn begin_provider_sign_in(
        &self,
        secret_hash: &str,
        sign_in: &ProviderSignIn,
    ) -> Result<(), Fault> {
        providers::begin(self, secret_hash, sign_in).await
    }

    async fn take_provider_sign_in(
        &self,
        secret_hash: &str,
        now: Instant,
    ) -> Result<Option<ProviderSignIn>, Fault> {
        providers::take(self, secret_hash, now).await
    }

    async fn identity(&self, issuer: &str, subject: &str) -> Result<Option<AccountId>, Fault> {
        providers::identity(self, issuer, subject).await
    }

    async fn bind_identity(
        &self,
        issuer: &str,
        subject: &str,
        account: AccountId,
        now: Instant,
    ) -> Result<bool, Fault> {
        providers::bind(self, issuer, subject, account, now).await
    }

    async fn keep_machine_token(
        &self,
        token_hash: &str,
        machine: MachineId,
        expires_at: Instant,
        now: Instant,
    ) -> Result<(), Fault> {
        codes::keep_machine_token(self, token_hash, machine, expires_at, now).await
    }

    async fn machine_by_token(
        &self,
        token_hash: &str,
        now: Instant,
    ) -> Result<Option<MachineId>, Fault> {
        codes::machine_by_token(self, token_hash, now).await
    }
}
