//! The right to be forgotten: a key is destroyed, and with it every body and
//! snapshot sealed under it. The events stay in their chain, closed for ever.

use crate::{Store, error::StoreError};
use sqlx::Executor;
use uuid::Uuid;
use vocabulary::Instant;

impl Store {
    /// Destroys the key of a case or other owner and remakes everything derived
    /// without it. Rare, and as slow as a rebuild.
    ///
    /// # Errors
    /// If there is no such key, or the database fails; a key that is destroyed
    /// stays destroyed even if the rebuild after it has to be run again.
    pub async fn forget(&self, owner: Uuid, at: Instant) -> Result<(), StoreError> {
        let mut writing = self.database().write().await?;
        let destroyed = sqlx::query(
            "update data_key set wrapped = $2, destroyed_at = $3 \
             where owner = $1 and destroyed_at is null",
        )
        .bind(owner.to_string())
        .bind(Vec::<u8>::new())
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
