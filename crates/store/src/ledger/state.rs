//! What a stream folds to, and how it is kept as a snapshot. Accounts, readings
//! and what support holds fold to nothing: their index rows are all that anybody asks for.

use crate::{
    error::{StoreError, broken},
    keys::{DataKey, open, seal},
};
use app::ports::Fault;
use domain::{
    Event, Recorded, Stream, StreamKind, case::Case, document::Document, hearing::Hearing,
    register::HearingRegister, rules::LoweredRules, submission::Submission, translation::Words,
};
use std::sync::Arc;
use uuid::Uuid;

/// The folded state of a stream.
#[derive(Debug, Clone)]
pub(crate) enum State {
    Case(Arc<Case>),
    Hearing(Arc<Hearing>),
    Document(Arc<Document>),
    Submission(Arc<Submission>),
    Register(Arc<HearingRegister>),
    Rules(Arc<LoweredRules>),
    Words(Arc<Words>),
    /// Nothing is folded.
    Plain,
}

impl State {
    /// Folds one event; `None` if it cannot follow on what is there.
    pub(crate) fn fold(before: Option<&Self>, recorded: &Recorded) -> Option<Self> {
        let at = recorded.at;
        match (&recorded.event, before) {
            (Event::Case(event), None) => Case::fold(None, event, at).map(Self::case),
            (Event::Case(event), Some(Self::Case(case))) => {
                Case::fold(Some((**case).clone()), event, at).map(Self::case)
            }
            (Event::Hearing(event), None) => {
                Hearing::fold(None, event, at, recorded.by.name()).map(Self::hearing)
            }
            (Event::Hearing(event), Some(Self::Hearing(hearing))) => {
                Hearing::fold(Some((**hearing).clone()), event, at, recorded.by.name())
                    .map(Self::hearing)
            }
            (Event::Document(event), None) => Document::fold(None, event, at).map(Self::document),
            (Event::Document(event), Some(Self::Document(document))) => {
                Document::fold(Some((**document).clone()), event, at).map(Self::document)
            }
            (Event::Submission(event), None | Some(Self::Submission(_))) => {
                Submission::fold(None, event, at).map(|s| Self::Submission(Arc::new(s)))
            }
            (Event::Register(event), None) => {
                HearingRegister::fold(None, event, at).map(Self::register)
            }
            (Event::Register(event), Some(Self::Register(register))) => {
                HearingRegister::fold(Some((**register).clone()), event, at).map(Self::register)
            }
            (Event::Rules(event), None) => {
                Some(Self::Rules(Arc::new(LoweredRules::fold(None, event, at))))
            }
            (Event::Rules(event), Some(Self::Rules(rules))) => {
                let before = Some((**rules).clone());
                Some(Self::Rules(Arc::new(LoweredRules::fold(before, event, at))))
            }
            (Event::Words(event), None) => {
                Some(Self::Words(Arc::new(Words::fold(None, event, at))))
            }
            (Event::Words(event), Some(Self::Words(words))) => {
                let before = Some((**words).clone());
                Some(Self::Words(Arc::new(Words::fold(before, event, at))))
            }
            (
                Event::Account(_) | Event::Reading(_) | Event::Support(_),
                None | Some(Self::Plain),
            ) => Some(Self::Plain),
            _ => None,
        }
    }

    fn case(case: Case) -> Self {
        Self::Case(Arc::new(case))
    }

    fn hearing(hearing: Hearing) -> Self {
        Self::Hearing(Arc::new(hearing))
    }

    fn document(document: Document) -> Self {
        Self::Document(Arc::new(document))
    }

    fn register(register: HearingRegister) -> Self {
        Self::Register(Arc::new(register))
    }

    /// The snapshot, sealed; `None` where nothing is folded.
    pub(crate) fn seal(
        &self,
        key: &DataKey,
        stream: &str,
        version: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self.json(stream)? {
            Some(json) => seal(key, &snapshot_label(stream, version), &json).map(Some),
            None => Ok(None),
        }
    }

    /// What a snapshot holds; `None` where nothing is folded.
    pub(crate) fn json(&self, stream: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let json = match self {
            Self::Case(case) => serde_json::to_vec(&**case),
            Self::Hearing(hearing) => serde_json::to_vec(&**hearing),
            Self::Document(document) => serde_json::to_vec(&**document),
            Self::Submission(submission) => serde_json::to_vec(&**submission),
            Self::Register(register) => serde_json::to_vec(&**register),
            Self::Rules(rules) => serde_json::to_vec(&**rules),
            Self::Words(words) => serde_json::to_vec(&**words),
            Self::Plain => return Ok(None),
        };
        json.map(Some)
            .map_err(|e| StoreError::Ledger(format!("snapshot of {stream}: {e}")))
    }

    /// Opens a snapshot.
    pub(crate) fn open(
        kind: StreamKind,
        key: &DataKey,
        stream: &str,
        version: u64,
        sealed: &[u8],
    ) -> Result<Self, Fault> {
        let json = open(key, &snapshot_label(stream, version), sealed)
            .ok_or_else(|| Fault::Broken(format!("the snapshot of {stream} does not open")))?;
        Ok(match kind {
            StreamKind::Case => Self::case(serde_json::from_slice(&json).map_err(broken)?),
            StreamKind::Hearing => Self::hearing(serde_json::from_slice(&json).map_err(broken)?),
            StreamKind::Document => Self::document(serde_json::from_slice(&json).map_err(broken)?),
            StreamKind::Submission => {
                Self::Submission(Arc::new(serde_json::from_slice(&json).map_err(broken)?))
            }
            StreamKind::Register => Self::register(serde_json::from_slice(&json).map_err(broken)?),
            StreamKind::Rules => {
                Self::Rules(Arc::new(serde_json::from_slice(&json).map_err(broken)?))
            }
            StreamKind::Words => {
                Self::Words(Arc::new(serde_json::from_slice(&json).map_err(broken)?))
            }
            StreamKind::Account | StreamKind::Reading | StreamKind::Support => Self::Plain,
        })
    }
}

fn snapshot_label(stream: &str, version: u64) -> String {
    format!("snapshot {stream} {version}")
}

/// Where a stream stands.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    /// Whose key seals its snapshot: that of its first event.
    pub(crate) key_owner: Uuid,
    pub(crate) version: u64,
    pub(crate) hash: String,
    /// `None` if the key was destroyed.
    pub(crate) state: Option<State>,
}

/// Whether an event may stand in a stream.
pub(crate) fn belongs(event: &Event, stream: Stream) -> bool {
    matches!(
        (event, stream.kind),
        (Event::Case(_), StreamKind::Case)
            | (Event::Hearing(_), StreamKind::Hearing)
            | (Event::Document(_), StreamKind::Document)
            | (Event::Submission(_), StreamKind::Submission)
            | (Event::Account(_), StreamKind::Account)
            | (Event::Reading(_), StreamKind::Reading)
            | (Event::Register(_), StreamKind::Register)
            | (Event::Rules(_), StreamKind::Rules)
            | (Event::Words(_), StreamKind::Words)
            | (Event::Support(_), StreamKind::Support)
    )
}
