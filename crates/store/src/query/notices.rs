//! What a person was told, and what of it they have read.

use super::{count, id, number, text};
use crate::{
    Store,
    error::{broken, fault},
};
use app::ports::{Fault, KeptNotice, ToldOfCase};
use sqlx::{AssertSqlSafe, Row};
use vocabulary::{AccountId, CaseId, Day, Instant};

/// What was told of a case goes with the case: nobody reads on about one that they no
/// longer have, and whoever goes on to another office or firm leaves there what was told
/// there, as an organisation or by name. Binds the account and the day.
const STILL_THEIRS: &str = "\
     left join account_index a on n.case_id is not null and a.account_id = n.account_id \
     left join case_person p on p.case_id = n.case_id and p.account_id = n.account_id \
         and p.organisation_id = a.organisation_id \
     left join case_party q on q.case_id = n.case_id and q.organisation_id = a.organisation_id \
     left join organisation_index o on o.organisation_id = a.organisation_id \
     where n.account_id = $1 and (n.case_id is null \
         or (p.part in ('defence', 'prosecution', 'given') and (p.until is null or p.until >= $2)) \
         or (q.part in ('prosecutor', 'defence') and coalesce(p.part, '') not in ('barred', 'given')) \
         or (p.part is null and q.part <> 'former') \
         or (p.part is null and q.part is null \
             and coalesce(o.kind, '') not in ('defence_firm', 'chambers', 'prosecutor')))";

pub(super) async fn of(
    store: &Store,
    account: AccountId,
    on: Day,
    limit: i64,
) -> Result<Vec<KeptNotice>, Fault> {
    let rows = store
        .all(
            sqlx::query(AssertSqlSafe(format!(
                "select n.notice_id, n.at, n.title, n.body, n.case_id, \
                 cast(case when r.notice_id is null then 0 else 1 end as bigint), n.about, \
                 n.hearing_id \
                 from notice n left join notice_read r on r.notice_id = n.notice_id \
                 {STILL_THEIRS} \
                 order by n.position desc, n.notice_id desc limit $3"
            )))
            .bind(account.to_string())
            .bind(on.to_string())
            .bind(limit),
        )
        .await?;
    rows.iter()
        .map(|row| {
            let some =
                |at| -> Result<Option<String>, Fault> { row.try_get(at).map_err(|e| fault(&e)) };
            let case = |at| -> Result<Option<CaseId>, Fault> {
                some(at)?
                    .map(|case| case.parse().map_err(broken))
                    .transpose()
            };
            let hearing = some(7)?.map(|id| id.parse().map_err(broken)).transpose()?;
            Ok(KeptNotice {
                id: id(row, 0)?,
                at: Instant::from_micros(number(row, 1)?),
                title: text(row, 2)?,
                body: text(row, 3)?,
                case_id: case(4)?,
                about: case(6)?.or(case(4)?),
                hearing_id: hearing,
                read: number(row, 5)? > 0,
            })
        })
        .collect()
}

/// Of how many notices of each sensitive case: all, and the unread ones.
pub(super) async fn of_sensitive(
    store: &Store,
    account: AccountId,
    on: Day,
) -> Result<Vec<ToldOfCase>, Fault> {
    let rows = store
        .all(
            sqlx::query(AssertSqlSafe(format!(
                "select c.case_id, count(*), \
                 cast(sum(case when r.notice_id is null then 1 else 0 end) as bigint) \
                 from notice n \
                 join case_index c on c.case_id = coalesce(n.about, n.case_id) \
                     and c.sensitive = 1 \
                 left join notice_read r on r.notice_id = n.notice_id \
                 {STILL_THEIRS} group by c.case_id order by c.case_id"
            )))
            .bind(account.to_string())
            .bind(on.to_string()),
        )
        .await?;
    let told = |row| {
        Ok(ToldOfCase {
            case_id: id(row, 0)?,
            all: count(row, 1)?,
            unread: count(row, 2)?,
        })
    };
    rows.iter().map(told).collect()
}

pub(super) async fn unread(store: &Store, account: AccountId, on: Day) -> Result<u64, Fault> {
    let row = store
        .one(
            sqlx::query(AssertSqlSafe(format!(
                "select count(*) from notice n {STILL_THEIRS} and not exists ( \
                     select 1 from notice_read r where r.notice_id = n.notice_id)"
            )))
            .bind(account.to_string())
            .bind(on.to_string()),
        )
        .await?;
    row.map_or(Ok(0), |row| count(&row, 0))
}
