//! A case as somebody opens it, from one moment of the record and in one
//! statement: the case, its hearings and documents, what happened since they
//! last looked, and what they have read. Between two statements somebody else
//! might write.

use crate::{
    Store,
    error::broken,
    keyed::{Columns, Row},
    keys::open,
    ledger::{event_row::EventRow, known::Keyring, state::State},
    query::{count, id, number, text},
    rows::Value,
};
use app::ports::{Fault, OpenedCase};
use domain::{Recorded, Stream, StreamKind};
use std::{collections::HashMap, sync::Arc};
use vocabulary::{AccountId, CaseId, Instant};

/// Each arm: what it is, its name, version, position, instant, actor, sealed
/// bytes, and the key that opens them. Somebody who was away for long is told
/// the latest events, not the first.
const OPEN: &str = "\
    select 'head' as what, h.stream as name, h.version, cast(0 as bigint) as position, \
        cast(0 as bigint) as at, cast(null as text) as actor, h.snapshot as sealed, h.key_owner, \
        k.wrapped, k.destroyed_at \
    from stream_head h \
    left join data_key k on k.owner = h.key_owner \
    where h.stream = $1 \
    union all \
    select 'head', h.stream, h.version, 0, 0, null, h.snapshot, h.key_owner, \
        k.wrapped, k.destroyed_at \
    from hearing_case y \
    join stream_head h on h.stream = 'hearing/' || y.hearing_id \
    left join data_key k on k.owner = h.key_owner \
    where y.case_id = $2 and y.listed = 1 \
    union all \
    select 'head', h.stream, h.version, 0, 0, null, h.snapshot, h.key_owner, \
        k.wrapped, k.destroyed_at \
    from (select document_id from document_index where case_id = $2 \
        union all select document_id from document_beside where case_id = $2) d \
    join stream_head h on h.stream = 'document/' || d.document_id \
    left join data_key k on k.owner = h.key_owner \
    union all \
    select 'event', e.event_id, e.version, e.position, e.at, e.actor, \
        case when e.version > 1 then e.body end, e.key_owner, k.wrapped, k.destroyed_at \
    from ledger_event e \
    left join data_key k on k.owner = e.key_owner \
    where e.stream = $1 \
        and e.version > coalesce(( \
            select s.version from case_seen s where s.account_id = $3 and s.case_id = $2), 0) \
        and e.version > (select h.version - 400 from stream_head h where h.stream = $1) \
    union all \
    select 'material', r.material_id, 0, 0, 0, null, null, null, null, null \
    from material_read r \
    where r.account_id = $3 and r.case_id = $2 \
    union all \
    select 'document', r.document_id, 0, 0, 0, null, null, null, null, null \
    from (select document_id from document_index where case_id = $2 \
        union all select document_id from document_beside where case_id = $2) d \
    join document_read r on r.document_id = d.document_id and r.account_id = $3";

impl Store {
    pub(super) async fn open_case(
        &self,
        case: CaseId,
        by: AccountId,
    ) -> Result<Option<OpenedCase>, Fault> {
        let stream = Stream::new(StreamKind::Case, case.0);
        let keys = vec![Value::text(stream), Value::text(case), Value::text(by)];
        let rows = self.readers().keyed(OPEN, keys).await?;
        let mut keys = Keyring::of(self.keys());
        let mut states: HashMap<Stream, State> = HashMap::new();
        let (mut received, mut since) = (None, Vec::new());
        let (mut materials_read, mut documents_read) = (Vec::new(), Vec::new());
        for row in &rows {
            match text(row, 0)?.as_str() {
                "head" => {
                    if let Some((stream, state)) = state(row, &mut keys)? {
                        states.insert(stream, state);
                    }
                }
                "event" if number(row, 2)? == 1 => {
                    received = Some(Instant::from_micros(number(row, 4)?));
                }
                "event" => since.extend(event(row, stream, &mut keys)?),
                "material" => materials_read.push(id(row, 1)?),
                _ => documents_read.push(id(row, 1)?),
            }
        }
        since.sort_unstable_by_key(|recorded: &Recorded| recorded.version);
        let Some(State::Case(case)) = states.remove(&stream) else {
            return Ok(None);
        };
        let hearings = case
            .hearings
            .iter()
            .filter_map(|id| states.remove(&Stream::new(StreamKind::Hearing, id.0)))
            .filter_map(|state| match state {
                State::Hearing(hearing) => Some(Arc::unwrap_or_clone(hearing)),
                _ => None,
            })
            .collect();
        let documents = case
            .documents
            .iter()
            .filter_map(|id| states.remove(&Stream::new(StreamKind::Document, id.0)))
            .filter_map(|state| match state {
                State::Document(document) => Some(Arc::unwrap_or_clone(document)),
                _ => None,
            })
            .collect();
        Ok(Some(OpenedCase {
            case: Arc::unwrap_or_clone(case),
            hearings,
            documents,
            received,
            since,
            materials_read,
            documents_read,
        }))
    }
}

fn state(row: &Row, keys: &mut Keyring<'_>) -> Result<Option<(Stream, State)>, Fault> {
    let name = text(row, 1)?;
    let stream: Stream = name.parse().map_err(broken)?;
    let Some(key) = keys.key(row, 7)? else {
        return Ok(None);
    };
    let sealed = row.maybe_bytes(6)?;
    let sealed = sealed.ok_or_else(|| Fault::Broken(format!("{name} has no snapshot: rebuild")))?;
    let state = State::open(stream.kind, key, &name, count(row, 2)?, &sealed)?;
    Ok(Some((stream, state)))
}

fn event(row: &Row, stream: Stream, keys: &mut Keyring<'_>) -> Result<Option<Recorded>, Fault> {
    let Some(key) = keys.key(row, 7)? else {
        return Ok(None);
    };
    let version = count(row, 2)?;
    let sealed = row.maybe_bytes(6)?.unwrap_or_default();
    let plain = open(key, &EventRow::label(&stream.to_string(), version), &sealed)
        .ok_or_else(|| Fault::Broken(format!("event {version} of {stream} does not open")))?;
    Ok(Some(Recorded {
        position: count(row, 3)?,
        stream,
        version,
        id: id(row, 1)?,
        at: Instant::from_micros(number(row, 4)?),
        by: serde_json::from_str(&text(row, 5)?).map_err(broken)?,
        event: serde_json::from_slice(&plain).map_err(broken)?,
    }))
}
