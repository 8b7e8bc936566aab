//! An event as its row: the stored columns, and the hash over all of them.

use crate::{
    error::broken,
    keys::{DataKey, open},
    rows::{Clash, Table, Value},
};
use app::ports::Fault;
use domain::Recorded;
use sha2::{Digest, Sha256};
use sqlx::{Row, any::AnyRow};
use vocabulary::Instant;

/// The hash before the first event.
pub(crate) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

pub(crate) static EVENTS: Table = Table {
    name: "ledger_event",
    columns: &[
        "position",
        "stream",
        "stream_kind",
        "version",
        "event_id",
        "name",
        "key_owner",
        "command_id",
        "actor",
        "at",
        "body",
        "prev_stream_hash",
        "prev_chain_hash",
        "hash",
    ],
    key: 1,
    clash: Clash::Refuse,
};

/// The columns, in the order of [`EventRow::read`].
pub(crate) const COLUMNS: &str = "position, stream, stream_kind, version, event_id, name, \
     key_owner, command_id, actor, at, body, prev_stream_hash, prev_chain_hash, hash";

/// One row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventRow {
    pub(crate) position: i64,
    pub(crate) stream: String,
    pub(crate) stream_kind: String,
    pub(crate) version: i64,
    pub(crate) event_id: String,
    pub(crate) name: String,
    pub(crate) key_owner: String,
    pub(crate) command_id: String,
    pub(crate) actor: String,
    pub(crate) at: i64,
    pub(crate) body: Vec<u8>,
    pub(crate) prev_stream_hash: String,
    pub(crate) prev_chain_hash: String,
    pub(crate) hash: String,
}

impl EventRow {
    /// What ties a sealed body to its place.
    pub(crate) fn label(stream: &str, version: u64) -> String {
        format!("{stream} {version}")
    }

    /// SHA-256 over every stored column but the hash itself, each with its
    /// length in front, so that no two different rows have one form.
    pub(crate) fn computed_hash(&self) -> String {
        fn field(digest: &mut Sha256, bytes: &[u8]) {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
        let mut digest = Sha256::new();
        field(&mut digest, b"ledger event 1");
        field(&mut digest, &self.position.to_be_bytes());
        field(&mut digest, self.stream.as_bytes());
        field(&mut digest, self.stream_kind.as_bytes());
        field(&mut digest, &self.version.to_be_bytes());
        field(&mut digest, self.event_id.as_bytes());
        field(&mut digest, self.name.as_bytes());
        field(&mut digest, self.key_owner.as_bytes());
        field(&mut digest, self.command_id.as_bytes());
        field(&mut digest, self.actor.as_bytes());
        field(&mut digest, &self.at.to_be_bytes());
        field(&mut digest, &self.body);
        field(&mut digest, self.prev_stream_hash.as_bytes());
        field(&mut digest, self.prev_chain_hash.as_bytes());
        hex::encode(digest.finalize())
    }

    pub(crate) fn values(self) -> Vec<Value> {
        vec![
            self.position.into(),
            self.stream.into(),
            self.stream_kind.into(),
            self.version.into(),
            self.event_id.into(),
            self.name.into(),
            self.key_owner.into(),
            self.command_id.into(),
            self.actor.into(),
            self.at.into(),
            self.body.into(),
            self.prev_stream_hash.into(),
            self.prev_chain_hash.into(),
            self.hash.into(),
        ]
    }

    pub(crate) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: row.try_get(0)?,
            stream: row.try_get(1)?,
            stream_kind: row.try_get(2)?,
            version: row.try_get(3)?,
            event_id: row.try_get(4)?,
            name: row.try_get(5)?,
            key_owner: row.try_get(6)?,
            command_id: row.try_get(7)?,
            actor: row.try_get(8)?,
            at: row.try_get(9)?,
            body: row.try_get(10)?,
            prev_stream_hash: row.try_get(11)?,
            prev_chain_hash: row.try_get(12)?,
            hash: row.try_get(13)?,
        })
    }

    /// Whether whoever has the key wrote the body, for this place and under this name.
    pub(crate) fn is_recorded_under(&self, key: &DataKey) -> bool {
        let plain = u64::try_from(self.version)
            .ok()
            .and_then(|version| open(key, &Self::label(&self.stream, version), &self.body));
        plain.is_some_and(|plain| name_in(&plain).is_none_or(|name| name == self.name))
    }

    /// The event, opened with its key.
    pub(crate) fn recorded(&self, key: &DataKey) -> Result<Recorded, Fault> {
        let version = u64::try_from(self.version).map_err(broken)?;
        let plain =
            open(key, &Self::label(&self.stream, version), &self.body).ok_or_else(|| {
                Fault::Broken(format!(
                    "event {} at {} does not open",
                    self.event_id, self.position
                ))
            })?;
        Ok(Recorded {
            position: u64::try_from(self.position).map_err(broken)?,
            stream: self.stream.parse().map_err(broken)?,
            version,
            id: self.event_id.parse().map_err(broken)?,
            at: Instant::from_micros(self.at),
            by: serde_json::from_str(&self.actor).map_err(broken)?,
            event: serde_json::from_slice(&plain).map_err(broken)?,
        })
    }
}

/// The name of an event from its body, for instance `case.material_served`: the
/// same as [`domain::Event::name`], which would take the whole event apart again.
pub(crate) fn name_in(body: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Outer<'a> {
        stream: &'a str,
        #[serde(borrow)]
        event: Inner<'a>,
    }
    #[derive(serde::Deserialize)]
    struct Inner<'a> {
        #[serde(rename = "type")]
        verb: &'a str,
    }
    let Outer { stream, event } = serde_json::from_slice(body).ok()?;
    Some(format!("{stream}.{}", event.verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_a_body_is_the_events_own_name() {
        use domain::{Event, account::AccountEvent, document::DocumentEvent};
        for event in [
            Event::Document(DocumentEvent::DocumentMade {
                sha256: "ab".into(),
                bytes: 2,
            }),
            Event::Account(AccountEvent::AccountSuspended {
                account: vocabulary::AccountId(uuid::Uuid::nil()),
                by_service: false,
            }),
        ] {
            let body = serde_json::to_vec(&event).unwrap();
            assert_eq!(name_in(&body), Some(event.name()));
        }
        assert_eq!(name_in(b"{}"), None);
    }

    #[test]
    fn moving_a_letter_from_one_column_to_the_next_changes_the_hash() {
        let row = EventRow {
            position: 1,
            stream: "case/a".into(),
            stream_kind: "case".into(),
            version: 1,
            event_id: "e".into(),
            name: "case.case_created".into(),
            key_owner: "k".into(),
            command_id: "c".into(),
            actor: "{}".into(),
            at: 5,
            body: vec![1, 2, 3],
            prev_stream_hash: GENESIS.into(),
            prev_chain_hash: GENESIS.into(),
            hash: String::new(),
        };
        let mut moved = row.clone();
        moved.event_id = "ec".into();
        moved.name = "ase.case_created".into();
        assert_ne!(row.computed_hash(), moved.computed_hash());
        assert_eq!(row.computed_hash(), row.clone().computed_hash());
        assert_eq!(row.computed_hash().len(), 64);
    }
}
