//! Permission of single people on single cases, and openings of sensitive ones.

use super::{id, number, text};
use crate::{Store, error::fault};
use app::ports::{Fault, KeptOpening};
use domain::reading::GlassOpening;
use sqlx::{Row, any::AnyRow};
use vocabulary::{CaseId, Instant, OpeningId};

const OPENING: &str = "select opening_id, case_id, account_id, name, reason, at, reviewed_by, \
     outcome from case_opening";

fn opening(row: &AnyRow) -> Result<KeptOpening, Fault> {
    let maybe = |at| -> Result<Option<String>, Fault> { row.try_get(at).map_err(|e| fault(&e)) };
    let reviewed = match (maybe(6)?, maybe(7)?) {
        (Some(by), Some(outcome)) => Some((by, outcome)),
        _ => None,
    };
    Ok(KeptOpening {
        opening: GlassOpening {
            id: id(row, 0)?,
            case_id: id(row, 1)?,
            account: id(row, 2)?,
            name: text(row, 3)?,
            reason: text(row, 4)?,
            at: Instant::from_micros(number(row, 5)?),
        },
        reviewed,
    })
}

/// Openings of a case, newest first; or of all cases those that wait, oldest first.
pub(super) async fn openings(
    store: &Store,
    of: Option<CaseId>,
    limit: i64,
) -> Result<Vec<KeptOpening>, Fault> {
    let rows = match of {
        Some(case) => {
            let sql = with(
                OPENING,
                "where case_id = $1 order by at desc, opening_id limit $2",
            );
            let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(case.to_string());
            store.all(query.bind(limit)).await?
        }
        None => {
            let sql = with(
                OPENING,
                "where reviewed_at is null order by at, opening_id limit $1",
            );
            store
                .all(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(limit))
                .await?
        }
    };
    rows.iter().map(opening).collect()
}

/// One of them.
pub(super) async fn one(store: &Store, of: OpeningId) -> Result<Option<KeptOpening>, Fault> {
    let sql = with(OPENING, "where opening_id = $1");
    let row = store
        .one(sqlx::query(sqlx::AssertSqlSafe(sql)).bind(of.to_string()))
        .await?;
    row.as_ref().map(opening).transpose()
}

fn with(select: &str, rest: &str) -> String {
    format!("{select} {rest}")
}
