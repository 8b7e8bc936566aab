//! What a person typed in a hearing that is theirs no longer. It names people of a case that they
//! lost, so it goes from this computer at the next contact; and it is the work of a sitting, which
//! nobody else has. So it is left with the court first, and forgotten once the court says that it
//! is in the record, never before: a server that does not answer, or takes it not, leaves it here.
//! A server that was restored to before the hearing says the same of it, and is left the same.

use super::{Local, cannot_keep, cannot_read};
use crate::Client;
use contract::{
    Code, Problem,
    hearing::{Closed, LeaveWords},
};
use serde_json::json;
use sqlx::Row;
use vocabulary::{AccountId, HearingId};

/// Hearings in one question to the server.
const AT_ONCE: usize = 200;

impl Local {
    /// Asks the server which of the hearings, in which this person typed something that is kept
    /// here, are closed to them; leaves it with the court and forgets it, whichever window kept
    /// it. Answers of how many hearings.
    ///
    /// # Errors
    /// The server cannot be asked or does not take it all, or the file not be read or written;
    /// what was not taken stays.
    pub async fn forget_lost(&self, client: &Client, account: AccountId) -> Result<usize, Problem> {
        let kept = self.kept_hearings(account).await?;
        let (mut gone, mut refused) = (0, None);
        for hearings in kept.chunks(AT_ONCE) {
            let hearings = hearings.to_vec();
            let closed = client.hearing_closed(&Closed { hearings }).await?.closed;
            for hearing in closed {
                match self.leave(client, hearing, account).await {
                    Ok(()) => gone += 1,
                    // What is refused holds up nothing else.
                    Err(problem) if ends(&problem) => return Err(problem),
                    Err(problem) => refused = Some(problem),
                }
            }
        }
        if gone > 0 {
            tracing::info!(
                gone,
                "what was typed in hearings that are closed now is with the court"
            );
        }
        match refused {
            Some(problem) => Err(problem),
            None => Ok(gone),
        }
    }

    /// The hearings of which this account keeps something here.
    async fn kept_hearings(&self, account: AccountId) -> Result<Vec<HearingId>, Problem> {
        let rows = sqlx::query(
            "select hearing_id from draft where account_id = $1
             union select hearing_id from words where account_id = $1",
        )
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

    /// Leaves all of it with the court, that of other windows too, and forgets each as soon as it
    /// is in the record, so that nothing of it is in the files.
    async fn leave(
        &self,
        client: &Client,
        hearing: HearingId,
        account: AccountId,
    ) -> Result<(), Problem> {
        let kept = sqlx::query(
            "select window_id, body from draft where hearing_id = $1 and account_id = $2",
        )
        .bind(hearing.to_string())
        .bind(account.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| cannot_read(&error.to_string()))?;
        for row in kept {
            let (window, body): (String, String) = (row.get(0), row.get(1));
            let leave = LeaveWords {
                hearing_id: hearing,
                words: body.clone(),
            };
            client.hearing_leave_words(&leave).await?;
            // What a window kept meanwhile is another, and goes the same way next time.
            sqlx::query(
                "delete from draft where hearing_id = $1 and account_id = $2 \
                 and window_id = $3 and body = $4",
            )
            .bind(hearing.to_string())
            .bind(account.to_string())
            .bind(window)
            .bind(body)
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        }
        for (place, text) in self.kept_words((hearing, account)).await? {
            let beside = json!({ "lines": [], "unresolved": [], "notes": [&text] });
            let leave = LeaveWords {
                hearing_id: hearing,
                words: beside.to_string(),
            };
            client.hearing_leave_words(&leave).await?;
            sqlx::query(
                "delete from words where hearing_id = $1 and account_id = $2 \
                 and place = $3 and body = $4",
            )
            .bind(hearing.to_string())
            .bind(account.to_string())
            .bind(place)
            .bind(text)
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        }
        // What was written before stands in the log until it is emptied.
        sqlx::query("pragma wal_checkpoint(truncate)")
            .execute(&self.pool)
            .await
            .map_err(|error| cannot_keep(&error))?;
        Ok(())
    }
}

/// Whether nothing else will be answered either.
fn ends(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::Unreachable | Code::SignedOut | Code::Locked
    )
}
