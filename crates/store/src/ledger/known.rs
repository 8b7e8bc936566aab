//! What the writer of the ledger remembers between batches: heads, keys, and
//! who is concerned by what. Another server may have written in the meantime,
//! so all of it is forgotten as soon as the ledger does not end where it ended
//! after our own last batch; and it is only ever read under the append lock.

use crate::{
    error::broken,
    keyed::{Columns, Row},
    keys::{DataKey, Keys},
    ledger::{
        event_row::GENESIS,
        recent::Recent,
        state::{Head, State},
    },
    pen::Pen,
    query::{count, id, number, text},
    rows::{Value, in_list, in_list_after},
};
use app::ports::{Append, Fault};
use domain::{Stream, case::Case, hearing::Hearing};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;
use vocabulary::{AccountId, CaseId, CommandId, Group, OrganisationId, OrganisationKind};

/// Above this many bytes of snapshots the memory starts afresh.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Above this many streams too.
const MOST_STREAMS: usize = 50_000;

/// The state of a data key.
#[derive(Clone)]
pub(crate) enum Kept {
    /// It opens.
    Key(DataKey),
    /// It was destroyed on purpose.
    Destroyed,
    /// There is none.
    None,
}

/// Where somebody works now, and as what.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) organisation: OrganisationId,
    pub(crate) kind: OrganisationKind,
    pub(crate) groups: Vec<Group>,
}

/// The memory.
#[derive(Default)]
pub(crate) struct Known {
    /// Last position and its hash when this was last right.
    pub(crate) end: Option<(i64, String)>,
    pub(crate) heads: HashMap<Stream, Head>,
    pub(crate) keys: HashMap<Uuid, Kept>,
    /// Organisations that may see a case.
    pub(crate) parties: HashMap<CaseId, Arc<[OrganisationId]>>,
    /// Where people work that a case holds by name; none: nowhere, or they are suspended.
    pub(crate) places: HashMap<AccountId, Option<Arc<Place>>>,
    /// Active accounts of an organisation that act on what is sent to it.
    pub(crate) recipients: HashMap<OrganisationId, Arc<[AccountId]>>,
    /// Those that do more there than look after its people.
    pub(crate) case_workers: HashMap<OrganisationId, Arc<[AccountId]>>,
    /// Organisations by OU code.
    pub(crate) ou_codes: HashMap<String, Arc<[OrganisationId]>>,
    /// Bytes of snapshots sealed since the memory was empty: a measure of its size.
    pub(crate) weight: usize,
}

impl Known {
    /// Forgets everything if the ledger does not end where it is remembered to end.
    pub(crate) fn check(&mut self, end: &(i64, String)) {
        let full = self.weight > MOST_BYTES || self.heads.len() > MOST_STREAMS;
        if self.end.as_ref() != Some(end) || full {
            *self = Self {
                end: Some(end.clone()),
                ..Self::default()
            };
        }
        // Destroying a key moves no event: keys are read afresh for every batch.
        self.keys.clear();
    }

    /// Looks where the ledger ends, which of these commands were recorded before, and
    /// where their streams stand: one statement, because every statement is a hop to
    /// another thread or a round trip, and everybody waits for the batch.
    pub(crate) async fn look(
        &mut self,
        pen: &mut dyn Pen,
        keys: &Keys,
        recent: &Recent,
        appends: &[&Append],
    ) -> Result<Found, Fault> {
        let streams: BTreeSet<Stream> = appends
            .iter()
            .flat_map(|append| &append.streams)
            .map(|part| part.stream)
            .collect();
        let mut streams: Vec<String> = streams.iter().map(ToString::to_string).collect();
        let mut commands: Vec<String> = appends
            .iter()
            .map(|append| append.command.to_string())
            .collect();
        let mut found = Found {
            end: (0, GENESIS.to_owned()),
            done: HashMap::new(),
        };
        let mut heads = Vec::new();
        // No name is the empty text: a list that has run out finds nothing.
        while !(streams.is_empty() && commands.is_empty()) {
            let names = streams.split_off(streams.len().saturating_sub(256));
            let ids = commands.split_off(commands.len().saturating_sub(256));
            for row in look_at(pen, names, ids).await? {
                match text(&row, 0)?.as_str() {
                    "head" => heads.push(row),
                    "end" => found.end = (number(&row, 2)?, text(&row, 3)?),
                    _ => {
                        let answer = serde_json::from_str(&text(&row, 4)?).map_err(broken)?;
                        found.done.insert(id(&row, 1)?, (count(&row, 2)?, answer));
                    }
                }
            }
        }
        self.check(&found.end);
        let mut missing = Vec::new();
        for row in heads {
            let stream: Stream = id(&row, 1)?;
            if !self.stands(keys, recent, stream, &row)? {
                missing.push(stream);
            }
        }
        self.load_heads(pen, keys, missing).await?;
        Ok(found)
    }

    /// Whether the state of a stream is known as it stands now.
    fn stands(
        &mut self,
        keys: &Keys,
        recent: &Recent,
        stream: Stream,
        row: &Row,
    ) -> Result<bool, Fault> {
        let (version, hash) = (count(row, 2)?, text(row, 3)?);
        let key_owner: Uuid = id(row, 4)?;
        let key = Wrapped::read(row, 5)?.kept(keys, key_owner)?;
        let opens = matches!(key, Kept::Key(_));
        self.keys.insert(key_owner, key);
        let known = self.heads.get(&stream);
        if known.is_some_and(|head| head.version == version && head.hash == hash) {
            return Ok(true);
        }
        self.heads.remove(&stream);
        if opens && let Some(state) = recent.get(stream, version, &hash) {
            let head = Head {
                key_owner,
                version,
                hash,
                state: Some(state),
            };
            self.heads.insert(stream, head);
            return Ok(true);
        }
        Ok(false)
    }

    /// Closes the heads whose key was destroyed after they were remembered.
    pub(crate) fn close_forgotten(&mut self) {
        for head in self.heads.values_mut() {
            if matches!(self.keys.get(&head.key_owner), Some(Kept::Destroyed)) {
                head.state = None;
            }
        }
    }

    /// Forgets streams and keys, once their rows are written: for long replays.
    pub(crate) fn relieve(&mut self) {
        if self.weight > MOST_BYTES || self.heads.len() > MOST_STREAMS {
            self.heads.clear();
            self.keys.clear();
            self.parties.clear();
            self.places.clear();
            self.weight = 0;
        }
    }

    /// Makes heads of these streams known, where they exist.
    pub(crate) async fn load_heads(
        &mut self,
        pen: &mut dyn Pen,
        keys: &Keys,
        streams: impl IntoIterator<Item = Stream>,
    ) -> Result<(), Fault> {
        let mut missing: Vec<Stream> = streams
            .into_iter()
            .filter(|stream| !self.heads.contains_key(stream))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        for chunk in missing.chunks(256) {
            let (marks, list) = in_list(chunk.iter().map(ToString::to_string).collect());
            let sql = format!(
                "select h.stream, h.key_owner, h.version, h.hash, h.snapshot, \
                 k.wrapped, k.destroyed_at \
                 from stream_head h left join data_key k on k.owner = h.key_owner \
                 where h.stream in ({marks})"
            );
            let list = list.into_iter().map(Value::from).collect();
            for row in pen.all(&sql, list).await? {
                let name = text(&row, 0)?;
                let stream: Stream = name.parse().map_err(broken)?;
                let key_owner: Uuid = id(&row, 1)?;
                let version = count(&row, 2)?;
                let snapshot = row.maybe_bytes(4)?;
                let kept = Wrapped::read(&row, 5)?.kept(keys, key_owner)?;
                let state = match (&kept, snapshot) {
                    (Kept::Key(key), Some(sealed)) => {
                        self.weight += sealed.len();
                        Some(State::open(stream.kind, key, &name, version, &sealed)?)
                    }
                    (Kept::Key(_), None) => Some(State::Plain),
                    _ => None,
                };
                self.keys.insert(key_owner, kept);
                let hash = text(&row, 3)?;
                self.heads.insert(
                    stream,
                    Head {
                        key_owner,
                        version,
                        hash,
                        state,
                    },
                );
            }
        }
        Ok(())
    }

    /// Makes data keys known, or known to be absent.
    pub(crate) async fn load_keys(
        &mut self,
        pen: &mut dyn Pen,
        keys: &Keys,
        owners: impl IntoIterator<Item = Uuid>,
    ) -> Result<(), Fault> {
        let mut missing: Vec<Uuid> = owners
            .into_iter()
            .filter(|owner| !self.keys.contains_key(owner))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        for chunk in missing.chunks(256) {
            let (marks, list) = in_list(chunk.iter().map(ToString::to_string).collect());
            let sql = format!(
                "select owner, wrapped, destroyed_at from data_key where owner in ({marks})"
            );
            let list = list.into_iter().map(Value::from).collect();
            for row in pen.all(&sql, list).await? {
                let owner: Uuid = id(&row, 0)?;
                let kept = Wrapped::read(&row, 1)?.kept(keys, owner)?;
                self.keys.insert(owner, kept);
            }
            for owner in chunk {
                self.keys.entry(*owner).or_insert(Kept::None);
            }
        }
        Ok(())
    }

    /// The case, if it is known and readable.
    pub(crate) fn case(&self, stream: Stream) -> Option<Arc<Case>> {
        match self.heads.get(&stream)?.state.as_ref()? {
            State::Case(case) => Some(Arc::clone(case)),
            _ => None,
        }
    }

    /// The hearing, if it is known and readable.
    pub(crate) fn hearing(&self, stream: Stream) -> Option<Arc<Hearing>> {
        match self.heads.get(&stream)?.state.as_ref()? {
            State::Hearing(hearing) => Some(Arc::clone(hearing)),
            _ => None,
        }
    }
}

/// What a look found beside the heads.
pub(crate) struct Found {
    /// Position and hash of the last event.
    pub(crate) end: (i64, String),
    /// Commands that were recorded before: where, and what was answered.
    pub(crate) done: HashMap<CommandId, (u64, serde_json::Value)>,
}

/// Each arm: what it is, its name, a number, a hash, a word, and a data key.
async fn look_at(
    pen: &mut dyn Pen,
    streams: Vec<String>,
    commands: Vec<String>,
) -> Result<Vec<Row>, Fault> {
    let or_nothing = |mut list: Vec<String>| {
        if list.is_empty() {
            list.push(String::new());
        }
        list
    };
    let (of_streams, names) = in_list(or_nothing(streams));
    let (of_commands, ids) = in_list_after(names.len(), or_nothing(commands));
    let sql = format!(
        "select 'head' as what, h.stream as name, h.version as number, h.hash, \
             h.key_owner as word, k.wrapped, k.destroyed_at \
         from stream_head h \
         left join data_key k on k.owner = h.key_owner \
         where h.stream in ({of_streams}) \
         union all \
         select 'end', '', e.position, e.hash, null, null, null \
         from ledger_event e \
         where e.position = (select max(position) from ledger_event) \
         union all \
         select 'done', c.command_id, c.position, '', c.answer, null, null \
         from command_done c \
         where c.command_id in ({of_commands})"
    );
    let keys = names.into_iter().chain(ids).map(Value::from).collect();
    pen.all(&sql, keys).await
}

/// The data keys of one answer, each unwrapped once.
pub(crate) struct Keyring<'k> {
    keys: &'k Keys,
    unwrapped: HashMap<Uuid, Option<DataKey>>,
}

impl<'k> Keyring<'k> {
    pub(crate) fn of(keys: &'k Keys) -> Self {
        Self {
            keys,
            unwrapped: HashMap::new(),
        }
    }

    /// The key of a row, which has `key_owner, wrapped, destroyed_at` from column
    /// `at` on; none if it was destroyed: for everybody what it sealed is not
    /// there any more.
    pub(crate) fn key(&mut self, row: &impl Columns, at: usize) -> Result<Option<&DataKey>, Fault> {
        let owner: Uuid = id(row, at)?;
        if !self.unwrapped.contains_key(&owner) {
            let key = Wrapped::read(row, at + 1)?.needed(self.keys, owner)?;
            self.unwrapped.insert(owner, key);
        }
        Ok(self.unwrapped.get(&owner).and_then(Option::as_ref))
    }
}

/// A data key as it is kept.
#[derive(Clone)]
pub(crate) struct Wrapped {
    wrapped: Option<Vec<u8>>,
    destroyed: bool,
}

impl Wrapped {
    /// Reads `wrapped, destroyed_at` from column `at` on.
    pub(crate) fn read(row: &impl Columns, at: usize) -> Result<Self, Fault> {
        Ok(Self {
            wrapped: row.maybe_bytes(at)?,
            destroyed: row.maybe_number(at + 1)?.is_some(),
        })
    }

    /// What it is worth.
    pub(crate) fn kept(&self, keys: &Keys, owner: Uuid) -> Result<Kept, Fault> {
        Ok(match &self.wrapped {
            _ if self.destroyed => Kept::Destroyed,
            Some(wrapped) => Kept::Key(keys.unwrap(owner, wrapped)?),
            None => Kept::None,
        })
    }

    /// The key, of which there must be one; none if it was destroyed.
    pub(crate) fn needed(&self, keys: &Keys, owner: Uuid) -> Result<Option<DataKey>, Fault> {
        match self.kept(keys, owner)? {
            Kept::Key(key) => Ok(Some(key)),
            Kept::Destroyed => Ok(None),
            Kept::None => Err(Fault::Broken(format!("the data key of {owner} is missing"))),
        }
    }
}
