//! Whether the index says of the deliveries of a day what the ledger says. The day's
//! documents are folded from their events once more, without anything derived, and
//! each delivery is held against its row. It changes nothing and mends nothing.

use crate::{
    Store,
    error::{broken, fault},
    ledger::{
        event_row::{COLUMNS, EventRow},
        known::{Kept, Known},
    },
    query::number,
};
use app::ports::Fault;
use domain::{
    Event,
    document::{Delivery, Document},
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;
use vocabulary::Instant;

const PAGE: i64 = 1_000;

/// What the comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// Deliveries that the ledger has of the day.
    pub deliveries: usize,
    /// Documents that are forgotten: nothing can be said of them.
    pub forgotten: usize,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
}

/// A delivery as one side has it: fields by name, in words.
type Fields = BTreeMap<&'static str, String>;

/// The fields that are compared, in the order in which they are asked for.
const COMPARED: [&str; 15] = [
    "document",
    "organisation",
    "channel",
    "state",
    "requested",
    "in the inbox",
    "recipient",
    "acknowledgement required",
    "acknowledged",
    "told otherwise",
    "outstanding",
    "alarm from",
    "urgent",
    "taken on",
    "arrived",
];

impl Store {
    /// Compares the deliveries of documents asked for from one moment to before
    /// another. What is being recorded meanwhile may be on one side only, so what
    /// differs is looked at twice.
    ///
    /// # Errors
    /// If the database fails or an event does not open.
    pub async fn reconcile_deliveries(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<Reconciled, Fault> {
        let first = self.compare(from, to).await?;
        if first.differences.is_empty() {
            return Ok(first);
        }
        let mut second = self.compare(from, to).await?;
        second
            .differences
            .retain(|one| first.differences.contains(one));
        Ok(second)
    }

    async fn compare(&self, from: Instant, to: Instant) -> Result<Reconciled, Fault> {
        let (recorded, forgotten) = self.deliveries_of_ledger(from, to).await?;
        let mut indexed = self.deliveries_of_index(from, to).await?;
        let mut differences = Vec::new();
        for (id, (name, ledger)) in &recorded {
            match indexed.remove(id) {
                None => differences.push(format!(
                    "Delivery {id} ({name}, to {}) is in the ledger and not in the index.",
                    ledger["recipient"]
                )),
                Some(index) => differences.extend(COMPARED.iter().filter_map(|field| {
                    let (ledger, index) = (&ledger[field], &index[field]);
                    (ledger != index).then(|| {
                        format!(
                            "Delivery {id} ({name}): {field} is {ledger} by the ledger and {index} by the index."
                        )
                    })
                })),
            }
        }
        for (id, index) in indexed {
            if !forgotten.contains(&index["document"]) {
                differences.push(format!(
                    "Delivery {id} (to {}) is in the index and not in the ledger.",
                    index["recipient"]
                ));
            }
        }
        Ok(Reconciled {
            deliveries: recorded.len(),
            forgotten: forgotten.len(),
            differences,
        })
    }

    /// By delivery: the document's name and the fields; and the documents that no key
    /// opens any more.
    async fn deliveries_of_ledger(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<(BTreeMap<String, (String, Fields)>, HashSet<String>), Fault> {
        let sql = format!(
            "select {COLUMNS} from ledger_event \
             where position > $1 and stream_kind = 'document' and at >= $2 \
             order by position limit $3"
        );
        let mut connection = self.pool().acquire().await.map_err(|e| fault(&e))?;
        let mut known = Known::default();
        let mut documents: HashMap<String, Document> = HashMap::new();
        let mut forgotten = HashSet::new();
        let mut after = 0;
        loop {
            let page = sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(after)
                .bind(from.micros())
                .bind(PAGE)
                .fetch_all(&mut *connection)
                .await
                .map_err(|e| fault(&e))?;
            let page: Vec<EventRow> = page
                .iter()
                .map(EventRow::read)
                .collect::<Result<_, _>>()
                .map_err(|e| fault(&e))?;
            let Some(last) = page.last() else { break };
            after = last.position;
            // What was asked for on another day is none of this day's.
            let wanted: Vec<&EventRow> = page
                .iter()
                .filter(|row| row.version > 1 || row.at < to.micros())
                .collect();
            let owners: Vec<Uuid> = wanted
                .iter()
                .map(|row| row.key_owner.parse().map_err(broken))
                .collect::<Result<_, _>>()?;
            known
                .load_keys(&mut *connection, self.keys(), owners.iter().copied())
                .await?;
            for (row, owner) in wanted.into_iter().zip(owners) {
                if row.version > 1 && !documents.contains_key(&row.stream) {
                    continue;
                }
                let Some(Kept::Key(key)) = known.keys.get(&owner) else {
                    documents.remove(&row.stream);
                    let id = row.stream.split_once(':').map_or("", |(_, id)| id);
                    forgotten.insert(id.to_owned());
                    continue;
                };
                let opened = row.recorded(key)?;
                let Event::Document(event) = &opened.event else {
                    continue;
                };
                let before = documents.remove(&row.stream);
                if let Some(document) = Document::fold(before, event, opened.at) {
                    documents.insert(row.stream.clone(), document);
                }
            }
            known.keys.clear();
        }
        let all = documents.values().flat_map(|document| {
            document.deliveries.iter().map(move |delivery| {
                let fields = fields(document, delivery);
                (
                    delivery.request.id.to_string(),
                    (document.name.clone(), fields),
                )
            })
        });
        Ok((all.collect(), forgotten))
    }

    async fn deliveries_of_index(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<BTreeMap<String, Fields>, Fault> {
        let rows = sqlx::query(
            "select delivery_id, document_id, organisation_id, channel, state, requested, \
             received, recipient, must_acknowledge, acknowledged, settled, outstanding, \
             alarm_from, urgent, taken, arrived from delivery_index \
             where requested >= $1 and requested < $2",
        )
        .bind(from.micros())
        .bind(to.micros())
        .fetch_all(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        rows.iter().map(indexed).collect()
    }
}

/// What the ledger says of a delivery.
fn fields(document: &Document, delivery: &Delivery) -> Fields {
    let request = &delivery.request;
    let organisation = request.organisation.map(|own| own.to_string());
    let values = [
        document.id.to_string(),
        organisation.unwrap_or_else(none),
        request.channel.to_string(),
        delivery.state.to_string(),
        at(Some(document.requested_at)),
        at(delivery.lies_since()),
        request.name.replace('\0', "\u{fffd}"),
        yes(request.acknowledgement_required),
        at(delivery.acknowledged.as_ref().map(|(_, at)| *at)),
        at(delivery.settled.as_ref().map(|settled| settled.at)),
        yes(delivery.outstanding(document).is_some()),
        at(delivery.alarm(document).map(|(_, from)| from)),
        yes(request.limits.urgent),
        at(delivery.taken.as_ref().map(|taken| taken.since)),
        yes(delivery.arrived()),
    ];
    COMPARED.into_iter().zip(values).collect()
}

/// What the index says of a delivery.
fn indexed(row: &AnyRow) -> Result<(String, Fields), Fault> {
    let text = |column| -> Result<String, Fault> {
        let text: Option<String> = row.try_get(column).map_err(|e| fault(&e))?;
        Ok(text.unwrap_or_else(none))
    };
    let when = |column| -> Result<String, Fault> {
        let micros: Option<i64> = row.try_get(column).map_err(|e| fault(&e))?;
        Ok(at(micros.map(Instant::from_micros)))
    };
    let flag = |column| -> Result<String, Fault> { Ok(yes(number(row, column)? != 0)) };
    let values = [
        text(1)?,
        text(2)?,
        text(3)?,
        text(4)?,
        when(5)?,
        when(6)?,
        text(7)?,
        flag(8)?,
        when(9)?,
        when(10)?,
        flag(11)?,
        when(12)?,
        flag(13)?,
        when(14)?,
        flag(15)?,
    ];
    Ok((text(0)?, COMPARED.into_iter().zip(values).collect()))
}

fn none() -> String {
    "none".to_owned()
}

fn yes(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

fn at(at: Option<Instant>) -> String {
    at.map_or_else(none, |at| {
        format!("{} at {} ({})", at.day(), at.clock(), at.micros())
    })
}
