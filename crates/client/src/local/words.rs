//! What a person types beside the results of a hearing: the note of a log event, the reason of an
//! amendment. It is kept by its place until it is recorded, so that a crash loses none of it.

use super::{Local, cannot_keep, cannot_read, now_micros};
use contract::Problem;
use sqlx::Row;
use std::collections::BTreeMap;
use vocabulary::{AccountId, HearingId};

impl Local {
    /// Keeps the words of a place, in place of what was typed there before; no words forget it.
    ///
    /// # Errors
    /// It could not be written.
    pub async fn keep_words(
        &self,
        (hearing, account): (HearingId, AccountId),
        place: &str,
        text: &str,
    ) -> Result<(), Problem> {
        let keeping = if text.is_empty() {
            sqlx::query(
                "delete from words where hearing_id = $1 and account_id = $2 and place = $3",
            )
        } else {
            sqlx::query(
                "insert into words (hearing_id, account_id, place, body, kept_at)
                 values ($1, $2, $3, $4, $5)
                 on conflict (hearing_id, account_id, place)
                 do update set body = excluded.body, kept_at = excluded.kept_at",
            )
        };
        let mut keeping = keeping
            .bind(hearing.to_string())
            .bind(account.to_string())
            .bind(place);
        if !text.is_empty() {
            keeping = keeping.bind(text).bind(now_micros());
        }
        let kept = keeping.execute(&self.pool).await;
        kept.map_err(|error| cannot_keep(&error))?;
        Ok(())
    }

    /// The words that this account keeps for this hearing, by their place.
    ///
    /// # Errors
    /// They could not be read.
    pub async fn kept_words(
        &self,
        (hearing, account): (HearingId, AccountId),
    ) -> Result<BTreeMap<String, String>, Problem> {
        let rows =
            sqlx::query("select place, body from words where hearing_id = $1 and account_id = $2")
                .bind(hearing.to_string())
                .bind(account.to_string())
                .fetch_all(&self.pool)
                .await
                .map_err(|error| cannot_read(&error.to_string()))?;
        let each = rows.iter().map(|row| (row.get(0), row.get(1)));
        Ok(each.collect())
    }
}
