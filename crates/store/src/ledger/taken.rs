//! Names that may be given once: a case reference, an account's e-mail, the name of an
//! organisation and its OU code. Two servers may both find one free; under the append lock one of
//! them is told.

use crate::{
    error::broken,
    pen::Pen,
    query::{count, id, text},
    rows::{Value, in_list},
};
use app::ports::Fault;
use domain::{
    Event, Recorded, Stream, StreamKind,
    account::{AccountEvent, Organisation},
    case::CaseEvent,
};
use std::collections::HashMap;
use uuid::Uuid;
use vocabulary::fold_name;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Of {
    Case,
    Account,
    Organisation,
    OuCode,
}

impl Of {
    /// The kind of stream of whatever has it.
    const fn stream(self) -> StreamKind {
        match self {
            Self::Case => StreamKind::Case,
            Self::Account | Self::Organisation | Self::OuCode => StreamKind::Account,
        }
    }
}

/// A name, with what it is of.
pub(crate) type Name = (Of, String);

/// Names of this batch that are taken, and by which stream.
#[derive(Default)]
pub(crate) struct Taken {
    names: HashMap<Name, (Uuid, u64)>,
}

/// The names that an event takes, and the thing that takes each. An OU code is an organisation's
/// with all its offices.
fn names_of(event: &Event) -> Vec<(Name, Uuid)> {
    let one = |of, name: String, id| ((of, name), id);
    match event {
        Event::Case(CaseEvent::CaseCreated { urn, case_id, .. }) => {
            vec![one(Of::Case, urn.to_string(), case_id.0)]
        }
        Event::Account(AccountEvent::AccountOpened(account)) => {
            vec![one(Of::Account, account.email.clone(), account.id.0)]
        }
        Event::Account(AccountEvent::OrganisationAdded(own)) => {
            let name = one(Of::Organisation, fold_name(&own.name), own.id.0);
            let code = code_of(own).map(|code| one(Of::OuCode, code, own.head().0));
            std::iter::once(name).chain(code).collect()
        }
        Event::Account(AccountEvent::OrganisationRenamed {
            organisation, name, ..
        }) => vec![one(Of::Organisation, fold_name(name), organisation.0)],
        _ => Vec::new(),
    }
}

/// The OU code of an organisation, with its kind: two of one kind are taken for one another by it.
fn code_of(own: &Organisation) -> Option<String> {
    let code = own.ou_code.as_ref()?;
    Some(format!("{code} {}", own.kind.as_str()))
}

impl Taken {
    /// Reads which of the names that these events want are taken.
    pub(crate) async fn read<'e>(
        pen: &mut dyn Pen,
        events: impl Iterator<Item = &'e Event>,
    ) -> Result<Self, Fault> {
        let mut taken = Self::default();
        let wanted: Vec<Name> = events.flat_map(names_of).map(|(name, _)| name).collect();
        for (kind, sql) in [
            (
                Of::Case,
                "select i.urn, i.case_id, h.version from case_index i \
                 join stream_head h on h.stream = 'case/' || i.case_id where i.urn in",
            ),
            (
                Of::Account,
                "select email, account_id, cast(1 as bigint) from account_index where email in",
            ),
            (
                Of::Organisation,
                "select name_folded, organisation_id, cast(1 as bigint) \
                 from organisation_index where name_folded in",
            ),
        ] {
            let names = wanted.iter().filter(|(k, _)| *k == kind);
            let names: Vec<String> = names.map(|(_, name)| name.clone()).collect();
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
        taken.read_codes(pen, &wanted).await?;
        Ok(taken)
    }

    /// The OU codes among them: of which organisation an office is stands in its body alone.
    async fn read_codes(&mut self, pen: &mut dyn Pen, wanted: &[Name]) -> Result<(), Fault> {
        let codes = wanted.iter().filter(|(of, _)| *of == Of::OuCode);
        let codes: Vec<String> = codes
            .filter_map(|(_, code)| Some(code.rsplit_once(' ')?.0.to_owned()))
            .collect();
        for chunk in codes.chunks(256) {
            let (marks, list) = in_list(chunk.to_vec());
            let sql = format!("select body from organisation_index where ou_code in ({marks})");
            let list = list.into_iter().map(Value::from).collect();
            for row in pen.all(&sql, list).await? {
                let own: Organisation = serde_json::from_str(&text(&row, 0)?).map_err(broken)?;
                if let Some(code) = code_of(&own) {
                    self.names.insert((Of::OuCode, code), (own.head().0, 1));
                }
            }
        }
        Ok(())
    }

    /// Refuses an event whose name is taken by something else, here or earlier in its command,
    /// whose names until now are `earlier`.
    pub(crate) fn check(
        &self,
        event: &Event,
        earlier: &mut HashMap<Name, Uuid>,
    ) -> Result<(), Fault> {
        let stale = |of: Of, by: Uuid, found: u64| Fault::Stale {
            stream: Stream::new(of.stream(), by).to_string(),
            found,
        };
        for (name, id) in names_of(event) {
            if let Some((by, found)) = self.names.get(&name).filter(|(by, _)| *by != id) {
                return Err(stale(name.0, *by, *found));
            }
            if let Some(by) = earlier.get(&name).filter(|by| **by != id) {
                return Err(stale(name.0, *by, 1));
            }
            earlier.insert(name, id);
        }
        Ok(())
    }

    /// Notes a name that was given.
    pub(crate) fn note(&mut self, recorded: &Recorded) {
        for (name, id) in names_of(&recorded.event) {
            self.names.insert(name, (id, recorded.version));
        }
    }
}
