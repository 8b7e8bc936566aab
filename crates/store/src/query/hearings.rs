//! The list of a court room, hearings whose results somebody is amending, and what was left in
//! one.

use super::{count, id, number, text};
use crate::{Store, error::fault, rows::in_list_after};
use app::ports::{Fault, HearingSummary, KeptWords};
use sqlx::{AssertSqlSafe, Row};
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
                 left join hearing_case c on c.hearing_id = h.hearing_id and c.listed = 1 \
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

/// The most that is shown of what was left in one hearing.
const MOST_LEFT: i64 = 50;

/// What was left there, or in a hearing of its cases that there is not, by whom it was closed to.
pub(super) async fn words_left(
    store: &Store,
    hearing: HearingId,
    cases: &[CaseId],
) -> Result<Vec<KeptWords>, Fault> {
    let mut about = vec![hearing.to_string()];
    about.extend(cases.iter().map(ToString::to_string));
    let (marks, about) = in_list_after(1, about);
    let sql = format!(
        "select distinct name, at, words from words_left where about_id in ({marks}) \
         order by at, name, words limit $1"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(MOST_LEFT);
    let query = about.into_iter().fold(query, |query, own| query.bind(own));
    let rows = store.all(query).await?;
    rows.iter()
        .map(|row| {
            Ok(KeptWords {
                by: text(row, 0)?,
                at: Instant::from_micros(number(row, 1)?),
                words: text(row, 2)?,
            })
        })
        .collect()
}
