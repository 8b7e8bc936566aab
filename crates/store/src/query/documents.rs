//! Documents and deliveries: what is to be made and delivered, what lies in an inbox.

use super::id;
use crate::Store;
use app::ports::{DeliverySummary, Fault};
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

pub(super) async fn deliveries_to(
    store: &Store,
    organisation: OrganisationId,
    limit: i64,
) -> Result<Vec<DeliverySummary>, Fault> {
    let rows = store
        .all(
            sqlx::query(
                "select delivery_id, document_id from delivery_index \
                 where organisation_id = $1 and received is not null \
                 order by received desc, delivery_id limit $2",
            )
            .bind(organisation.to_string())
            .bind(limit),
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(DeliverySummary {
                delivery_id: id(row, 0)?,
                document_id: id(row, 1)?,
            })
        })
        .collect()
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
