//! Documents and deliveries: what is to be made and delivered, what lies in an inbox.

use super::id;
use crate::Store;
use app::ports::{DeliverySummary, Fault};
use std::collections::HashSet;
use vocabulary::{DeliveryId, DocumentId, HearingId, OrganisationId};

pub(super) async fn of_hearing(
    store: &Store,
    hearing: HearingId,
) -> Result<Vec<DocumentId>, Fault> {
    store
        .ids(
            sqlx::query(
                "select document_id from document_index where hearing_id = $1 \
                 order by requested, document_id",
            )
            .bind(hearing.to_string()),
        )
        .await
}

/// Of more than can be shown, first those for which the court waits: no warrant that
/// nobody acknowledged is left out for what came later.
pub(super) async fn deliveries_to(
    store: &Store,
    organisation: OrganisationId,
    limit: i64,
) -> Result<Vec<DeliverySummary>, Fault> {
    let of = async |outstanding: bool, limit: i64| {
        // The word stands in the text: only so is its index asked.
        let sql = format!(
            "select delivery_id, document_id from delivery_index \
             where organisation_id = $1 and received is not null and outstanding = {} \
             order by received desc, delivery_id limit $2",
            i32::from(outstanding)
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(organisation.to_string())
            .bind(limit);
        store.all(query).await
    };
    let mut rows = of(true, limit).await?;
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 {
        rows.extend(of(false, left).await?);
    }
    let all: Result<Vec<DeliverySummary>, Fault> = rows
        .iter()
        .map(|row| {
            Ok(DeliverySummary {
                delivery_id: id(row, 0)?,
                document_id: id(row, 1)?,
            })
        })
        .collect();
    // One that was acknowledged between the two questions is in both.
    let mut seen = HashSet::new();
    let mut all = all?;
    all.retain(|own| seen.insert(own.delivery_id));
    Ok(all)
}

pub(super) async fn of_delivery(
    store: &Store,
    delivery: DeliveryId,
) -> Result<Option<DocumentId>, Fault> {
    store
        .id(
            sqlx::query("select document_id from delivery_index where delivery_id = $1")
                .bind(delivery.to_string()),
        )
        .await
}

pub(super) async fn to_make(store: &Store, limit: i64) -> Result<Vec<DocumentId>, Fault> {
    store
        .ids(
            sqlx::query(
                "select document_id from document_index where made = 0 \
                 order by requested, document_id limit $1",
            )
            .bind(limit),
        )
        .await
}

pub(super) async fn to_deliver(store: &Store, limit: i64) -> Result<Vec<DocumentId>, Fault> {
    store
        .ids(
            sqlx::query(
                "select document_id from delivery_index where waiting = 1 \
                 group by document_id \
                 order by min(requested), document_id limit $1",
            )
            .bind(limit),
        )
        .await
}
