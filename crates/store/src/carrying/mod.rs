//! Deliveries on their way out of here: whose turn it is, how often each was tried,
//! and the sealed secrets of partners. Working state beside the index: the queues are
//! derived from the record, the tries are not. Letters are in `post`.

mod post;

use crate::{
    Store,
    error::{broken, fault},
    query::{count, id, number, text},
};
use app::ports::{
    Attempts, Carrying, Dead, Fate, Fault, Letter, PostBatch, Printed, Towards, Waiting,
};
use async_trait::async_trait;
use sqlx::Row;
use uuid::Uuid;
use vocabulary::{DeliveryId, Instant, OrganisationId};

/// What can be tried now: claimed by nobody, and its time has come.
macro_rules! due {
    ($select:literal, $rest:literal) => {
        concat!(
            "select ",
            $select,
            " from delivery_index d \
             left join delivery_attempt a on a.delivery_id = d.delivery_id \
             where d.waiting = 2 \
             and (a.delivery_id is null or (a.next_at <= $1 and a.claimed_until <= $1)) ",
            $rest
        )
    };
}

/// Under which name a partner's secret is sealed: not its data key's.
fn owner(organisation: OrganisationId) -> Uuid {
    Uuid::new_v5(&organisation.0, b"callback secret")
}

#[async_trait]
impl Carrying for Store {
    async fn recipients(&self, now: Instant) -> Result<Vec<Towards>, Fault> {
        // From one recipient to the next in the index, and of each only the oldest that is due:
        // a hundred thousand that wait for one partner are not read to find the others.
        let rows = sqlx::query(concat!(
            "with recursive whose(id) as ( \
             select min(organisation_id) from delivery_index where waiting = 2 \
             union all \
             select (select min(d.organisation_id) from delivery_index d \
             where d.waiting = 2 and d.organisation_id > whose.id) \
             from whose where whose.id is not null) \
             select recipient, oldest from ( \
             select whose.id as recipient, (",
            due!(
                "d.requested",
                "and d.organisation_id = whose.id order by d.requested limit 1"
            ),
            ") as oldest from whose where whose.id is not null union all select null, (",
            due!(
                "d.requested",
                "and d.organisation_id is null order by d.requested limit 1"
            ),
            ")) queues where oldest is not null order by oldest, recipient"
        ))
        .bind(now.micros())
        .fetch_all(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        rows.iter().map(|row| towards(row, 0)).collect()
    }

    async fn claim(
        &self,
        to: Towards,
        now: Instant,
        until: Instant,
        most: i64,
    ) -> Result<Vec<Attempts>, Fault> {
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        let due = match to {
            Towards::Organisation(organisation) => sqlx::query(due!(
                "d.delivery_id, d.document_id, coalesce(a.tried, 0), coalesce(a.since, $1)",
                "and d.organisation_id = $2 order by d.requested, d.delivery_id limit $3"
            ))
            .bind(now.micros())
            .bind(organisation.to_string()),
            Towards::Mailboxes => sqlx::query(due!(
                "d.delivery_id, d.document_id, coalesce(a.tried, 0), coalesce(a.since, $1)",
                "and d.organisation_id is null order by d.requested, d.delivery_id limit $2"
            ))
            .bind(now.micros()),
        };
        let rows = due
            .bind(most)
            .fetch_all(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in &rows {
            let attempts = Attempts {
                delivery: id(row, 0)?,
                document: id(row, 1)?,
                tried: count(row, 2)?,
                since: Instant::from_micros(number(row, 3)?),
            };
            // Another server may have claimed it since it was read.
            let ours = sqlx::query(
                "insert into delivery_attempt \
                     (delivery_id, tried, since, next_at, claimed_until, why) \
                 values ($1, 0, $2, $2, $3, '') \
                 on conflict (delivery_id) do update set claimed_until = excluded.claimed_until \
                 where delivery_attempt.claimed_until <= $2",
            )
            .bind(attempts.delivery.to_string())
            .bind(now.micros())
            .bind(until.micros())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
            if ours.rows_affected() > 0 {
                claimed.push(attempts);
            }
        }
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(claimed)
    }

    async fn settle(&self, fates: &[(DeliveryId, Fate)]) -> Result<(), Fault> {
        if fates.is_empty() {
            return Ok(());
        }
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        for (delivery, fate) in fates {
            let query = match fate {
                Fate::Settled => sqlx::query("delete from delivery_attempt where delivery_id = $1")
                    .bind(delivery.to_string()),
                Fate::Later { next, why } => sqlx::query(
                    "update delivery_attempt set tried = tried + 1, next_at = $2, \
                     claimed_until = 0, why = $3 where delivery_id = $1",
                )
                .bind(delivery.to_string())
                .bind(next.micros())
                .bind(why.replace('\0', "\u{fffd}")),
                Fate::Untried => sqlx::query(
                    "update delivery_attempt set claimed_until = 0 where delivery_id = $1",
                )
                .bind(delivery.to_string()),
            };
            query
                .execute(writing.connection())
                .await
                .map_err(|e| fault(&e))?;
        }
        writing.commit().await.map_err(|e| fault(&e))
    }

    async fn oldest_waiting(&self) -> Result<Option<Instant>, Fault> {
        // One queue after the other: each has an index of its own.
        let row = sqlx::query(
            "select min(oldest) from ( \
             select min(requested) as oldest from delivery_index where waiting = 1 \
             union all select min(requested) from delivery_index where waiting = 2 \
             union all select min(requested) from delivery_index where waiting = 3) queues",
        )
        .fetch_one(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        let oldest: Option<i64> = row.try_get(0).map_err(|e| fault(&e))?;
        Ok(oldest.map(Instant::from_micros))
    }

    async fn waiting(&self) -> Result<Vec<Waiting>, Fault> {
        let rows = sqlx::query(
            "select d.organisation_id, count(*), min(d.requested), \
             coalesce(max(a.tried), 0), coalesce(max(a.why), '') from delivery_index d \
             left join delivery_attempt a on a.delivery_id = d.delivery_id \
             where d.waiting = 2 \
             group by d.organisation_id order by min(d.requested), d.organisation_id",
        )
        .fetch_all(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        rows.iter()
            .map(|row| {
                Ok(Waiting {
                    to: towards(row, 0)?,
                    count: count(row, 1)?,
                    oldest: Instant::from_micros(number(row, 2)?),
                    tried: count(row, 3)?,
                    why: text(row, 4)?,
                })
            })
            .collect()
    }

    async fn sweep_attempts(&self, now: Instant) -> Result<u64, Fault> {
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        let swept = sqlx::query(
            "delete from delivery_attempt where claimed_until <= $1 and not exists ( \
             select 1 from delivery_index d \
             where d.delivery_id = delivery_attempt.delivery_id and d.waiting = 2)",
        )
        .bind(now.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(swept.rows_affected())
    }

    async fn dead(&self, of: Option<OrganisationId>, most: i64) -> Result<Vec<Dead>, Fault> {
        let rows = sqlx::query(
            "select delivery_id, document_id from delivery_index where waiting = 4 \
             and ($1 = '' or organisation_id = $1) \
             order by requested, delivery_id limit $2",
        )
        .bind(of.map(|own| own.to_string()).unwrap_or_default())
        .bind(most)
        .fetch_all(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        rows.iter()
            .map(|row| {
                Ok(Dead {
                    delivery: id(row, 0)?,
                    document: id(row, 1)?,
                })
            })
            .collect()
    }

    async fn count_dead(&self) -> Result<u64, Fault> {
        let row = sqlx::query("select count(*) from delivery_index where waiting = 4")
            .fetch_one(self.pool())
            .await
            .map_err(|e| fault(&e))?;
        count(&row, 0)
    }

    async fn make_secret(&self, organisation: OrganisationId) -> Result<[u8; 32], Fault> {
        let (secret, sealed) = self.keys().make(owner(organisation)).map_err(broken)?;
        let mut writing = self.database().write().await.map_err(|e| fault(&e))?;
        sqlx::query(
            "insert into channel_secret (organisation_id, sealed) values ($1, $2) \
             on conflict (organisation_id) do update set sealed = excluded.sealed",
        )
        .bind(organisation.to_string())
        .bind(sealed)
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
        writing.commit().await.map_err(|e| fault(&e))?;
        Ok(secret.bytes())
    }

    async fn secret(&self, organisation: OrganisationId) -> Result<Option<[u8; 32]>, Fault> {
        let row = sqlx::query("select sealed from channel_secret where organisation_id = $1")
            .bind(organisation.to_string())
            .fetch_optional(self.pool())
            .await
            .map_err(|e| fault(&e))?;
        let Some(row) = row else { return Ok(None) };
        let sealed: Vec<u8> = row.try_get(0).map_err(|e| fault(&e))?;
        let secret = self.keys().unwrap(owner(organisation), &sealed);
        Ok(Some(secret.map_err(broken)?.bytes()))
    }

    async fn open_batch(&self) -> Result<Option<PostBatch>, Fault> {
        post::open(self).await
    }

    async fn begin_batch(&self, batch: Uuid, at: Instant, most: i64) -> Result<PostBatch, Fault> {
        post::begin(self, batch, at, most).await
    }

    async fn end_batch(&self, batch: Uuid, told: &[DeliveryId]) -> Result<(), Fault> {
        post::end(self, batch, told).await
    }

    async fn letter_waits(&self) -> Result<bool, Fault> {
        post::waits(self).await
    }

    async fn to_recall(&self) -> Result<Vec<Printed>, Fault> {
        post::to_recall(self).await
    }
}

/// A column with an organisation, or with none.
fn towards(row: &sqlx::any::AnyRow, at: usize) -> Result<Towards, Fault> {
    let organisation: Option<String> = row.try_get(at).map_err(|e| fault(&e))?;
    Ok(match organisation {
        Some(own) => Towards::Organisation(own.parse().map_err(broken)?),
        None => Towards::Mailboxes,
    })
}

/// A letter in the first two columns.
fn letter(row: &sqlx::any::AnyRow) -> Result<Letter, Fault> {
    Ok(Letter {
        delivery: id(row, 0)?,
        document: id(row, 1)?,
    })
}

/// An id in a column that is no id of ours.
fn batch_id(row: &sqlx::any::AnyRow, at: usize) -> Result<Uuid, Fault> {
    text(row, at)?.parse().map_err(broken)
}
