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
    register::{HearingResulted, RegisterEvent, registers_called_for},
    result::JudicialResult,
};
use sha2::{Digest, Sha256};
use vocabulary::Instant;

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
    let entries = registers_called_for(&event, &subscriptions_of(app)).called_for;
    // Only what was shared before can have left a register that ends now.
    let before = sharing.hearing.shared.is_some() && app.ledger.register(hearing).await?.is_some();
    if entries.is_empty() && !before {
        return Ok(None);
    }
    let registered = RegisterEvent::HearingRegistered {
        hearing_id: hearing,
        court: Some(event.court_code().unwrap_or_default().to_owned()),
        sha256: hex::encode(Sha256::digest(body)),
        entries,
        without: Vec::new(),
    };
    Ok(Some(StreamAppend {
        stream: Stream::new(StreamKind::Register, hearing),
        expected: Expected::Any,
        key: hearing,
        events: vec![Event::Register(registered)],
    }))
}
