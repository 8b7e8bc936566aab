//! Batches of letters: which letters each has stays as it was begun, so that it can be
//! written again the same.

use super::{batch_id, letter};
use crate::{Store, error::fault, query::number};
use app::ports::{Fault, PostBatch, Printed};
use uuid::Uuid;
use vocabulary::{DeliveryId, Instant};

/// A letter that waits and is in no batch that is being printed. One that came back and is to be
/// posted again was in an earlier one.
const WAITS: &str = "from delivery_index d where d.waiting = 3 and not exists \
                     (select 1 from post_letter l join post_batch b on b.batch_id = l.batch_id \
                     where l.delivery_id = d.delivery_id and b.ended = 0)";

pub(super) async fn waits(store: &Store) -> Result<bool, Fault> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("select 1 {WAITS} limit 1")))
        .fetch_optional(store.pool())
        .await
        .map_err(|e| fault(&e))?;
    Ok(row.is_some())
}

pub(super) async fn open(store: &Store) -> Result<Option<PostBatch>, Fault> {
    let row = sqlx::query(
        "select batch_id, begun_at from post_batch where ended = 0 order by begun_at limit 1",
    )
    .fetch_optional(store.pool())
    .await
    .map_err(|e| fault(&e))?;
    let Some(row) = row else { return Ok(None) };
    let id = batch_id(&row, 0)?;
    let rows = sqlx::query(
        "select delivery_id, document_id from post_letter where batch_id = $1 order by place",
    )
    .bind(id.to_string())
    .fetch_all(store.pool())
    .await
    .map_err(|e| fault(&e))?;
    Ok(Some(PostBatch {
        id,
        begun: Instant::from_micros(number(&row, 1)?),
        letters: rows.iter().map(letter).collect::<Result<_, _>>()?,
    }))
}

pub(super) async fn begin(
    store: &Store,
    id: Uuid,
    at: Instant,
    most: i64,
) -> Result<PostBatch, Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    sqlx::query("insert into post_batch (batch_id, begun_at, ended) values ($1, $2, 0)")
        .bind(id.to_string())
        .bind(at.micros())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "select d.delivery_id, d.document_id {WAITS} order by d.requested, d.delivery_id limit $1"
    )))
    .bind(most)
    .fetch_all(writing.connection())
    .await
    .map_err(|e| fault(&e))?;
    let letters: Vec<_> = rows.iter().map(letter).collect::<Result<_, _>>()?;
    for (place, letter) in (0_i64..).zip(&letters) {
        sqlx::query(
            "insert into post_letter (delivery_id, document_id, batch_id, place, told) \
             values ($1, $2, $3, $4, 0) \
             on conflict (delivery_id) do update \
             set batch_id = excluded.batch_id, place = excluded.place, told = 0",
        )
        .bind(letter.delivery.to_string())
        .bind(letter.document.to_string())
        .bind(id.to_string())
        .bind(place)
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    }
    writing.commit().await.map_err(|e| fault(&e))?;
    Ok(PostBatch {
        id,
        begun: at,
        letters,
    })
}

pub(super) async fn end(store: &Store, id: Uuid, told: &[DeliveryId]) -> Result<(), Fault> {
    let mut writing = store.database().write().await.map_err(|e| fault(&e))?;
    for delivery in told {
        sqlx::query("update post_letter set told = 1 where delivery_id = $1")
            .bind(delivery.to_string())
            .execute(writing.connection())
            .await
            .map_err(|e| fault(&e))?;
    }
    sqlx::query("update post_batch set ended = 1 where batch_id = $1")
        .bind(id.to_string())
        .execute(writing.connection())
        .await
        .map_err(|e| fault(&e))?;
    writing.commit().await.map_err(|e| fault(&e))
}

/// A superseded document has a copy that says so, once that is made.
pub(super) async fn to_recall(store: &Store) -> Result<Vec<Printed>, Fault> {
    let rows = sqlx::query(
        "select l.delivery_id, l.document_id, l.batch_id from post_letter l \
         join post_batch b on b.batch_id = l.batch_id \
         join document_index d on d.document_id = l.document_id \
         where b.ended = 1 and l.told = 0 and d.marked_sha256 is not null \
         order by b.begun_at, l.place",
    )
    .fetch_all(store.pool())
    .await
    .map_err(|e| fault(&e))?;
    rows.iter()
        .map(|row| {
            Ok(Printed {
                letter: letter(row)?,
                batch: batch_id(row, 2)?,
            })
        })
        .collect()
}
