//! The proof: every event is as it was recorded, none is missing, none was added, and the
//! end is where the signed checkpoint says. The chains need no key, and so anybody could go
//! on with them: what proves that this server recorded an event is that its body opens.
//! Where the key was destroyed, and says so, the chains are all there is. What is derived
//! from the events is `compare`'s matter.

use crate::{
    Store,
    error::StoreError,
    keys::DataKey,
    ledger::{
        checkpoint::Checkpoint,
        event_row::{COLUMNS, EventRow, GENESIS},
        forget::is_proven,
    },
    rows::in_list,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::{BTreeSet, HashMap};

const PAGE: i64 = 1_000;

/// What a walk over the whole ledger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Events that are right, from the first on.
    pub events: u64,
    /// Streams that they are in.
    pub streams: u64,
    /// Hash of the last event that is right.
    pub hash: String,
    /// The checkpoint it was held against, if there is one. Without it the end is
    /// not proven: events that were cut off there leave no trace.
    pub checkpoint: Option<Checkpoint>,
    /// The first thing that is wrong; `None` means that the ledger is whole.
    pub bad: Option<FirstBad>,
}

/// What kind of thing is wrong: what to do next follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// An event was altered, moved or removed.
    Event,
    /// What there is follows on itself, and does not end as it was signed.
    End,
    /// The events are whole; what appends go by does not fit them.
    Head,
    /// The events are whole, and not all of them can be opened.
    Key,
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstBad {
    /// What kind of thing it is.
    pub wrong: Wrong,
    /// Position of the event, or where one is missing.
    pub position: u64,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream.
    pub version: u64,
    /// Its id.
    pub event_id: String,
    /// What is wrong, one sentence.
    pub what: String,
}

impl FirstBad {
    fn of(row: &EventRow, what: impl Into<String>) -> Self {
        Self {
            wrong: Wrong::Event,
            position: u64::try_from(row.position).unwrap_or(0),
            stream: row.stream.clone(),
            version: u64::try_from(row.version).unwrap_or(0),
            event_id: row.event_id.clone(),
            what: what.into(),
        }
    }
}

/// Where the walk has come to.
struct Walk {
    position: i64,
    hash: String,
    /// Version and hash of the last event of each stream.
    streams: HashMap<String, (i64, String)>,
    /// Whose keys seal the events.
    owners: BTreeSet<String>,
    /// Those that open, and those that do not.
    keys: HashMap<String, Option<DataKey>>,
}

impl Walk {
    /// One step: the next event, or what is wrong with it.
    fn step(&mut self, row: &EventRow) -> Result<(), FirstBad> {
        if row.position != self.position + 1 {
            return Err(FirstBad {
                position: u64::try_from(self.position + 1).unwrap_or(0),
                ..FirstBad::of(
                    row,
                    format!(
                        "the event at position {} was removed; this is the next one",
                        self.position + 1
                    ),
                )
            });
        }
        if row.hash != row.computed_hash() {
            return Err(FirstBad::of(
                row,
                "it was altered: its hash does not fit what is stored",
            ));
        }
        if row.prev_chain_hash != self.hash {
            return Err(FirstBad::of(
                row,
                "it does not follow on the event before it",
            ));
        }
        let genesis = (0, GENESIS.to_owned());
        let (version, hash) = self.streams.get(&row.stream).unwrap_or(&genesis);
        if row.version != version + 1 || row.prev_stream_hash != *hash {
            return Err(FirstBad::of(
                row,
                "it does not follow on the event before it in its stream",
            ));
        }
        // A key that does not open, or is not there, is told of by itself.
        if let Some(Some(key)) = self.keys.get(&row.key_owner)
            && !row.is_recorded_under(key)
        {
            return Err(FirstBad::of(
                row,
                "this server did not record it: its body does not open in its place",
            ));
        }
        self.position = row.position;
        self.hash.clone_from(&row.hash);
        self.streams
            .insert(row.stream.clone(), (row.version, row.hash.clone()));
        if !self.owners.contains(&row.key_owner) {
            self.owners.insert(row.key_owner.clone());
        }
        Ok(())
    }
}

impl Store {
    /// Walks both chains and holds them against the checkpoint and the heads.
    ///
    /// # Errors
    /// If the database cannot be read. A ledger that is not whole is no error
    /// but an answer.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        let mut reading = self.database().begin_reading().await?;
        let mut walk = Walk {
            position: 0,
            hash: GENESIS.to_owned(),
            streams: HashMap::new(),
            owners: BTreeSet::new(),
            keys: HashMap::new(),
        };
        let mut bad = self.walk_all(&mut reading, &mut walk).await?;
        let checkpoint = Checkpoint::read(self.keys())?;
        if bad.is_none()
            && let Some(checkpoint) = &checkpoint
            && let Some(what) = checkpoint.objection(self.keys(), &mut reading).await?
        {
            bad = Some(FirstBad {
                wrong: Wrong::End,
                position: u64::try_from(walk.position + 1)
                    .unwrap_or(0)
                    .min(checkpoint.position),
                stream: String::new(),
                version: 0,
                event_id: String::new(),
                what,
            });
        }
        if bad.is_none() {
            bad = heads_agree(&mut reading, &walk).await?;
        }
        if bad.is_none() {
            let what = self.keys_agree(&mut reading, &mut walk.owners).await?;
            bad = what.map(|(owner, what)| FirstBad {
                wrong: Wrong::Key,
                position: u64::try_from(walk.position).unwrap_or(0),
                stream: owner,
                version: 0,
                event_id: String::new(),
                what,
            });
        }
        reading.rollback().await?;
        Ok(Verification {
            events: u64::try_from(walk.position).unwrap_or(0),
            streams: walk.streams.len() as u64,
            hash: walk.hash,
            checkpoint,
            bad,
        })
    }
}

impl Store {
    async fn walk_all(
        &self,
        connection: &mut AnyConnection,
        walk: &mut Walk,
    ) -> Result<Option<FirstBad>, StoreError> {
        let sql = format!(
            "select {COLUMNS} from ledger_event where position > $1 order by position limit $2"
        );
        loop {
            let rows = sqlx::query(AssertSqlSafe(sql.clone()))
                .bind(walk.position)
                .bind(PAGE)
                .fetch_all(&mut *connection)
                .await?;
            if rows.is_empty() {
                return Ok(None);
            }
            let rows: Vec<EventRow> = rows.iter().map(EventRow::read).collect::<Result<_, _>>()?;
            self.load_keys(connection, walk, &rows).await?;
            for row in &rows {
                if let Err(bad) = walk.step(row) {
                    return Ok(Some(bad));
                }
            }
        }
    }

    /// Makes the keys of these events known, as far as they open.
    async fn load_keys(
        &self,
        connection: &mut AnyConnection,
        walk: &mut Walk,
        rows: &[EventRow],
    ) -> Result<(), StoreError> {
        let owners: BTreeSet<&String> = rows.iter().map(|row| &row.key_owner).collect();
        let missing: Vec<String> = owners
            .into_iter()
            .filter(|owner| !walk.keys.contains_key(*owner))
            .cloned()
            .collect();
        for chunk in missing.chunks(256) {
            let (marks, list) = in_list(chunk.to_vec());
            let sql = format!(
                "select owner, wrapped from data_key \
                 where destroyed_at is null and owner in ({marks})"
            );
            let query = list
                .into_iter()
                .fold(sqlx::query(AssertSqlSafe(sql)), |query, owner| {
                    query.bind(owner)
                });
            for row in query.fetch_all(&mut *connection).await? {
                let (owner, wrapped): (String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
                let id = owner.parse().ok();
                let key = id.and_then(|id| self.keys().unwrap(id, &wrapped).ok());
                walk.keys.insert(owner, key);
            }
            for owner in chunk {
                walk.keys.entry(owner.clone()).or_insert(None);
            }
        }
        Ok(())
    }

    /// Each key opens under this server's own, or is proven destroyed; none is missing.
    async fn keys_agree(
        &self,
        connection: &mut AnyConnection,
        owners: &mut BTreeSet<String>,
    ) -> Result<Option<(String, String)>, StoreError> {
        let mut after = String::new();
        loop {
            let rows = sqlx::query(
                "select owner, wrapped, destroyed_at from data_key \
                 where owner > $1 order by owner limit $2",
            )
            .bind(after.clone())
            .bind(PAGE)
            .fetch_all(&mut *connection)
            .await?;
            let Some(last) = rows.last() else { break };
            after = last.try_get(0)?;
            for row in &rows {
                let (owner, wrapped, destroyed): (String, Vec<u8>, Option<i64>) =
                    (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                if !owners.remove(&owner) {
                    continue;
                }
                let what = match destroyed {
                    Some(at) if is_proven(self.keys(), &owner, at, &wrapped) => continue,
                    Some(_) => "the key was taken away, and not by this server",
                    None => match owner.parse() {
                        Ok(id) if self.keys().unwrap(id, &wrapped).is_ok() => continue,
                        _ => "the key is another's, or was wrapped by another server's key",
                    },
                };
                return Ok(Some((owner, what.to_owned())));
            }
        }
        let missing = owners.pop_first();
        Ok(missing.map(|owner| (owner, "the key is missing".to_owned())))
    }
}

/// The heads are derived, but appends go by them: one that is wrong is told.
async fn heads_agree(
    connection: &mut AnyConnection,
    walk: &Walk,
) -> Result<Option<FirstBad>, StoreError> {
    let mut after = String::new();
    let mut seen = 0;
    loop {
        let rows = sqlx::query(
            "select stream, version, hash from stream_head where stream > $1 order by stream limit $2",
        )
        .bind(after.clone())
        .bind(PAGE)
        .fetch_all(&mut *connection)
        .await?;
        let Some(last) = rows.last() else { break };
        after = last.try_get(0)?;
        for row in &rows {
            let (stream, version, hash): (String, i64, String) =
                (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            seen += 1;
            if walk.streams.get(&stream) != Some(&(version, hash)) {
                return Ok(Some(FirstBad {
                    wrong: Wrong::Head,
                    position: u64::try_from(walk.position).unwrap_or(0),
                    stream,
                    version: u64::try_from(version).unwrap_or(0),
                    event_id: String::new(),
                    what: "the head of the stream is not its last event".to_owned(),
                }));
            }
        }
    }
    Ok((seen != walk.streams.len()).then(|| FirstBad {
        wrong: Wrong::Head,
        position: u64::try_from(walk.position).unwrap_or(0),
        stream: String::new(),
        version: 0,
        event_id: String::new(),
        what: "a stream has no head".to_owned(),
    }))
}
