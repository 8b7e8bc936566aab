//! What somebody has read of a case for the other side, from the record of readings: it is
//! asked before they are given access or the case, and shown to whoever gives it.

use crate::{
    App, Error,
    ports::{Audited, Expected, StreamAppend},
};
use domain::{
    Event, Stream, StreamKind,
    account::{Account, AccountEvent, Organisation},
    case::{Case, CaseEvent},
    reading::ReadingEvent,
};
use std::collections::HashSet;
use vocabulary::{AccountId, CaseId, Instant, OrganisationId, OrganisationKind};

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
/// Cases of a firm that are looked at when somebody comes to it.
const CASES: i64 = 10_000;
/// Events of an account that are looked at, the latest.
const EVENTS: u64 = 500;
/// Streams that are named in one question.
const AT_ONCE: usize = 400;

/// The cases of which somebody has read papers or documents for a side.
pub(crate) async fn read_for(
    app: &App,
    side: Side,
    account: AccountId,
    cases: impl Iterator<Item = &Case>,
) -> Result<HashSet<CaseId>, Error> {
    let cases: Vec<CaseId> = cases.map(|case| case.id).collect();
    read_among(app, side, account, &cases).await
}

/// The same for cases of which only the ids are known.
async fn read_among(
    app: &App,
    side: Side,
    account: AccountId,
    cases: &[CaseId],
) -> Result<HashSet<CaseId>, Error> {
    let mut found = HashSet::new();
    for chunk in cases.chunks(AT_ONCE) {
        let streams = chunk
            .iter()
            .map(|id| Stream::new(StreamKind::Reading, id.0));
        let asked = Audited {
            streams: Some(streams.collect()),
            by: Some(vec![account]),
            limit: MOST,
            ..Audited::default()
        };
        let readings = app.ledger.audited(asked).await?;
        let of_papers = readings.into_iter().filter(|own| side.read(&own.event));
        found.extend(of_papers.map(|own| CaseId(own.stream.id)));
    }
    Ok(found)
}

/// What is recorded of the cases in which a firm is on record, when somebody comes to it who read
/// papers of them for the prosecution: those concerned are told, and that the firm is on record
/// opens none of them to the person (docs/decisions/0061). Whoever lets the person in learns
/// nothing of it. A case that meanwhile goes on is none the worse for it: it expects no version.
///
/// Of somebody who was away it is those in which the firm went on record since: of the others it
/// was asked while they were there, and confirmed.
pub(crate) async fn arising(
    app: &App,
    account: &Account,
    to: &Organisation,
    away_since: Option<Instant>,
) -> Result<Vec<StreamAppend>, Error> {
    if to.kind != OrganisationKind::DefenceFirm {
        return Ok(Vec::new());
    }
    let own = app.index.cases_of(to.id, None, CASES).await?;
    let own: Vec<CaseId> = own.into_iter().map(|case| case.case_id).collect();
    let read = read_among(app, Side::Prosecution, account.id, &own).await?;
    let mut read: Vec<CaseId> = read.into_iter().collect();
    read.sort_unstable();
    let cases = app.ledger.cases(&read).await?;
    let arose = |case: &Case| StreamAppend {
        stream: Stream::new(StreamKind::Case, case.id.0),
        expected: Expected::Any,
        key: case.id.0,
        events: vec![Event::Case(CaseEvent::ConflictArose {
            account: account.id,
            name: account.name.clone(),
            organisation: to.id,
            organisation_name: to.name.clone(),
        })],
    };
    let anew = |case: &&Case| {
        let mut firms = case
            .defendants
            .iter()
            .filter_map(|own| own.represented_by.as_ref());
        let since = |at: Instant| away_since.is_none_or(|away| at >= away);
        !case.bars((account.id, to.id))
            && firms.any(|firm| firm.organisation == to.id && since(firm.since))
    };
    Ok(cases.iter().filter(anew).map(arose).collect())
}

/// Since when somebody who is suspended has been away.
pub(crate) async fn away_since(
    app: &App,
    account: AccountId,
    version: u64,
) -> Result<Option<Instant>, Error> {
    let stream = Stream::new(StreamKind::Account, account.0);
    let before = version.saturating_sub(EVENTS);
    let mut since = None;
    for one in app.ledger.events(stream, before).await? {
        let Event::Account(event) = &one.event else {
            continue;
        };
        match event {
            AccountEvent::AccountSuspended { .. } | AccountEvent::AccountLapsed { .. } => {
                since = since.or(Some(one.at));
            }
            AccountEvent::AccountActivated { .. } | AccountEvent::AccountReactivated { .. } => {
                since = None;
            }
            _ => {}
        }
    }
    Ok(since)
}

/// Who of a firm has read papers or documents of a case for the prosecution, by their names:
/// what one of a firm knows, its client may ask of it. Whoever it was that read them, as whom
/// they are known now.
pub(crate) async fn of_firm(
    app: &App,
    firm: OrganisationId,
    case: &Case,
) -> Result<Vec<String>, Error> {
    let read = readers(app, firm, case).await?;
    Ok(read.into_iter().map(|one| one.name).collect())
}

/// What is recorded of a case when an order of the Legal Aid Agency puts a firm on record: the
/// firm was not asked what its people know, so that whoever of them read for the prosecution has
/// the case closed to them until the firm gives it, as whoever joins it has
/// (docs/decisions/0061). Where the firm is on record already, it was asked. Whoever is away is
/// asked about when they come back.
pub(crate) async fn arising_by_order(
    app: &App,
    firm: &Organisation,
    case: &Case,
) -> Result<Vec<CaseEvent>, Error> {
    let mut firms = case
        .defendants
        .iter()
        .filter_map(|own| own.represented_by.as_ref());
    if firms.any(|own| own.organisation == firm.id) {
        return Ok(Vec::new());
    }
    let read = readers(app, firm.id, case).await?;
    let concerned = |one: &Account| one.active && !case.bars((one.id, firm.id));
    Ok(read
        .into_iter()
        .filter(concerned)
        .map(|one| CaseEvent::ConflictArose {
            account: one.id,
            name: one.name,
            organisation: firm.id,
            organisation_name: firm.name.clone(),
        })
        .collect())
}

/// The same with who they are.
async fn readers(app: &App, firm: OrganisationId, case: &Case) -> Result<Vec<Account>, Error> {
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
        .collect())
}
