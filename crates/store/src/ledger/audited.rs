//! The ledger as a report asks for it: by time, by person, by stream. There is no index of
//! who did what: it would be written with every event and read a few times a day. A report
//! is of some days, and the index of time finds those.

use crate::{
    Store,
    error::fault,
    ledger::event_row::COLUMNS,
    rows::{in_list, in_list_after},
};
use app::ports::{Audited, Fault};
use domain::Recorded;
use sqlx::AssertSqlSafe;
use vocabulary::Instant;

impl Store {
    pub(super) async fn read_audited(&self, wanted: Audited) -> Result<Vec<Recorded>, Fault> {
        let streams: Vec<String> = wanted
            .streams
            .iter()
            .flatten()
            .map(ToString::to_string)
            .collect();
        let nobody = wanted.by.as_ref().is_some_and(Vec::is_empty);
        if nobody || (wanted.streams.is_some() && streams.is_empty()) {
            return Ok(Vec::new());
        }
        let (marks, streams) = in_list(streams);
        let mut next = streams.len();
        let mut mark = || {
            next += 1;
            format!("${next}")
        };
        let mut sql = format!(
            "select {COLUMNS}, key_owner, k.wrapped, k.destroyed_at \
             from ledger_event left join data_key k on k.owner = key_owner \
             where at >= {} and at < {} and position > {}",
            mark(),
            mark(),
            mark()
        );
        if wanted.streams.is_some() {
            sql += &format!(" and stream in ({marks})");
        }
        // The actor begins with who it is: written by one function, in this order.
        let by: Vec<String> = wanted
            .by
            .into_iter()
            .flatten()
            .map(|account| format!("{{\"kind\":\"person\",\"account\":\"{account}\""))
            .collect();
        let (marks, by) = in_list_after(next, by);
        next += by.len();
        // Ids are of one length.
        if let Some(one) = by.first() {
            sql += &format!(" and substr(actor, 1, {}) in ({marks})", one.len());
        }
        let mut mark = || {
            next += 1;
            format!("${next}")
        };
        // Where somebody acted from stands in the actor too, written as addresses are.
        let address = wanted
            .address
            .map(|address| format!("%\"address\":\"{address}\"%"));
        if address.is_some() {
            sql += &format!(" and actor like {}", mark());
        }
        if wanted.name.is_some() {
            sql += &format!(" and name = {}", mark());
        }
        sql += &format!(" order by position limit {}", mark());

        let mut query = streams
            .into_iter()
            .fold(sqlx::query(AssertSqlSafe(sql)), |q, name| q.bind(name));
        query = query
            .bind(wanted.from.map_or(i64::MIN, Instant::micros))
            .bind(wanted.to.map_or(i64::MAX, Instant::micros))
            .bind(i64::try_from(wanted.after).unwrap_or(i64::MAX));
        query = by.into_iter().fold(query, |q, one| q.bind(one));
        if let Some(address) = address {
            query = query.bind(address);
        }
        if let Some(name) = wanted.name {
            query = query.bind(name);
        }
        let query = query.bind(wanted.limit);
        let rows = self.readers().all(query).await.map_err(|e| fault(&e))?;
        self.recorded(&rows)
    }
}
