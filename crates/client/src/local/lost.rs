//! What a person typed in a hearing that is theirs no longer. It names people of a case that they
//! lost, so it goes from this computer as soon as the server says so. What reached the server
//! stays there: it belongs to the hearing, and whoever sits in it types on.

use super::{Local, cannot_keep, cannot_read};
use crate::Client;
use contract::{Problem, hearing::Closed};
use sqlx::Row;
use vocabulary::{AccountId, HearingId};

/// Hearings in one question to the server.
const AT_ONCE: usize = 200;

impl Local {
    /// Asks the server which of the hearings, in which this person typed something that is kept
    /// here, are closed to them, and forgets it, whichever window kept it. Answers of how many.
    ///
    /// # Errors
    /// The server cannot be asked, or the file not be read or written; then nothing more goes.
    pub async fn forget_lost(&self, client: &Client, account: AccountId) -> Result<usize, Problem> {
        let kept = self.kept_hearings(account).await?;
        let mut gone = 0;
        for hearings in kept.chunks(AT_ONCE) {
            let hearings = hearings.to_vec();
            let closed = client.hearing_closed(&Closed { hearings }).await?.closed;
            for hearing in closed {
                self.forget(hearing, account).await?;
                gone += 1;
            }
        }
        if gone > 0 {
            tracing::info!(
                gone,
                "what was typed in hearings that are closed now is gone"
            );
        }
        Ok(gone)
    }

    /// The hearings of which this account keeps something here.
    async fn kept_hearings(&self, account: AccountId) -> Result<Vec<HearingId>, Problem> {
        let rows = sqlx::query("select distinct hearing_id from draft where account_id = $1")
            .bind(account.to_string())
            .fetch_all(&self.pool)
            .await
            .map_err(|error| cannot_read(&error.to_string()))?;
        rows.iter()
            .map(|row| {
                let id: String = row.get(0);
                id.parse().map_err(|_| cannot_read("no id of a hearing"))
            })
            .collect()
    }

    /// Forgets all of it, that of other windows too, so that nothing of it is in the files.
    async fn forget(&self, hearing: HearingId, account: AccountId) -> Result<(), Problem> {
        sqlx::query("delete from draft where hearing_id = $1 and account_id = $2")
            .bind(hearing.to_string())
            .bind(account.to_string())
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        // What was written before stands in the log until it is emptied.
        sqlx::query("pragma wal_checkpoint(truncate)")
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        Ok(())
    }
}
