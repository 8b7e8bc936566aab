//! The signed tree head: how long the ledger was and with which hash it ended,
//! kept outside the database. The chain alone cannot show that its own tail
//! was cut off; this can.

use crate::{
    Store,
    error::StoreError,
    keys::{Keys, Replace, write_whole},
    ledger::{batch::end_of, event_row::GENESIS},
};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, Row};
use std::{fs, path::PathBuf};
use vocabulary::Instant;

/// A signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Position of the last event then.
    pub position: u64,
    /// Its hash.
    pub hash: String,
    /// When it was signed.
    pub at: Instant,
    /// Ed25519 signature over the three, hexadecimal.
    pub signature: String,
}

impl Checkpoint {
    /// The name of its file in the folder of the keys.
    pub const FILE: &str = "checkpoint.json";

    fn message(position: u64, hash: &str, at: Instant) -> Vec<u8> {
        format!("ledger checkpoint 1\n{position}\n{hash}\n{}\n", at.micros()).into_bytes()
    }

    pub(crate) fn signed(&self, keys: &Keys) -> bool {
        keys.signed(
            &Self::message(self.position, &self.hash, self.at),
            &self.signature,
        )
    }

    /// The last checkpoint, if there is one.
    pub(crate) fn read(keys: &Keys) -> Result<Option<Self>, StoreError> {
        let path = path(keys);
        if !path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).map_err(|e| StoreError::files(&path, e))?;
        serde_json::from_str(&text)
            .map(Some)
            .map_err(|e| StoreError::Ledger(format!("{} is damaged: {e}", path.display())))
    }

    /// What speaks against the ledger, if anything does.
    pub(crate) async fn objection(
        &self,
        keys: &Keys,
        connection: &mut AnyConnection,
    ) -> Result<Option<String>, StoreError> {
        if !self.signed(keys) {
            return Ok(Some(
                "the checkpoint is not signed by this server's key".to_owned(),
            ));
        }
        if self.position == 0 {
            return Ok(None);
        }
        let row = sqlx::query("select hash from ledger_event where position = $1")
            .bind(i64::try_from(self.position).unwrap_or(i64::MAX))
            .fetch_optional(connection)
            .await?;
        let Some(row) = row else {
            return Ok(Some(format!(
                "its end was removed: when it was signed it had {} events, the last of {}, and it \
                 no longer reaches that far",
                self.position, self.at
            )));
        };
        let hash: String = row.try_get(0)?;
        Ok((hash != self.hash).then(|| {
            format!(
                "the event at position {} is not the one that was signed",
                self.position
            )
        }))
    }
}

fn path(keys: &Keys) -> PathBuf {
    keys.folder().join(Checkpoint::FILE)
}

impl Store {
    /// Signs where the ledger stands and writes it to the keys folder.
    ///
    /// # Errors
    /// If the ledger contradicts the checkpoint that is there: that one stays, as
    /// the evidence.
    pub async fn checkpoint(&self) -> Result<Checkpoint, StoreError> {
        let mut reading = self.database().begin_reading().await?;
        if let Some(last) = Checkpoint::read(self.keys())?
            && let Some(objection) = last.objection(self.keys(), &mut reading).await?
        {
            return Err(StoreError::Ledger(objection));
        }
        let (position, hash) = end_of(&mut *reading)
            .await
            .map_err(|e| StoreError::Ledger(e.to_string()))?;
        let at: i64 = match position {
            0 => 0,
            _ => sqlx::query("select at from ledger_event where position = $1")
                .bind(position)
                .fetch_one(&mut *reading)
                .await?
                .try_get(0)?,
        };
        reading.rollback().await?;
        debug_assert!(position > 0 || hash == GENESIS);
        let position = u64::try_from(position).unwrap_or(0);
        // Dated by its last event, so that the same ledger has the same checkpoint.
        let at = Instant::from_micros(at);
        let signature = self.keys().sign(&Checkpoint::message(position, &hash, at));
        let checkpoint = Checkpoint {
            position,
            hash,
            at,
            signature,
        };
        let json = serde_json::to_vec_pretty(&checkpoint)
            .map_err(|e| StoreError::Ledger(e.to_string()))?;
        let path = path(self.keys());
        write_whole(&path, &json, Replace::Yes).map_err(|e| StoreError::files(path, e))?;
        Ok(checkpoint)
    }
}
