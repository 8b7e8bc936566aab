//! Whether the index says of the deliveries of a day what the ledger says. The day's
//! documents are folded from their events once more, without anything derived, and
//! each delivery is held against its row. It changes nothing and mends nothing. What the
//! ledger says is added up by court, recipient and channel, for the daily reckoning.

use crate::{
    Store,
    error::{broken, fault},
    ledger::{
        event_row::{COLUMNS, EventRow},
        known::{Kept, Known},
    },
    query::{id, number},
    rows::in_list,
};
use app::ports::{DeliverySum, Fault, Reckoned};
use domain::{
    Event,
    document::{Delivery, Document},
};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;
use vocabulary::{Channel, CourtId, DeliveryState, HearingId, Instant, OrganisationId};

const PAGE: i64 = 1_000;
/// Hearings whose courts are asked for at once.
const HEARINGS: usize = 256;

/// What the comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// Deliveries that the ledger has of the day.
    pub deliveries: usize,
    /// Documents that are forgotten: nothing can be said of them.
    pub forgotten: usize,
    /// What differs, one sentence each.
    pub differences: Vec<String>,
    /// What the ledger says, added up, and in how many deliveries the index differs.
    pub agencies: Vec<Reckoned>,
}

/// A delivery as one side has it: fields by name, in words.
type Fields = BTreeMap<&'static str, String>;
/// Which figures a delivery is of: those of a court, a recipient and a channel.
type Of = (Option<CourtId>, Option<OrganisationId>, &'static str);

/// A delivery as the ledger has it.
struct Recorded {
    name: String,
    hearing: HearingId,
    organisation: Option<OrganisationId>,
    channel: Channel,
    /// Delivered, acknowledged, failed, stopped, settled, outstanding.
    counts: [bool; 6],
    fields: Fields,
}

/// One thing that differs.
struct Difference {
    delivery: String,
    of: Of,
    says: String,
}

/// Both sides, once.
struct Sides {
    recorded: BTreeMap<String, Recorded>,
    courts: HashMap<HearingId, CourtId>,
    forgotten: usize,
    differences: Vec<Difference>,
}

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
    /// another, and adds up what the ledger says. What is being recorded meanwhile may be on
    /// one side only, so what differs is looked at twice.
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
            return Ok(first.reckoned());
        }
        let before: HashSet<String> = first.differences.into_iter().map(|own| own.says).collect();
        let mut second = self.compare(from, to).await?;
        second.differences.retain(|one| before.contains(&one.says));
        Ok(second.reckoned())
    }

    async fn compare(&self, from: Instant, to: Instant) -> Result<Sides, Fault> {
        let (recorded, forgotten) = self.deliveries_of_ledger(from, to).await?;
        let mut indexed = self.deliveries_of_index(from, to).await?;
        let courts = self.courts_of(recorded.values()).await?;
        let mut differences = Vec::new();
        for (id, ledger) in &recorded {
            let name = &ledger.name;
            let mut differs = |says: String| {
                differences.push(Difference {
                    delivery: id.clone(),
                    of: ledger.of(&courts),
                    says,
                });
            };
            match indexed.remove(id) {
                None => differs(format!(
                    "Delivery {id} ({name}, to {}) is in the ledger and not in the index.",
                    ledger.fields["recipient"]
                )),
                Some((_, index)) => {
                    for field in COMPARED {
                        let (ledger, index) = (&ledger.fields[field], &index[field]);
                        if ledger != index {
                            differs(format!(
                                "Delivery {id} ({name}): {field} is {ledger} by the ledger and {index} by the index."
                            ));
                        }
                    }
                }
            }
        }
        for (id, (court, index)) in indexed {
            if !forgotten.contains(&index["document"]) {
                // A word that is none was written by nobody here.
                let channel: Option<Channel> = index["channel"].parse().ok();
                differences.push(Difference {
                    of: (
                        court,
                        index["organisation"].parse().ok(),
                        channel.unwrap_or(Channel::FileOnly).as_str(),
                    ),
                    says: format!(
                        "Delivery {id} (to {}) is in the index and not in the ledger.",
                        index["recipient"]
                    ),
                    delivery: id,
                });
            }
        }
        Ok(Sides {
            recorded,
            courts,
            forgotten: forgotten.len(),
            differences,
        })
    }

    /// The courts of the hearings of these.
    async fn courts_of(
        &self,
        deliveries: impl Iterator<Item = &Recorded>,
    ) -> Result<HashMap<HearingId, CourtId>, Fault> {
        let hearings: HashSet<HearingId> = deliveries.map(|own| own.hearing).collect();
        let hearings: Vec<String> = hearings.iter().map(ToString::to_string).collect();
        let mut courts = HashMap::new();
        for some in hearings.chunks(HEARINGS) {
            let (marks, list) = in_list(some.to_vec());
            let query = list.into_iter().fold(
                sqlx::query(AssertSqlSafe(format!(
                    "select hearing_id, court_id from hearing_index where hearing_id in ({marks})"
                ))),
                |query, hearing| query.bind(hearing),
            );
            for row in &self.readers().all(query).await.map_err(|e| fault(&e))? {
                courts.insert(id(row, 0)?, id(row, 1)?);
            }
        }
        Ok(courts)
    }

    /// By delivery; and the documents that no key opens any more.
    async fn deliveries_of_ledger(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<(BTreeMap<String, Recorded>, HashSet<String>), Fault> {
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
            let of = move |delivery: &Delivery| {
                let recorded = Recorded::of_delivery(document, delivery);
                (delivery.request.id.to_string(), recorded)
            };
            document.deliveries.iter().map(of)
        });
        Ok((all.collect(), forgotten))
    }

    async fn deliveries_of_index(
        &self,
        from: Instant,
        to: Instant,
    ) -> Result<BTreeMap<String, (Option<CourtId>, Fields)>, Fault> {
        let rows = sqlx::query(
            "select d.delivery_id, d.document_id, d.organisation_id, d.channel, d.state, \
             d.requested, d.received, d.recipient, d.must_acknowledge, d.acknowledged, d.settled, \
             d.outstanding, d.alarm_from, d.urgent, d.taken, d.arrived, coalesce(h.court_id, '') \
             from delivery_index d \
             left join document_index o on o.document_id = d.document_id \
             left join hearing_index h on h.hearing_id = o.hearing_id \
             where d.requested >= $1 and d.requested < $2",
        )
        .bind(from.micros())
        .bind(to.micros())
        .fetch_all(self.pool())
        .await
        .map_err(|e| fault(&e))?;
        rows.iter().map(indexed).collect()
    }
}

impl Recorded {
    fn of_delivery(document: &Document, delivery: &Delivery) -> Self {
        let state = delivery.state;
        Self {
            name: document.name.clone(),
            hearing: document.hearing_id,
            organisation: delivery.request.organisation,
            channel: delivery.request.channel,
            counts: [
                delivery.arrived(),
                delivery.acknowledged.is_some(),
                state == DeliveryState::Failed,
                state == DeliveryState::Stopped,
                delivery.settled.is_some(),
                delivery.outstanding(document).is_some(),
            ],
            fields: fields(document, delivery),
        }
    }

    fn of(&self, courts: &HashMap<HearingId, CourtId>) -> Of {
        let court = courts.get(&self.hearing).copied();
        (court, self.organisation, self.channel.as_str())
    }
}

impl Sides {
    fn reckoned(self) -> Reconciled {
        let mut sums: BTreeMap<Of, ([u64; 7], HashSet<&str>)> = BTreeMap::new();
        for delivery in self.recorded.values() {
            let (figures, _) = sums.entry(delivery.of(&self.courts)).or_default();
            figures[0] += 1;
            for (figure, counts) in figures[1..].iter_mut().zip(delivery.counts) {
                *figure += u64::from(counts);
            }
        }
        for own in &self.differences {
            let (_, differing) = sums.entry(own.of).or_default();
            differing.insert(&own.delivery);
        }
        let agencies = sums
            .into_iter()
            .map(|((court, organisation, channel), (figures, differing))| {
                let [
                    requested,
                    delivered,
                    acknowledged,
                    failed,
                    stopped,
                    settled,
                    outstanding,
                ] = figures;
                Reckoned {
                    court,
                    sum: DeliverySum {
                        organisation,
                        channel: channel.parse().unwrap_or(Channel::FileOnly),
                        requested,
                        delivered,
                        acknowledged,
                        failed,
                        stopped,
                        settled,
                        outstanding,
                    },
                    differing: differing.len() as u64,
                }
            })
            .collect();
        Reconciled {
            deliveries: self.recorded.len(),
            forgotten: self.forgotten,
            agencies,
            differences: self.differences.into_iter().map(|own| own.says).collect(),
        }
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
fn indexed(row: &AnyRow) -> Result<(String, (Option<CourtId>, Fields)), Fault> {
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
    // Of a row whose document is nowhere, no court can be told.
    let court = text(16)?.parse().ok();
    let fields = COMPARED.into_iter().zip(values).collect();
    Ok((text(0)?, (court, fields)))
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
