//! What the Legal Aid Agency was told.

use super::{count, id, number, text};
use crate::{Store, error::broken};
use app::ports::{Fault, LegalAidMessage};
use vocabulary::{CaseId, Instant};

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

/// Cases with an order that waits for a firm.
pub(super) async fn awaiting(store: &Store, limit: i64) -> Result<Vec<CaseId>, Fault> {
    let query = sqlx::query(
        "select case_id from case_party where part = 'awaited' \
         order by received_at, case_id limit $1",
    )
    .bind(limit);
    let mut found: Vec<CaseId> = Vec::new();
    for row in store.all(query).await? {
        let case = id(&row, 0)?;
        // Two firms may be awaited in one.
        if found.last() != Some(&case) {
            found.push(case);
        }
    }
    Ok(found)
}
