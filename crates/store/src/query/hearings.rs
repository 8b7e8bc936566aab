//! The list of a court room, and hearings whose results somebody is amending.

use super::{count, id, number, text};
use crate::{Store, error::fault};
use app::ports::{Fault, HearingSummary};
use sqlx::Row;
use vocabulary::{AccountId, CaseId, CourtroomId, Day, HearingId, Instant};

/// Hearings of a room on a day, in the order of the list.
pub(super) async fn on(
    store: &Store,
    room: CourtroomId,
    day: Day,
) -> Result<Vec<HearingSummary>, Fault> {
    let rows = store
        .all(
            sqlx::query(
                "select h.hearing_id, h.starts_at, h.kind, h.state, h.shared, c.case_id \
                 from hearing_index h \
                 left join hearing_case c on c.hearing_id = h.hearing_id \
                 where h.courtroom_id = $1 and h.day = $2 \
                 order by h.starts_at, h.hearing_id, c.place",
            )
            .bind(room.to_string())
            .bind(day.to_string()),
        )
        .await?;
    let mut list: Vec<HearingSummary> = Vec::new();
    for row in &rows {
        let hearing_id: HearingId = id(row, 0)?;
        let case: Option<String> = row.try_get(5).map_err(|e| fault(&e))?;
        let case: Option<CaseId> = case
            .map(|case| case.parse().map_err(crate::error::broken))
            .transpose()?;
        match list.last_mut().filter(|last| last.hearing_id == hearing_id) {
            Some(last) => last.cases.extend(case),
            None => list.push(HearingSummary {
                hearing_id,
                starts_at: Instant::from_micros(number(row, 1)?),
                kind: text(row, 2)?,
                state: id(row, 3)?,
                shared: count(row, 4)? > 0,
                cases: case.into_iter().collect(),
            }),
        }
    }
    Ok(list)
}

/// In the order in which they were.
pub(super) async fn amended_by(store: &Store, account: AccountId) -> Result<Vec<HearingId>, Fault> {
    let sql = "select hearing_id from hearing_index where amender = $1 \
         order by starts_at, hearing_id";
    store.ids(sqlx::query(sql).bind(account.to_string())).await
}
