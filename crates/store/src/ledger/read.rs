//! What the ledger says now. A case comes in one statement: in SQLite each
//! statement costs a hop to another thread.

use crate::{
    Store,
    error::{broken, fault},
    gather::Found,
    keyed::Columns,
    keys::Keys,
    ledger::{
        appender::Order,
        event_row::{COLUMNS, EventRow},
        known::{Keyring, Wrapped},
        recent::Recent,
        state::State,
    },
    query::{count, id, text},
    readers::Readers,
    rows::{Value, in_list},
};
use app::ports::{Append, Appended, Audited, Fault, Ledger, OpenedCase};
use async_trait::async_trait;
use domain::{
    Recorded, Stream, StreamKind,
    case::Case,
    document::Document,
    hearing::Hearing,
    register::HearingRegister,
    rules::{LoweredRules, RULES},
    submission::Submission,
    translation::{WORDS, Words},
};
use futures::future::BoxFuture;
use sqlx::{AssertSqlSafe, Row, any::AnyRow};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::oneshot;
use uuid::Uuid;
use vocabulary::{AccountId, CaseId, CommandId, DocumentId, HearingId, SubmissionId};

/// How many events one reading of a stream gives at most.
const MOST_EVENTS: i64 = 500;

/// Where a stream stands as it is kept: sealed.
#[derive(Clone)]
pub(crate) struct KeptHead {
    version: u64,
    hash: String,
    snapshot: Option<Vec<u8>>,
    key_owner: Uuid,
    key: Wrapped,
}

impl KeptHead {
    /// Opens it; none if its key was destroyed.
    fn open(&self, keys: &Keys, recent: &Recent, name: &str) -> Result<Option<State>, Fault> {
        let Some(key) = self.key.needed(keys, self.key_owner)? else {
            return Ok(None);
        };
        let stream: Stream = name.parse().map_err(broken)?;
        if let Some(state) = recent.get(stream, self.version, &self.hash) {
            return Ok(Some(state));
        }
        let sealed = self
            .snapshot
            .as_ref()
            .ok_or_else(|| Fault::Broken(format!("{name} has no snapshot: rebuild")))?;
        let state = State::open(stream.kind, &key, name, self.version, sealed)?;
        recent.put(stream, self.version, self.hash.clone(), state.clone());
        Ok(Some(state))
    }
}

/// Heads of streams by their names.
pub(crate) fn kept_heads(
    readers: Readers,
    names: Vec<String>,
) -> BoxFuture<'static, Result<Found<KeptHead>, Fault>> {
    Box::pin(async move {
        let (marks, list) = in_list(names);
        let sql = format!(
            "select h.stream, h.version, h.hash, h.snapshot, h.key_owner, k.wrapped, \
             k.destroyed_at \
             from stream_head h left join data_key k on k.owner = h.key_owner \
             where h.stream in ({marks})"
        );
        let names = list.into_iter().map(Value::from).collect();
        let rows = readers.keyed(&sql, names).await?;
        rows.iter()
            .map(|row| {
                let head = KeptHead {
                    version: count(row, 1)?,
                    hash: text(row, 2)?,
                    snapshot: row.maybe_bytes(3)?,
                    key_owner: id(row, 4)?,
                    key: Wrapped::read(row, 5)?,
                };
                Ok((text(row, 0)?, head))
            })
            .collect()
    })
}

impl Store {
    /// Events as their rows say, with their keys beside them.
    pub(super) fn recorded(&self, rows: &[AnyRow]) -> Result<Vec<Recorded>, Fault> {
        let mut keys = Keyring::of(self.keys());
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            // An event whose key was destroyed is no longer there to be read.
            if let Some(key) = keys.key(row, 14)? {
                let event = EventRow::read(row).map_err(|e| fault(&e))?;
                events.push(event.recorded(key)?);
            }
        }
        Ok(events)
    }

    /// The state of a stream, if it exists and was not forgotten.
    async fn state(&self, kind: StreamKind, id: Uuid) -> Result<Option<State>, Fault> {
        let name = Stream::new(kind, id).to_string();
        match self.heads().ask(name.clone()).await? {
            Some(head) => head.open(self.keys(), self.recent(), &name),
            None => Ok(None),
        }
    }

    /// States of streams of one kind, those that exist and were not forgotten.
    async fn states(&self, kind: StreamKind, ids: &[Uuid]) -> Result<HashMap<Uuid, State>, Fault> {
        let mut states = HashMap::new();
        for chunk in ids.chunks(256) {
            let names = chunk
                .iter()
                .map(|id| Stream::new(kind, *id).to_string())
                .collect();
            for (name, head) in kept_heads(self.readers().clone(), names).await? {
                if let Some(state) = head.open(self.keys(), self.recent(), &name)? {
                    let stream: Stream = name.parse().map_err(broken)?;
                    states.insert(stream.id, state);
                }
            }
        }
        Ok(states)
    }
}

/// Takes a state out of its shared box.
fn owned<T: Clone>(state: Arc<T>) -> T {
    Arc::try_unwrap(state).unwrap_or_else(|shared| (*shared).clone())
}

/// The states of these ids, in the order asked, each unwrapped by `pick`.
fn ordered<T>(
    ids: &[Uuid],
    mut states: HashMap<Uuid, State>,
    pick: impl Fn(State) -> Option<T>,
) -> Vec<T> {
    ids.iter()
        .filter_map(|id| pick(states.remove(id)?))
        .collect()
}

fn case(state: State) -> Option<Case> {
    if let State::Case(case) = state {
        Some(owned(case))
    } else {
        None
    }
}

fn hearing(state: State) -> Option<Hearing> {
    if let State::Hearing(hearing) = state {
        Some(owned(hearing))
    } else {
        None
    }
}

fn document(state: State) -> Option<Document> {
    if let State::Document(document) = state {
        Some(owned(document))
    } else {
        None
    }
}

fn submission(state: State) -> Option<Submission> {
    if let State::Submission(submission) = state {
        Some(owned(submission))
    } else {
        None
    }
}

fn register(state: State) -> Option<HearingRegister> {
    if let State::Register(register) = state {
        Some(owned(register))
    } else {
        None
    }
}

#[async_trait]
impl Ledger for Store {
    async fn append(&self, append: Append) -> Result<Appended, Fault> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Now { append, answer }).await?;
        answered
            .await
            .map_err(|_| Fault::Broken("the ledger was closed".to_owned()))?
    }

    async fn append_soon(&self, append: Append) -> Result<(), Fault> {
        if self.is_behind() {
            return self.append(append).await.map(|_| ());
        }
        self.order(Order::Soon(append)).await
    }

    async fn append_waiting(&self) -> Result<(), Fault> {
        let (told, settled) = oneshot::channel();
        self.order(Order::Settle(told)).await?;
        settled
            .await
            .map_err(|_| Fault::Broken("the ledger was closed".to_owned()))
    }

    async fn answered(&self, command: CommandId) -> Result<Option<serde_json::Value>, Fault> {
        let row = self
            .readers()
            .first(
                sqlx::query("select answer from command_done where command_id = $1")
                    .bind(command.to_string()),
            )
            .await
            .map_err(|e| fault(&e))?;
        let Some(row) = row else { return Ok(None) };
        let answer: String = row.try_get(0).map_err(|e| fault(&e))?;
        serde_json::from_str(&answer).map(Some).map_err(broken)
    }

    async fn case(&self, id: CaseId) -> Result<Option<Arc<Case>>, Fault> {
        match self.state(StreamKind::Case, id.0).await? {
            Some(State::Case(case)) => Ok(Some(case)),
            _ => Ok(None),
        }
    }

    async fn opened(&self, id: CaseId, by: AccountId) -> Result<Option<OpenedCase>, Fault> {
        self.open_case(id, by).await
    }

    async fn cases(&self, ids: &[CaseId]) -> Result<Vec<Case>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        Ok(ordered(
            &ids,
            self.states(StreamKind::Case, &ids).await?,
            case,
        ))
    }

    async fn hearing(&self, id: HearingId) -> Result<Option<Hearing>, Fault> {
        Ok(self
            .state(StreamKind::Hearing, id.0)
            .await?
            .and_then(hearing))
    }

    async fn hearings(&self, ids: &[HearingId]) -> Result<Vec<Hearing>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        Ok(ordered(
            &ids,
            self.states(StreamKind::Hearing, &ids).await?,
            hearing,
        ))
    }

    async fn document(&self, id: DocumentId) -> Result<Option<Document>, Fault> {
        Ok(self
            .state(StreamKind::Document, id.0)
            .await?
            .and_then(document))
    }

    async fn documents(&self, ids: &[DocumentId]) -> Result<Vec<Document>, Fault> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        Ok(ordered(
            &ids,
            self.states(StreamKind::Document, &ids).await?,
            document,
        ))
    }

    async fn submission(&self, id: SubmissionId) -> Result<Option<Submission>, Fault> {
        let state = self.state(StreamKind::Submission, id.0).await?;
        Ok(state.and_then(submission))
    }

    async fn register(&self, hearing: Uuid) -> Result<Option<HearingRegister>, Fault> {
        let state = self.state(StreamKind::Register, hearing).await?;
        Ok(state.and_then(register))
    }

    async fn lowered_rules(&self) -> Result<Option<Arc<LoweredRules>>, Fault> {
        Ok(match self.state(StreamKind::Rules, RULES).await? {
            Some(State::Rules(rules)) => Some(rules),
            _ => None,
        })
    }

    async fn words(&self) -> Result<Option<Arc<Words>>, Fault> {
        Ok(match self.state(StreamKind::Words, WORDS).await? {
            Some(State::Words(words)) => Some(words),
            _ => None,
        })
    }

    async fn events(&self, stream: Stream, after: u64) -> Result<Vec<Recorded>, Fault> {
        let sql = format!(
            "select {COLUMNS}, key_owner, k.wrapped, k.destroyed_at \
             from ledger_event left join data_key k on k.owner = key_owner \
             where stream = $1 and version > $2 order by version limit $3"
        );
        let rows = self
            .readers()
            .all(
                sqlx::query(AssertSqlSafe(sql))
                    .bind(stream.to_string())
                    .bind(i64::try_from(after).unwrap_or(i64::MAX))
                    .bind(MOST_EVENTS),
            )
            .await
            .map_err(|e| fault(&e))?;
        self.recorded(&rows)
    }

    async fn audited(&self, wanted: Audited) -> Result<Vec<Recorded>, Fault> {
        self.read_audited(wanted).await
    }
}
