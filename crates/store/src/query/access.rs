//! Permission of single people on single cases, and openings of sensitive ones.

use super::{id, number, text};
use crate::{
    Store,
    error::{broken, fault},
    rows::in_list,
};
use app::ports::{Fault, KeptOpening};
use domain::reading::GlassOpening;
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use vocabulary::{AccountId, CaseId, Instant, OpeningId, OpeningKind};

const OPENING: &str = "select opening_id, case_id, account_id, name, reason, at, reviewed_by, \
     outcome, kind from case_opening";

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
            kind: text(row, 8)?.parse().map_err(broken)?,
        },
        reviewed,
    })
}

/// Openings of a case, newest first; or of all cases those that wait, oldest first. Reasons
/// for cases of other courts are in the reports, and nobody reviews them.
pub(super) async fn openings(
    store: &Store,
    of: Option<CaseId>,
    limit: i64,
) -> Result<Vec<KeptOpening>, Fault> {
    let rows = match of {
        Some(case) => {
            let sql = with(
                OPENING,
                "where case_id = $1 and kind <> 'area' order by at desc, opening_id limit $2",
            );
            let query = sqlx::query(AssertSqlSafe(sql)).bind(case.to_string());
            store.all(query.bind(limit)).await?
        }
        None => {
            let sql = with(
                OPENING,
                "where reviewed_at is null and kind <> 'area' order by at, opening_id limit $1",
            );
            store
                .all(sqlx::query(AssertSqlSafe(sql)).bind(limit))
                .await?
        }
    };
    rows.iter().map(opening).collect()
}

/// One of them.
pub(super) async fn one(store: &Store, of: OpeningId) -> Result<Option<KeptOpening>, Fault> {
    let sql = with(OPENING, "where opening_id = $1");
    let row = store
        .one(sqlx::query(AssertSqlSafe(sql)).bind(of.to_string()))
        .await?;
    row.as_ref().map(opening).transpose()
}

/// The cases that an account opened for a reason that counts at this moment, and what was
/// opened. A review that
/// found one wrong closes the case, however often a reason was given before it; that one
/// itself it closes whatever the clocks of two servers say.
pub(crate) async fn reasons(
    store: &Store,
    account: AccountId,
    now: Instant,
) -> Result<Vec<(CaseId, OpeningKind)>, Fault> {
    let query = sqlx::query(
        "select distinct o.case_id, o.kind from case_opening o \
         where o.account_id = $1 and o.until > $2 and not exists ( \
             select 1 from case_opening w \
             where w.case_id = o.case_id and w.account_id = o.account_id \
                 and w.wrong = 1 \
                 and (w.opening_id = o.opening_id or w.reviewed_at >= o.at))",
    )
    .bind(account.to_string())
    .bind(now.micros());
    let rows = store.all(query).await?;
    let reason = |row| Ok((id(row, 0)?, text(row, 1)?.parse().map_err(broken)?));
    rows.iter().map(reason).collect()
}

/// Which of these cases are sensitive.
pub(super) async fn sensitive(store: &Store, cases: &[CaseId]) -> Result<Vec<CaseId>, Fault> {
    let mut found = Vec::new();
    for chunk in cases.chunks(256) {
        let (marks, list) = in_list(chunk.iter().map(ToString::to_string).collect());
        let sql =
            format!("select case_id from case_index where sensitive = 1 and case_id in ({marks})");
        let query = list
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, case| q.bind(case));
        for row in &store.all(query).await? {
            found.push(id(row, 0)?);
        }
    }
    Ok(found)
}

fn with(select: &str, rest: &str) -> String {
    format!("{select} {rest}")
}
