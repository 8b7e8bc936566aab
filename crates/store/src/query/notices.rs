//! What a person was told, and what of it they have read.

use super::{count, id, number, text};
use crate::{Store, error::fault};
use app::ports::{Fault, KeptNotice};
use sqlx::Row;
use vocabulary::{AccountId, Instant};

pub(super) async fn of(
    store: &Store,
    account: AccountId,
    limit: i64,
) -> Result<Vec<KeptNotice>, Fault> {
    let rows = store
        .all(
            sqlx::query(
                "select n.notice_id, n.at, n.title, n.body, n.case_id, \
                 cast(case when r.notice_id is null then 0 else 1 end as bigint) \
                 from notice n left join notice_read r on r.notice_id = n.notice_id \
                 where n.account_id = $1 \
                 order by n.position desc, n.notice_id desc limit $2",
            )
            .bind(account.to_string())
            .bind(limit),
        )
        .await?;
    rows.iter()
        .map(|row| {
            let case: Option<String> = row.try_get(4).map_err(|e| fault(&e))?;
            Ok(KeptNotice {
                id: id(row, 0)?,
                at: Instant::from_micros(number(row, 1)?),
                title: text(row, 2)?,
                body: text(row, 3)?,
                case_id: case
                    .map(|case| case.parse().map_err(crate::error::broken))
                    .transpose()?,
                read: number(row, 5)? > 0,
            })
        })
        .collect()
}

pub(super) async fn unread(store: &Store, account: AccountId) -> Result<u64, Fault> {
    let row = store
        .one(
            sqlx::query(
                "select count(*) from notice n where n.account_id = $1 and not exists ( \
                     select 1 from notice_read r where r.notice_id = n.notice_id)",
            )
            .bind(account.to_string()),
        )
        .await?;
    row.map_or(Ok(0), |row| count(&row, 0))
}
