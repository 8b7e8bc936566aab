//! What somebody has read of a case for the other side, from the record of readings: it is
//! asked before they are given access or the case, and shown to whoever gives it.

use crate::{App, Error, ports::Audited};
use domain::{Event, Stream, StreamKind, case::Case, reading::ReadingEvent};
use std::collections::HashSet;
use vocabulary::{AccountId, CaseId, OrganisationId};

/// A side of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Those who prosecute.
    Prosecution,
    /// Those who defend.
    Defence,
}

impl Side {
    /// How the policies begin by which its people read.
    const fn policies(self) -> &'static [&'static str] {
        match self {
            Self::Prosecution => &["advocate.", "prosecution."],
            Self::Defence => &["counsel.", "defence."],
        }
    }

    fn reads_by(self, policy: &str) -> bool {
        let mut named = policy.split(", ");
        named.any(|own| self.policies().iter().any(|of| own.starts_with(of)))
    }

    /// Whether this is a reading of a paper or document for this side.
    fn read(self, event: &Event) -> bool {
        match event {
            Event::Reading(
                reading @ (ReadingEvent::MaterialRead { .. } | ReadingEvent::DocumentRead { .. }),
            ) => reading.policy().is_some_and(|policy| self.reads_by(policy)),
            _ => false,
        }
    }
}

/// Readings of all of them that are looked at.
const MOST: i64 = 20_000;

/// The cases of which somebody has read papers or documents for a side.
pub(crate) async fn read_for(
    app: &App,
    side: Side,
    account: AccountId,
    cases: impl Iterator<Item = &Case>,
) -> Result<HashSet<CaseId>, Error> {
    let streams = cases.map(|case| Stream::new(StreamKind::Reading, case.id.0));
    let asked = Audited {
        streams: Some(streams.collect()),
        by: Some(vec![account]),
        limit: MOST,
        ..Audited::default()
    };
    let readings = app.ledger.audited(asked).await?;
    let of_papers = readings.into_iter().filter(|own| side.read(&own.event));
    Ok(of_papers.map(|own| CaseId(own.stream.id)).collect())
}

/// Who of a firm has read papers or documents of a case for the prosecution, by their names:
/// what one of a firm knows, its client may ask of it. Whoever it was that read them, as whom
/// they are known now.
pub(crate) async fn of_firm(
    app: &App,
    firm: OrganisationId,
    case: &Case,
) -> Result<Vec<String>, Error> {
    let accounts = app.index.accounts_of(firm).await?;
    let asked = Audited {
        streams: Some(vec![Stream::new(StreamKind::Reading, case.id.0)]),
        by: Some(accounts.iter().map(|one| one.id).collect()),
        limit: MOST,
        ..Audited::default()
    };
    let readings = app.ledger.audited(asked).await?;
    let read: HashSet<AccountId> = readings
        .into_iter()
        .filter(|own| Side::Prosecution.read(&own.event))
        .filter_map(|own| own.by.account())
        .collect();
    Ok(accounts
        .into_iter()
        .filter(|one| read.contains(&one.id))
        .map(|one| one.name)
        .collect())
}
