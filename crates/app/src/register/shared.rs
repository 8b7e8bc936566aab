//! The registers that results shared here call for. They are written in the published
//! form first, as a court's system would bring them in, and go through the same rules:
//! so a prison reads one thing, whoever shared. What is appended is part of the sharing.
//!
//! Unlike what is brought in, nobody is named for whom no register is called for: the
//! prison that does not hold them is told nothing of the hearing.

use super::{kept::Kept, take_in::subscriptions_of};
use crate::{
    App, Error,
    ports::{Expected, StreamAppend},
};
use domain::{
    Event, Stream, StreamKind,
    account::Organisation,
    hearing::{Hearing, NextListed, Target},
    register::{HearingResulted, RegisterEntry, RegisterEvent, registers_so_far},
    result::JudicialResult,
};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use uuid::Uuid;
use vocabulary::{DefendantId, Instant};

/// Results on their way to be shared.
pub(crate) struct Sharing<'a> {
    /// The hearing.
    pub(crate) hearing: &'a Hearing,
    /// Its cases, as the court had them when it sat.
    pub(crate) cases: &'a [domain::case::Case],
    /// Who is known.
    pub(crate) organisations: &'a [Organisation],
    /// Targets that wait for their results.
    pub(crate) left_out: &'a [Target],
    /// The defendants of whom an offence waits.
    pub(crate) waiting: &'a HashSet<DefendantId>,
    /// The defendants of whom something is shared now, if the rest stays as it is.
    pub(crate) touched: Option<&'a HashSet<DefendantId>>,
    /// The results.
    pub(crate) results: &'a [JudicialResult],
    /// The hearings that they list.
    pub(crate) listed: &'a [NextListed],
    /// When they are shared.
    pub(crate) at: Instant,
}

/// What sharing adds to the registers of the hearing; none, if no register is called for
/// and none was before. One that is not called for any more has ended, and that is said.
pub(crate) async fn of_shared(
    app: &App,
    sharing: &Sharing<'_>,
) -> Result<Option<StreamAppend>, Error> {
    let hearing = sharing.hearing.id.0;
    let published = Kept { app, sharing }.published();
    let body = serde_json::to_vec(&published)?;
    let event: HearingResulted = serde_json::from_value(published)?;
    // Of somebody of whom an offence waits nobody knows yet that all ends without custody.
    let waits = |defendant: Uuid| sharing.waiting.iter().any(|own| own.0 == defendant);
    let called_for = registers_so_far(&event, &subscriptions_of(app), waits).called_for;
    // Only what was shared before can have left a register that stands, or ends now.
    let before = match &sharing.hearing.shared {
        Some(_) => app.ledger.register(hearing).await?,
        None => None,
    };
    let before: Vec<RegisterEntry> = before
        .into_iter()
        .flat_map(|register| register.entries)
        .map(|(_, entry)| entry)
        .collect();
    let stands = |entry: &RegisterEntry| {
        let touched = sharing.touched.is_none_or(|touched| {
            let mut touched = touched.iter();
            touched.any(|own| own.0 == entry.register.defendant.id)
        });
        !touched && before.iter().any(|old| old.is_of_the_same(entry))
    };
    let (untouched, entries): (Vec<_>, Vec<_>) = called_for.into_iter().partition(stands);
    let all_stand = before
        .iter()
        .all(|old| untouched.iter().any(|own| own.is_of_the_same(old)));
    if entries.is_empty() && all_stand {
        return Ok(None);
    }
    let registered = RegisterEvent::HearingRegistered {
        hearing_id: hearing,
        court: Some(event.court_code().unwrap_or_default().to_owned()),
        sha256: hex::encode(Sha256::digest(body)),
        entries,
        without: Vec::new(),
        untouched: untouched.iter().map(RegisterEntry::whose).collect(),
    };
    Ok(Some(StreamAppend {
        stream: Stream::new(StreamKind::Register, hearing),
        expected: Expected::Any,
        key: hearing,
        events: vec![Event::Register(registered)],
    }))
}
