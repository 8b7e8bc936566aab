//! What the Legal Aid Agency was told.

use super::{count, id, number, text};
use crate::{Store, error::broken};
use app::ports::{Fault, LegalAidMessage};
use vocabulary::Instant;

/// Newest first.
pub(super) async fn messages(
    store: &Store,
    before: Option<u64>,
    limit: i64,
) -> Result<Vec<LegalAidMessage>, Fault> {
    let before = before.map_or(i64::MAX, |n| i64::try_from(n).unwrap_or(i64::MAX));
    let query = sqlx::query(
        "select position, at, case_id, defendant_id, body from legal_aid_message \
         where position < $1 order by position desc, defendant_id limit $2",
    )
    .bind(before)
    .bind(limit);
    store
        .all(query)
        .await?
        .iter()
        .map(|row| {
            Ok(LegalAidMessage {
                position: count(row, 0)?,
                at: Instant::from_micros(number(row, 1)?),
                case_id: id(row, 2)?,
                defendant_id: id(row, 3)?,
                news: serde_json::from_str(&text(row, 4)?).map_err(broken)?,
            })
        })
        .collect()
}
