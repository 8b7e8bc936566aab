//! Passkeys as signing in needs them: what is known of each credential, and how often it was
//! used. What became of them is in the ledger, and is not read here.

mod ceremonies;

use crate::{
    Store,
    error::fault,
    query::{id, number, text},
};
use app::ports::{Ceremony, Fault, KeptPasskey, Passkeys};
use async_trait::async_trait;
use sqlx::any::AnyRow;
use vocabulary::{AccountId, Instant, PasskeyId};

#[async_trait]
impl Passkeys for Store {
    async fn passkeys(&self, account: AccountId) -> Result<Vec<KeptPasskey>, Fault> {
        let query = sqlx::query(
            "select passkey_id, account_id, name, credential_id, credential, counter, \
                 added_at, used_at, refused_at \
             from passkey where account_id = $1 order by added_at, passkey_id",
        )
        .bind(account.to_string());
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        rows.iter().map(kept).collect()
    }

    async fn credential_is_taken(&self, credential_id: &str) -> Result<bool, Fault> {
        let query = sqlx::query("select passkey_id from passkey where credential_id = $1")
            .bind(credential_id.to_owned());
        let row = self.readers().first(query).await.map_err(|e| fault(&e))?;
        Ok(row.is_some())
    }

    async fn add_passkey(&self, passkey: &KeptPasskey) -> Result<bool, Fault> {
        let query = sqlx::query(
            "insert into passkey (passkey_id, account_id, name, credential_id, credential, \
                 counter, added_at, used_at, refused_at) \
             values ($1, $2, $3, $4, $5, $6, $7, 0, 0) on conflict do nothing",
        )
        .bind(passkey.id.to_string())
        .bind(passkey.account.to_string())
        .bind(passkey.name.clone())
        .bind(passkey.credential_id.clone())
        .bind(passkey.credential.clone())
        .bind(i64::from(passkey.counter))
        .bind(passkey.added_at.micros());
        Ok(self.change(query).await? == 1)
    }

    async fn use_passkey(
        &self,
        id: PasskeyId,
        credential: &str,
        counter: u32,
        now: Instant,
    ) -> Result<bool, Fault> {
        // Those that do not count say nothing each time.
        let query = sqlx::query(
            "update passkey set credential = $1, counter = $2, used_at = $3 \
             where passkey_id = $4 and refused_at = 0 \
               and (counter < $2 or (counter = 0 and $2 = 0))",
        )
        .bind(credential.to_owned())
        .bind(i64::from(counter))
        .bind(now.micros())
        .bind(id.to_string());
        Ok(self.change(query).await? == 1)
    }

    async fn refuse_passkey(&self, id: PasskeyId, now: Instant) -> Result<bool, Fault> {
        let query = sqlx::query(
            "update passkey set refused_at = $1 where passkey_id = $2 and refused_at = 0",
        )
        .bind(now.micros())
        .bind(id.to_string());
        Ok(self.change(query).await? == 1)
    }

    async fn remove_passkey(&self, account: AccountId, id: PasskeyId) -> Result<bool, Fault> {
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        let removed = sqlx::query("delete from passkey where account_id = $1 and passkey_id = $2")
            .bind(account.to_string())
            .bind(id.to_string())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        sqlx::query(
            "delete from recovery_code where account_id = $1 \
               and not exists (select 1 from passkey p where p.account_id = $1) \
               and not exists (select 1 from second_factor f \
                               where f.account_id = $1 and f.confirmed_at > 0)",
        )
        .bind(account.to_string())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(removed.rows_affected() == 1)
    }

    async fn begin_ceremony(
        &self,
        ticket_hash: &str,
        secret_hash: &str,
        ceremony: &Ceremony,
    ) -> Result<(), Fault> {
        ceremonies::begin(self, ticket_hash, secret_hash, ceremony).await
    }

    async fn ceremony(&self, ticket_hash: &str, now: Instant) -> Result<Option<Ceremony>, Fault> {
        ceremonies::find(self, ticket_hash, now).await
    }

    async fn answer_ceremony(
        &self,
        ticket_hash: &str,
        now: Instant,
    ) -> Result<Option<Ceremony>, Fault> {
        ceremonies::answer(self, ticket_hash, now).await
    }

    async fn finish_ceremony(
        &self,
        ticket_hash: &str,
        code_hash: &str,
        ceremony: &Ceremony,
    ) -> Result<(), Fault> {
        ceremonies::finish(self, ticket_hash, code_hash, ceremony).await
    }

    async fn take_ceremony(
        &self,
        secret_hash: &str,
        now: Instant,
    ) -> Result<Option<(String, Ceremony)>, Fault> {
        ceremonies::take(self, secret_hash, now).await
    }
}

fn kept(row: &AnyRow) -> Result<KeptPasskey, Fault> {
    let moment = |at: i64| (at > 0).then(|| Instant::from_micros(at));
    Ok(KeptPasskey {
        id: id(row, 0)?,
        account: id(row, 1)?,
        name: text(row, 2)?,
        credential_id: text(row, 3)?,
        credential: text(row, 4)?,
        counter: u32::try_from(number(row, 5)?).unwrap_or(u32::MAX),
        added_at: Instant::from_micros(number(row, 6)?),
        used_at: moment(number(row, 7)?),
        refused_at: moment(number(row, 8)?),
    })
}
