//! The right to be forgotten: a key is destroyed, and with it every body and
//! snapshot sealed under it. The events stay in their chain, closed for ever. Where the
//! key was, a signature says that this server destroyed it: whoever writes into the
//! database alone can make no case go away and call it forgotten.

use crate::{Store, error::StoreError, keys::Keys};
use sqlx::Executor;
use uuid::Uuid;
use vocabulary::Instant;

/// What is signed when a key is destroyed.
fn message(owner: &str, at: i64) -> Vec<u8> {
    format!("data key destroyed 1\n{owner}\n{at}\n").into_bytes()
}

/// Whether what stands in the place of a destroyed key says that this server destroyed it.
pub(super) fn is_proven(keys: &Keys, owner: &str, at: i64, proof: &[u8]) -> bool {
    std::str::from_utf8(proof).is_ok_and(|proof| keys.signed(&message(owner, at), proof))
}

impl Store {
    /// Destroys the key of a case or other owner and remakes everything derived
    /// without it. Rare, and as slow as a rebuild.
    ///
    /// # Errors
    /// If there is no such key, or the database fails; a key that is destroyed
    /// stays destroyed even if the rebuild after it has to be run again.
    pub async fn forget(&self, owner: Uuid, at: Instant) -> Result<(), StoreError> {
        let proof = self.keys().sign(&message(&owner.to_string(), at.micros()));
        let mut writing = self.database().write().await?;
        let destroyed = sqlx::query(
            "update data_key set wrapped = $2, destroyed_at = $3 \
             where owner = $1 and destroyed_at is null",
        )
        .bind(owner.to_string())
        .bind(proof.into_bytes())
        .bind(at.micros())
        .execute(writing.connection())
        .await?
        .rows_affected();
        writing.commit().await?;
        self.recent().clear();
        if destroyed == 0 {
            return Err(StoreError::Keys(format!(
                "there is no key of {owner} to destroy"
            )));
        }
        self.rebuild().await?;
        if self.database().dialect == crate::database::Dialect::Sqlite {
            // The journal still holds the page with the wrapped key.
            let mut connection = self.pool().acquire().await?;
            connection
                .execute("pragma wal_checkpoint(truncate)")
                .await?;
        }
        Ok(())
    }
}
