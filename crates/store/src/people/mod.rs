//! Registrations, codes, uses, mail and support: what is read of the record, and the working
//! state beside it. One file a noun; the port itself only names them.

mod codes;
mod mail;
mod support;
pub(crate) mod uses;

use crate::{
    Store,
    error::{broken, fault},
    query::{count, number, text},
    rows::in_list,
};
use app::ports::{Fault, KeptHelp, KeptRegistration, MailFate, People, WaitingMail};
use async_trait::async_trait;
use domain::{account::Account, support::Announcement};
use sqlx::{AssertSqlSafe, any::AnyRow};
use uuid::Uuid;
use vocabulary::{AccountId, HelpRequestId, Instant, OrganisationId};

/// A registration in the first column, when it came in the second.
fn registration(row: &AnyRow) -> Result<KeptRegistration, Fault> {
    Ok(KeptRegistration {
        registration: serde_json::from_str(&text(row, 0)?).map_err(broken)?,
        at: Instant::from_micros(number(row, 1)?),
    })
}

#[async_trait]
impl People for Store {
    async fn registration(&self, id: OrganisationId) -> Result<Option<KeptRegistration>, Fault> {
        let query =
            sqlx::query("select body, at from registration_index where organisation_id = $1")
                .bind(id.to_string());
        let row = self.readers().first(query).await.map_err(|e| fault(&e))?;
        row.as_ref().map(registration).transpose()
    }

    async fn registration_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<KeptRegistration>, Fault> {
        let query = sqlx::query("select body, at from registration_index where reference = $1")
            .bind(reference.to_owned());
        let row = self.readers().first(query).await.map_err(|e| fault(&e))?;
        row.as_ref().map(registration).transpose()
    }

    async fn registrations_waiting(&self, limit: i64) -> Result<Vec<KeptRegistration>, Fault> {
        let query = sqlx::query(
            "select body, at from registration_index where standing = 'waiting' \
             order by at, organisation_id limit $1",
        )
        .bind(limit);
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        rows.iter().map(registration).collect()
    }

    async fn count_waiting(&self) -> Result<u64, Fault> {
        let query =
            sqlx::query("select count(*) from registration_index where standing = 'waiting'");
        let row = self.readers().first(query).await.map_err(|e| fault(&e))?;
        row.as_ref().map_or(Ok(0), |row| count(row, 0))
    }

    async fn accounts_in(&self, organisations: &[OrganisationId]) -> Result<Vec<Account>, Fault> {
        let mut found: Vec<Account> = Vec::new();
        let ids: Vec<String> = organisations.iter().map(ToString::to_string).collect();
        for chunk in ids.chunks(256) {
            let (marks, list) = in_list(chunk.to_vec());
            let sql = format!("select body from account_index where organisation_id in ({marks})");
            let query = list
                .into_iter()
                .fold(sqlx::query(AssertSqlSafe(sql)), |q, id| q.bind(id));
            for row in self.readers().all(query).await.map_err(|e| fault(&e))? {
                found.push(serde_json::from_str(&text(&row, 0)?).map_err(broken)?);
            }
        }
        found.sort_by(|a, b| (&a.name, &a.email).cmp(&(&b.name, &b.email)));
        Ok(found)
    }

    async fn put_code(
        &self,
        account: AccountId,
        code_hash: &str,
        sent_at: Instant,
        expires_at: Instant,
    ) -> Result<(), Fault> {
        codes::put(self, account, code_hash, sent_at, expires_at).await
    }

    async fn code(&self, code_hash: &str, now: Instant) -> Result<Option<AccountId>, Fault> {
        codes::find(self, code_hash, now).await
    }

    async fn claim_code(
        &self,
        code_hash: &str,
        now: Instant,
        until: Instant,
    ) -> Result<Option<AccountId>, Fault> {
        codes::claim(self, code_hash, now, until).await
    }

    async fn release_code(&self, account: AccountId) -> Result<(), Fault> {
        codes::release(self, account).await
    }

    async fn end_code(&self, account: AccountId) -> Result<(), Fault> {
        codes::end(self, account).await
    }

    async fn codes_of(&self, accounts: &[AccountId]) -> Result<Vec<(AccountId, Instant)>, Fault> {
        uses::moments(self, "expires_at", "activation_code", accounts).await
    }

    async fn ask_for_code(&self, email: &str, now: Instant) -> Result<(), Fault> {
        codes::ask(self, email, now).await
    }

    async fn take_asked(&self, most: i64) -> Result<Vec<String>, Fault> {
        codes::take_asked(self, most).await
    }

    async fn note_use(&self, account: AccountId, now: Instant) -> Result<(), Fault> {
        uses::note(self, account, now).await
    }

    async fn begin_counting(&self, now: Instant) -> Result<u64, Fault> {
        uses::begin_counting(self, now).await
    }

    async fn uses_of(&self, accounts: &[AccountId]) -> Result<Vec<(AccountId, Instant)>, Fault> {
        uses::moments(self, "last_at", "account_use", accounts).await
    }

    async fn unused_since(
        &self,
        before: Instant,
        after: Option<(AccountId, Instant)>,
        limit: i64,
    ) -> Result<Vec<(AccountId, Instant)>, Fault> {
        uses::unused_since(self, before, after, limit).await
    }

    async fn claim_mail(
        &self,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<WaitingMail>, Fault> {
        mail::claim(self, now, until, most).await
    }

    async fn refused_by_mail(&self, accounts: &[AccountId]) -> Result<Vec<AccountId>, Fault> {
        mail::refused(self, accounts).await
    }

    async fn settle_mail(&self, id: Uuid, fate: MailFate) -> Result<(), Fault> {
        mail::settle(self, id, fate).await
    }

    async fn announcements(&self, ending_after: Instant) -> Result<Vec<Announcement>, Fault> {
        support::announcements(self, ending_after).await
    }

    async fn help(&self, id: HelpRequestId) -> Result<Option<KeptHelp>, Fault> {
        support::help(self, id).await
    }

    async fn help_of(&self, account: AccountId, limit: i64) -> Result<Vec<KeptHelp>, Fault> {
        support::help_of(self, account, limit).await
    }

    async fn help_waiting(&self, limit: i64) -> Result<Vec<KeptHelp>, Fault> {
        support::help_waiting(self, limit).await
    }
}
