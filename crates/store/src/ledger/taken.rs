//! Names that may be given once: a case reference, an account's e-mail. Two
//! servers may both find one free; under the append lock one of them is told.

use crate::{
    pen::Pen,
    query::{count, id, text},
    rows::{Value, in_list},
};
use app::ports::Fault;
use domain::{Event, Recorded, Stream, StreamKind, account::AccountEvent, case::CaseEvent};
use std::collections::HashMap;
use uuid::Uuid;

/// Names of this batch that are taken, and by which stream.
#[derive(Default)]
pub(crate) struct Taken {
    names: HashMap<(StreamKind, String), (Uuid, u64)>,
}

/// The name that an event takes, and the thing that takes it.
fn name_of(event: &Event) -> Option<((StreamKind, String), Uuid)> {
    match event {
        Event::Case(CaseEvent::CaseCreated { urn, case_id, .. }) => {
            Some(((StreamKind::Case, urn.to_string()), case_id.0))
        }
        Event::Account(AccountEvent::AccountOpened(account)) => {
            Some(((StreamKind::Account, account.email.clone()), account.id.0))
        }
        _ => None,
    }
}

impl Taken {
    /// Reads which of the names that these events want are taken.
    pub(crate) async fn read<'e>(
        pen: &mut dyn Pen,
        events: impl Iterator<Item = &'e Event>,
    ) -> Result<Self, Fault> {
        let mut taken = Self::default();
        let wanted: Vec<(StreamKind, String)> =
            events.filter_map(name_of).map(|(name, _)| name).collect();
        for (kind, sql) in [
            (
                StreamKind::Case,
                "select i.urn, i.case_id, h.version from case_index i \
                 join stream_head h on h.stream = 'case/' || i.case_id where i.urn in",
            ),
            (
                StreamKind::Account,
                "select email, account_id, cast(1 as bigint) from account_index where email in",
            ),
        ] {
            let names: Vec<String> = wanted
                .iter()
                .filter(|(k, _)| *k == kind)
                .map(|(_, name)| name.clone())
                .collect();
            for chunk in names.chunks(256) {
                let (marks, list) = in_list(chunk.to_vec());
                let sql = format!("{sql} ({marks})");
                let list = list.into_iter().map(Value::from).collect();
                for row in pen.all(&sql, list).await? {
                    let taker = (id(&row, 1)?, count(&row, 2)?);
                    taken.names.insert((kind, text(&row, 0)?), taker);
                }
            }
        }
        Ok(taken)
    }

    /// Refuses an event whose name is taken by something else, here or earlier in its command.
    pub(crate) fn check<T, S>(
        &self,
        event: &Event,
        staged: &[(T, Recorded, S)],
    ) -> Result<(), Fault> {
        let Some((name, id)) = name_of(event) else {
            return Ok(());
        };
        let stale = |kind: StreamKind, by: Uuid, found: u64| Fault::Stale {
            stream: Stream::new(kind, by).to_string(),
            found,
        };
        if let Some((by, found)) = self.names.get(&name).filter(|(by, _)| *by != id) {
            return Err(stale(name.0, *by, *found));
        }
        for (_, recorded, _) in staged {
            if let Some((other, by)) = name_of(&recorded.event)
                && other == name
                && by != id
            {
                return Err(stale(name.0, by, 1));
            }
        }
        Ok(())
    }

    /// Notes a name that was given.
    pub(crate) fn note(&mut self, recorded: &Recorded) {
        if let Some((name, id)) = name_of(&recorded.event) {
            self.names.insert(name, (id, recorded.version));
        }
    }
}
