//! The daily reckoning as it is kept. Working state: a rebuild does not touch it, because it says
//! what was found before. An alarm about a delivery is stored nowhere and follows from its row;
//! this one is about rows that cannot be believed, and is what was found when they were looked at.

use crate::{
    Store,
    error::{broken, fault},
    query::{count, id, number, text},
};
use app::ports::{
    DayInAlarm, DeliverySum, Fault, Reckoned, ReckonedDay, Reckoning, Reckonings, Whose,
};
use async_trait::async_trait;
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use vocabulary::{CourtId, Day, Instant};

/// The figures that are whose, in a condition of `$1`. What no court can be told of is shown to
/// every court, and is in nobody's sums.
fn of(whose: Whose) -> (&'static str, &'static str, String) {
    match whose {
        Whose::SentBy(court) => (
            "(f.court_id = $1 or f.court_id = '')",
            "f.court_id = $1",
            court.to_string(),
        ),
        Whose::SentTo(own) => (
            "f.organisation_id = $1",
            "f.organisation_id = $1",
            own.to_string(),
        ),
    }
}

fn kept(row: &AnyRow) -> Result<ReckonedDay, Fault> {
    Ok(ReckonedDay {
        day: id(row, 0)?,
        at: Instant::from_micros(number(row, 1)?),
        requested: count(row, 2)?,
        differing: count(row, 3)?,
        differed: count(row, 4)?,
    })
}

/// A statement that finds days that are kept, with what of them is whose.
fn days(condition: &str, and: &str) -> String {
    format!(
        "select r.day, r.done_at, cast(coalesce(sum(f.requested), 0) as bigint), \
         cast(coalesce(sum(f.differing), 0) as bigint), \
         cast(coalesce(sum(f.differed), 0) as bigint) \
         from reconciliation r \
         left join reconciliation_figures f on f.day = r.day and {condition} \
         where r.done_at is not null {and} group by r.day, r.done_at order by r.day desc"
    )
}

#[async_trait]
impl Reckoning for Store {
    async fn claim_reckoning(
        &self,
        day: Day,
        now: Instant,
        until: Instant,
        again: Instant,
    ) -> Result<bool, Fault> {
        let query = sqlx::query(
            "insert into reconciliation (day, claimed_until, done_at, differing, differs_since) \
             values ($1, $2, null, 0, null) \
             on conflict (day) do update set claimed_until = excluded.claimed_until \
             where reconciliation.claimed_until <= $3 and (reconciliation.done_at is null \
             or (reconciliation.differing > 0 and reconciliation.done_at <= $4))",
        );
        let ours = self
            .change(
                query
                    .bind(day.to_string())
                    .bind(until.micros())
                    .bind(now.micros())
                    .bind(again.micros()),
            )
            .await?;
        Ok(ours > 0)
    }

    async fn keep_reckoning(
        &self,
        day: Day,
        at: Instant,
        until: Instant,
        figures: &[Reckoned],
    ) -> Result<bool, Fault> {
        let differing: u64 = figures.iter().map(|own| own.differing).sum();
        let differing = i64::try_from(differing).map_err(broken)?;
        let day = day.to_string();
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        let ours = sqlx::query(
            "update reconciliation set done_at = $2, claimed_until = 0, differing = $3, \
             differs_since = case when $3 > 0 then coalesce(differs_since, $2) end \
             where day = $1 and claimed_until = $4",
        )
        .bind(&day)
        .bind(at.micros())
        .bind(differing)
        .bind(until.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        if ours.rows_affected() == 0 {
            return Ok(false);
        }
        // What was found before and is not there any more had differed.
        sqlx::query(
            "update reconciliation_figures set requested = 0, delivered = 0, acknowledged = 0, \
             failed = 0, stopped = 0, settled = 0, outstanding = 0, differing = 0 where day = $1",
        )
        .bind(&day)
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        for Reckoned {
            court,
            sum,
            differing,
        } in figures
        {
            let figure = |of: u64| i64::try_from(of).map_err(broken);
            sqlx::query(
                "insert into reconciliation_figures (day, court_id, organisation_id, channel, \
                 requested, delivered, acknowledged, failed, stopped, settled, outstanding, \
                 differing, differed) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) \
                 on conflict (day, court_id, organisation_id, channel) do update set \
                 requested = excluded.requested, delivered = excluded.delivered, \
                 acknowledged = excluded.acknowledged, failed = excluded.failed, \
                 stopped = excluded.stopped, settled = excluded.settled, \
                 outstanding = excluded.outstanding, differing = excluded.differing, \
                 differed = case when excluded.differing > reconciliation_figures.differed \
                 then excluded.differing else reconciliation_figures.differed end",
            )
            .bind(&day)
            .bind(court.map(|own| own.to_string()).unwrap_or_default())
            .bind(
                sum.organisation
                    .map(|own| own.to_string())
                    .unwrap_or_default(),
            )
            .bind(sum.channel.as_str())
            .bind(figure(sum.requested)?)
            .bind(figure(sum.delivered)?)
            .bind(figure(sum.acknowledged)?)
            .bind(figure(sum.failed)?)
            .bind(figure(sum.stopped)?)
            .bind(figure(sum.settled)?)
            .bind(figure(sum.outstanding)?)
            .bind(figure(*differing)?)
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        }
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(true)
    }

    async fn reckonings(&self) -> Result<Reckonings, Fault> {
        let rows = self
            .readers()
            .all(sqlx::query(
                "select day, cast(case when done_at is null then 1 else 0 end as bigint), differing \
                 from reconciliation where done_at is null or differing > 0 \
                 or day = (select max(day) from reconciliation) order by day",
            ))
            .await
            .map_err(|e| fault(&e))?;
        let mut come = Reckonings::default();
        for row in &rows {
            let day: Day = id(row, 0)?;
            come.last = Some(day);
            if number(row, 1)? == 1 {
                come.open.push(day);
            }
            if number(row, 2)? > 0 {
                come.differing.push(day);
            }
        }
        Ok(come)
    }

    async fn reckoned_days(&self, whose: Whose, most: i64) -> Result<Vec<ReckonedDay>, Fault> {
        let (condition, _, key) = of(whose);
        let sql = format!("{} limit $2", days(condition, ""));
        let query = sqlx::query(AssertSqlSafe(sql)).bind(key).bind(most);
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        rows.iter().map(kept).collect()
    }

    async fn reckoned_day(&self, whose: Whose, day: Day) -> Result<Option<ReckonedDay>, Fault> {
        let (condition, _, key) = of(whose);
        let sql = days(condition, "and r.day = $2");
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(key)
            .bind(day.to_string());
        let row = self.readers().first(query).await.map_err(|e| fault(&e))?;
        row.as_ref().map(kept).transpose()
    }

    async fn reckoned_sums(&self, whose: Whose, day: Day) -> Result<Vec<DeliverySum>, Fault> {
        let (_, condition, key) = of(whose);
        let sums = [
            "requested",
            "delivered",
            "acknowledged",
            "failed",
            "stopped",
            "settled",
            "outstanding",
        ]
        .map(|figure| format!("cast(sum(f.{figure}) as bigint)"))
        .join(", ");
        let sql = format!(
            "select f.organisation_id, f.channel, {sums} from reconciliation_figures f \
             where {condition} and f.day = $2 group by f.organisation_id, f.channel \
             having sum(f.requested) > 0 order by f.organisation_id, f.channel"
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(key)
            .bind(day.to_string());
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        rows.iter()
            .map(|row| {
                let organisation = text(row, 0)?;
                let organisation = (!organisation.is_empty()).then_some(organisation);
                Ok(DeliverySum {
                    organisation: organisation
                        .map(|own| own.parse().map_err(broken))
                        .transpose()?,
                    channel: id(row, 1)?,
                    requested: count(row, 2)?,
                    delivered: count(row, 3)?,
                    acknowledged: count(row, 4)?,
                    failed: count(row, 5)?,
                    stopped: count(row, 6)?,
                    settled: count(row, 7)?,
                    outstanding: count(row, 8)?,
                })
            })
            .collect()
    }

    async fn days_in_alarm(&self, court: CourtId) -> Result<Vec<DayInAlarm>, Fault> {
        // Who took it on is put with the event that says so. Once it agreed, that is over.
        let query = sqlx::query(
            "select r.day, coalesce(r.differs_since, 0), cast(sum(f.requested) as bigint), \
             cast(sum(f.differing) as bigint), max(o.account_id), max(o.name), max(o.since) \
             from reconciliation r join reconciliation_figures f on f.day = r.day \
             left join reconciliation_owner o on o.day = r.day and o.court_id = $1 \
             and o.since >= r.differs_since \
             where r.differing > 0 and (f.court_id = $1 or f.court_id = '') \
             group by r.day, r.differs_since having sum(f.differing) > 0 order by r.day desc",
        )
        .bind(court.to_string());
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        rows.iter()
            .map(|row| {
                let account: Option<String> = row.try_get(4).map_err(|e| fault(&e))?;
                let owner = match account {
                    None => None,
                    Some(account) => Some((
                        account.parse().map_err(broken)?,
                        text(row, 5)?,
                        Instant::from_micros(number(row, 6)?),
                    )),
                };
                Ok(DayInAlarm {
                    day: id(row, 0)?,
                    since: Instant::from_micros(number(row, 1)?),
                    requested: count(row, 2)?,
                    differing: count(row, 3)?,
                    owner,
                })
            })
            .collect()
    }
}
