//! Documents that wait for Welsh, by the court that sent them.

use super::{count, id};
use crate::Store;
use app::ports::{CourtTranslations, Fault};
use vocabulary::CourtId;

pub(super) async fn of_court(
    store: &Store,
    court: CourtId,
    limit: i64,
) -> Result<CourtTranslations, Fault> {
    // First those with which letters wait, and of these the oldest.
    let rows = store
        .all(
            sqlx::query(
                "select t.document_id, count(*) over (), \
                 count(case when t.taken is null then 1 end) over () \
                 from translation_index t \
                 join hearing_index h on h.hearing_id = t.hearing_id \
                 where t.waits = 1 and h.court_id = $1 \
                 order by t.held desc, t.requested, t.document_id limit $2",
            )
            .bind(court.to_string())
            .bind(limit),
        )
        .await?;
    let of_all = |column| rows.first().map_or(Ok(0), |row| count(row, column));
    Ok(CourtTranslations {
        total: of_all(1)?,
        unowned: of_all(2)?,
        first: rows
            .iter()
            .map(|row| id(row, 0))
            .collect::<Result<_, _>>()?,
    })
}
