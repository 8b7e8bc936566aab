//! One batch inside its transaction: conditions are checked by reading, events
//! get their places and hashes, and everything derived from them goes with them.

use crate::{
    error::broken,
    index::{Desk, Effects},
    keys::{Keys, seal},
    ledger::{
        event_row::{EVENTS, EventRow, GENESIS, name_in},
        heads::put_heads,
        known::{Found, Kept, Known},
        recent::Recent,
        state::{Head, State, belongs},
        taken::Taken,
    },
    pen::Pen,
    query::{number, text},
    rows::{Clash, Rows, Table},
};
use app::ports::{Append, Appended, Committed, Expected, Fault};
use domain::{Recorded, Stream};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vocabulary::{CommandId, EventId, Instant};

static DATA_KEYS: Table = Table {
    name: "data_key",
    columns: &["owner", "wrapped", "made_at", "destroyed_at"],
    key: 1,
    clash: Clash::Refuse,
};

static COMMANDS: Table = Table {
    name: "command_done",
    columns: &["command_id", "position", "answer", "at"],
    key: 1,
    clash: Clash::Refuse,
};

/// What a batch means outside, once it is committed.
pub(crate) struct Outside {
    pub(crate) committed: Vec<Committed>,
    pub(crate) nothing_written: bool,
    /// Streams that grew.
    pub(crate) grown: BTreeSet<Stream>,
}

/// A batch at work.
pub(crate) struct Batch<'a> {
    pen: &'a mut dyn Pen,
    known: &'a mut Known,
    keys: &'a Keys,
    rows: Rows,
    /// Where the ledger ends, this batch included.
    end: (i64, String),
    /// Streams that grew.
    grown: BTreeSet<Stream>,
    /// Commands recorded before or in this batch.
    done: HashMap<CommandId, (u64, serde_json::Value)>,
    taken: Taken,
}

/// The place where a ledger ends: position and hash of its last event.
pub(crate) async fn end_of(pen: &mut dyn Pen) -> Result<(i64, String), Fault> {
    let last = "select position, hash from ledger_event order by position desc limit 1";
    pen.first(last, Vec::new()).await?.map_or_else(
        || Ok((0, GENESIS.to_owned())),
        |row| Ok((number(&row, 0)?, text(&row, 1)?)),
    )
}

impl<'a> Batch<'a> {
    /// Writes the batch; the caller commits. An error undoes all of it.
    pub(crate) async fn write(
        pen: &'a mut dyn Pen,
        known: &'a mut Known,
        keys: &'a Keys,
        recent: &Recent,
        appends: &[&Append],
    ) -> Result<(Vec<Result<Appended, Fault>>, Outside), Fault> {
        let Found { end, done } = known.look(pen, keys, recent, appends).await?;
        let fresh = || {
            appends
                .iter()
                .filter(|append| !done.contains_key(&append.command))
                .flat_map(|append| &append.streams)
        };
        let owners: Vec<Uuid> = fresh()
            .flat_map(|s| {
                [
                    Some(s.key),
                    known.heads.get(&s.stream).map(|head| head.key_owner),
                ]
            })
            .flatten()
            .collect();
        known.load_keys(pen, keys, owners).await?;
        known.close_forgotten();
        let taken = Taken::read(pen, fresh().flat_map(|s| &s.events)).await?;
        let mut batch = Self {
            pen,
            known,
            keys,
            rows: Rows::default(),
            end,
            grown: BTreeSet::new(),
            done,
            taken,
        };
        let mut outcomes = Vec::with_capacity(appends.len());
        let mut committed = Vec::new();
        for append in appends {
            match batch.append(append).await? {
                Ok((appended, effects)) => {
                    if !appended.repeated {
                        committed.push(Committed {
                            position: appended.position,
                            touched: effects.touched,
                            notices: effects.notices,
                            documents: effects.documents,
                        });
                    }
                    outcomes.push(Ok(appended));
                }
                Err(refused) => outcomes.push(Err(refused)),
            }
        }
        let nothing_written = committed.is_empty();
        let grown = batch.finish().await?;
        Ok((
            outcomes,
            Outside {
                committed,
                nothing_written,
                grown,
            },
        ))
    }

    /// One command. The inner error refuses this command alone and leaves no trace of it.
    async fn append(
        &mut self,
        append: &Append,
    ) -> Result<Result<(Appended, Effects), Fault>, Fault> {
        if let Some((position, answer)) = self.done.get(&append.command) {
            let (position, answer) = (*position, answer.clone());
            return Ok(Ok((
                Appended {
                    position,
                    answer,
                    repeated: true,
                },
                Effects::default(),
            )));
        }
        let staged = match self.stage(append) {
            Ok(staged) => staged,
            Err(refused) => return Ok(Err(refused)),
        };
        // From here on nothing is refused for this command alone.
        self.make_keys(append)?;
        let mut effects = Effects::default();
        for (key_owner, recorded, state) in staged {
            let recorded = self.record(append, key_owner, recorded)?;
            let head = self.known.heads.get(&recorded.stream);
            let head = Head {
                key_owner: head.map_or(key_owner, |head| head.key_owner),
                version: recorded.version,
                hash: self.end.1.clone(),
                state: Some(state.clone()),
            };
            self.known.heads.insert(recorded.stream, head);
            self.grown.insert(recorded.stream);
            self.taken.note(&recorded);
            Desk {
                pen: self.pen,
                rows: &mut self.rows,
                known: self.known,
                keys: self.keys,
            }
            .project(&recorded, &state, &mut effects)
            .await?;
        }
        let position = u64::try_from(self.end.0).map_err(broken)?;
        self.rows.put(
            &COMMANDS,
            vec![
                append.command.to_string().into(),
                position.into(),
                append.answer.to_string().into(),
                append.moment.at.micros().into(),
            ],
        );
        self.done
            .insert(append.command, (position, append.answer.clone()));
        Ok(Ok((
            Appended {
                position,
                answer: append.answer.clone(),
                repeated: false,
            },
            effects,
        )))
    }

    /// Checks every condition of a command and folds its events, changing nothing.
    fn stage(&self, append: &Append) -> Result<Vec<(Uuid, Recorded, State)>, Fault> {
        let mut staged: Vec<(Uuid, Recorded, State)> = Vec::new();
        let mut standing: HashMap<Stream, (u64, Option<State>)> = HashMap::new();
        let mut names = HashMap::new();
        let mut number = 0;
        for part in &append.streams {
            let stream = part.stream;
            let (version, state) = standing.entry(stream).or_insert_with(|| {
                self.known
                    .heads
                    .get(&stream)
                    .map_or((0, None), |head| (head.version, head.state.clone()))
            });
            let fits = match part.expected {
                Expected::New => *version == 0,
                Expected::Version(expected) => *version == expected,
                Expected::Any => true,
            };
            if !fits {
                return Err(Fault::Stale {
                    stream: stream.to_string(),
                    found: *version,
                });
            }
            let destroyed = match self.known.keys.get(&part.key) {
                Some(Kept::Destroyed) => true,
                // A stream that has events under a key that is gone was forgotten.
                Some(Kept::None) | None => self
                    .known
                    .heads
                    .get(&stream)
                    .is_some_and(|head| head.key_owner == part.key),
                Some(Kept::Key(_)) => false,
            };
            if !part.events.is_empty() && (destroyed || (*version > 0 && state.is_none())) {
                return Err(Fault::Broken(format!(
                    "{stream} was forgotten: its key is destroyed"
                )));
            }
            for event in &part.events {
                self.taken.check(event, &mut names)?;
                if !belongs(event, stream) {
                    return Err(Fault::Broken(format!(
                        "{} is no event of {stream}",
                        event.name()
                    )));
                }
                let recorded = Recorded {
                    // Its place is given when it is recorded.
                    position: 0,
                    stream,
                    version: *version + 1,
                    // Derived, so that sending a command again makes the same events.
                    id: EventId::derived(&append.command.0, &format!("event {number}")),
                    // What is folded must be what is read again: microseconds.
                    at: Instant::from_micros(append.moment.at.micros()),
                    by: append.moment.by.clone(),
                    event: event.clone(),
                };
                number += 1;
                let after = State::fold(state.as_ref(), &recorded).ok_or_else(|| {
                    Fault::Broken(format!(
                        "{} cannot be the next event of {stream}",
                        event.name()
                    ))
                })?;
                *version += 1;
                *state = Some(after.clone());
                staged.push((part.key, recorded, after));
            }
        }
        Ok(staged)
    }

    fn make_keys(&mut self, append: &Append) -> Result<(), Fault> {
        for part in append.streams.iter().filter(|part| !part.events.is_empty()) {
            if let Some(Kept::Key(_)) = self.known.keys.get(&part.key) {
                continue;
            }
            let (key, wrapped) = self.keys.make(part.key)?;
            self.known.keys.insert(part.key, Kept::Key(key));
            self.rows.put(
                &DATA_KEYS,
                vec![
                    part.key.to_string().into(),
                    wrapped.into(),
                    append.moment.at.micros().into(),
                    crate::rows::Value::Int(None),
                ],
            );
        }
        Ok(())
    }

    /// Gives an event its place in the order, and puts its row.
    fn record(
        &mut self,
        append: &Append,
        key_owner: Uuid,
        mut recorded: Recorded,
    ) -> Result<Recorded, Fault> {
        let Some(Kept::Key(key)) = self.known.keys.get(&key_owner) else {
            return Err(Fault::Broken(format!("no key for {key_owner}")));
        };
        let stream = recorded.stream.to_string();
        let plain = serde_json::to_vec(&recorded.event).map_err(broken)?;
        let body = seal(key, &EventRow::label(&stream, recorded.version), &plain)?;
        let before = self.known.heads.get(&recorded.stream);
        let mut row = EventRow {
            position: self.end.0 + 1,
            stream_kind: recorded.stream.kind.as_str().to_owned(),
            version: i64::try_from(recorded.version).map_err(broken)?,
            event_id: recorded.id.to_string(),
            name: name_in(&plain).unwrap_or_else(|| recorded.event.name()),
            key_owner: key_owner.to_string(),
            command_id: append.command.to_string(),
            // The stored text and the hashed one must be the same: no U+0000 can be in JSON.
            actor: serde_json::to_string(&append.moment.by).map_err(broken)?,
            at: append.moment.at.micros(),
            body,
            prev_stream_hash: before.map_or_else(|| GENESIS.to_owned(), |head| head.hash.clone()),
            prev_chain_hash: self.end.1.clone(),
            hash: String::new(),
            stream,
        };
        row.hash = row.computed_hash();
        self.end = (row.position, row.hash.clone());
        recorded.position = u64::try_from(row.position).map_err(broken)?;
        self.rows.put(&EVENTS, row.values());
        Ok(recorded)
    }

    /// Writes what was gathered, and says which streams grew.
    async fn finish(mut self) -> Result<BTreeSet<Stream>, Fault> {
        put_heads(&mut self.rows, self.known, &self.grown)?;
        self.rows.flush(self.pen).await?;
        self.known.end = Some(self.end);
        Ok(self.grown)
    }
}
