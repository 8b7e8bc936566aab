//! Where each stream stands, written: derived rows, made the same way when an
//! event is appended and when everything is rebuilt.

use crate::{
    ledger::known::{Kept, Known},
    rows::{Clash, Rows, Table, Value},
};
use app::ports::Fault;
use domain::Stream;
use std::collections::BTreeSet;

pub(crate) static HEADS: Table = Table {
    name: "stream_head",
    columns: &[
        "stream",
        "stream_kind",
        "key_owner",
        "version",
        "hash",
        "snapshot",
    ],
    key: 1,
    clash: Clash::Replace,
};

/// Puts the heads of these streams, snapshots sealed.
pub(crate) fn put_heads(
    rows: &mut Rows,
    known: &mut Known,
    streams: &BTreeSet<Stream>,
) -> Result<(), Fault> {
    for stream in streams {
        let Some(head) = known.heads.get(stream) else {
            continue;
        };
        let name = stream.to_string();
        let snapshot = match (&head.state, known.keys.get(&head.key_owner)) {
            (Some(state), Some(Kept::Key(key))) => state.seal(key, &name, head.version)?,
            _ => None,
        };
        known.weight += snapshot.as_ref().map_or(0, Vec::len);
        rows.put(
            &HEADS,
            vec![
                name.into(),
                stream.kind.as_str().into(),
                head.key_owner.to_string().into(),
                head.version.into(),
                head.hash.clone().into(),
                Value::Blob(snapshot),
            ],
        );
    }
    Ok(())
}
