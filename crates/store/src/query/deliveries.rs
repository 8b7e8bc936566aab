//! Deliveries as alarms, and added up for a day. What is outstanding and from when on
//! it is an alarm was worked out when the row was put.

use super::{count, id};
use crate::{
    Store,
    error::{broken, fault},
};
use app::ports::{CourtAlarms, DeliverySum, DeliverySummary, Fault, Whose};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use vocabulary::{CourtId, HearingId, Instant, OrganisationId};

/// The tables of a delivery with the court that sent it.
const SENT: &str = "delivery_index d \
    join document_index o on o.document_id = d.document_id \
    join hearing_index h on h.hearing_id = o.hearing_id";

pub(super) async fn alarms_of(
    store: &Store,
    court: CourtId,
    now: Instant,
    limit: i64,
) -> Result<CourtAlarms, Fault> {
    // Of more than can be shown: the urgent, those for which somebody waits, and what was to
    // arrive soonest: no warrant is left out for letters that nobody posted.
    let sql = format!(
        "select d.delivery_id, d.document_id, count(*) over (), \
         count(case when d.taken is null then 1 end) over () from {SENT} \
         where d.alarm_from <= $1 and h.court_id = $2 \
         order by d.urgent desc, case when d.channel = 'inbox' then 0 else 1 end, \
         d.must_acknowledge desc, case when d.state = 'failed' then 0 else 1 end, \
         d.alarm_from - d.requested, d.alarm_from, d.delivery_id limit $3"
    );
    let rows = store
        .all(
            sqlx::query(AssertSqlSafe(sql))
                .bind(now.micros())
                .bind(court.to_string())
                .bind(limit),
        )
        .await?;
    let of_all = |column| rows.first().map_or(Ok(0), |row| count(row, column));
    Ok(CourtAlarms {
        total: of_all(2)?,
        unowned: of_all(3)?,
        first: rows.iter().map(summary).collect::<Result<_, _>>()?,
    })
}

pub(super) async fn alarm_figures(
    store: &Store,
    now: Instant,
) -> Result<(u64, Option<Instant>), Fault> {
    let row = store
        .one(
            sqlx::query(
                "select count(*), min(alarm_from) from delivery_index where alarm_from <= $1",
            )
            .bind(now.micros()),
        )
        .await?;
    let Some(row) = row else { return Ok((0, None)) };
    let oldest: Option<i64> = row.try_get(1).map_err(|e| fault(&e))?;
    Ok((count(&row, 0)?, oldest.map(Instant::from_micros)))
}

pub(super) async fn alarms_since(
    store: &Store,
    after: Instant,
    until: Instant,
) -> Result<Vec<(HearingId, CourtId)>, Fault> {
    let rows = store
        .all(
            sqlx::query(
                "select distinct o.hearing_id, h.court_id from delivery_index d \
                 join document_index o on o.document_id = d.document_id \
                 join hearing_index h on h.hearing_id = o.hearing_id \
                 where d.alarm_from > $1 and d.alarm_from <= $2",
            )
            .bind(after.micros())
            .bind(until.micros()),
        )
        .await?;
    rows.iter()
        .map(|row| Ok((id(row, 0)?, id(row, 1)?)))
        .collect()
}

pub(super) async fn added_up(
    store: &Store,
    whose: Whose,
    from: Instant,
    to: Instant,
) -> Result<Vec<DeliverySum>, Fault> {
    let (tables, condition, key) = of(whose);
    // What arrived is what the alarms take for arrived, as it was worked out for the row.
    let sql = format!(
        "select d.organisation_id, d.channel, count(*), \
         count(case when d.arrived = 1 then 1 end), \
         count(d.acknowledged), \
         count(case when d.state = 'failed' then 1 end), \
         count(case when d.state = 'stopped' then 1 end), \
         count(d.settled), \
         count(case when d.outstanding = 1 then 1 end) \
         from {tables} where d.requested >= $1 and d.requested < $2 and {condition} = $3 \
         group by d.organisation_id, d.channel order by d.organisation_id, d.channel"
    );
    let rows = store
        .all(
            sqlx::query(AssertSqlSafe(sql))
                .bind(from.micros())
                .bind(to.micros())
                .bind(key),
        )
        .await?;
    rows.iter()
        .map(|row| {
            let organisation: Option<String> = row.try_get(0).map_err(|e| fault(&e))?;
            let organisation: Option<OrganisationId> = organisation
                .map(|own| own.parse().map_err(broken))
                .transpose()?;
            Ok(DeliverySum {
                organisation,
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

pub(super) async fn outstanding(
    store: &Store,
    whose: Whose,
    (from, to): (Instant, Instant),
    limit: i64,
) -> Result<Vec<DeliverySummary>, Fault> {
    let (tables, condition, key) = of(whose);
    let sql = format!(
        "select d.delivery_id, d.document_id from {tables} \
         where d.outstanding = 1 and d.requested >= $1 and d.requested < $2 \
         and {condition} = $3 order by d.requested, d.delivery_id limit $4"
    );
    let rows = store
        .all(
            sqlx::query(AssertSqlSafe(sql))
                .bind(from.micros())
                .bind(to.micros())
                .bind(key)
                .bind(limit),
        )
        .await?;
    rows.iter().map(summary).collect()
}

/// Tables, column and key of whose deliveries are asked for.
fn of(whose: Whose) -> (&'static str, &'static str, String) {
    match whose {
        Whose::SentBy(court) => (SENT, "h.court_id", court.to_string()),
        Whose::SentTo(own) => ("delivery_index d", "d.organisation_id", own.to_string()),
    }
}

fn summary(row: &AnyRow) -> Result<DeliverySummary, Fault> {
    Ok(DeliverySummary {
        delivery_id: id(row, 0)?,
        document_id: id(row, 1)?,
    })
}
