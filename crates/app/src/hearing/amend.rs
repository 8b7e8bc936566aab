//! Amending shared results: beginning, giving up, unlocking. The draft of an
//! amendment starts from the results that are shared, and none outlives it.

use super::{Room, draft, log::record, officer};
use crate::{App, Caller, Error, UseCase, caller::SignedIn};
use access::Action;
use async_trait::async_trait;
use contract::hearing::{BeginAmendment, CancelAmendment, Recorded, UnlockResults};
use domain::hearing::{Beginning, Hearing, begin_amendment, cancel_amendment, unlock_results};

#[async_trait]
impl UseCase for BeginAmendment {
    /// Locks the shared results for the person, who types from them.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::AmendResults, self.hearing_id).await?;
        room.at_version(self.version)?;
        let kept = app.work.draft(room.hearing.id).await?;

        let beginning = Beginning {
            kind: self.kind,
            reason: self.reason,
            note: self.note,
            by: officer(person),
            draft_revision: kept.map_or(0, |draft| draft.revision),
        };
        let events = begin_amendment(&room.hearing, beginning)?;

        let recorded = record(app, who, person, &room, events).await?;
        draft::as_shared(app, person, &room.hearing).await;
        Ok(recorded)
    }
}

#[async_trait]
impl UseCase for CancelAmendment {
    /// The shared results stand, and what was typed goes.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::AmendResults, self.hearing_id).await?;
        room.at_version(self.version)?;

        let events = cancel_amendment(&room.hearing, officer(person))?;

        let recorded = record(app, who, person, &room, events).await?;
        draft::as_shared(app, person, &room.hearing).await;
        Ok(recorded)
    }
}

#[async_trait]
impl UseCase for UnlockResults {
    /// Somebody else's amendment ends; the record says who unlocked it, and why.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::UnlockResults, self.hearing_id).await?;
        room.at_version(self.version)?;

        let events = unlock_results(&room.hearing, officer(person), &self.why)?;

        let recorded = record(app, who, person, &room, events).await?;
        draft::as_shared(app, person, &room.hearing).await;
        Ok(recorded)
    }
}

/// After results were unlocked because whoever amended them left: what they typed goes, as
/// with every amendment that ends.
pub(crate) async fn released(app: &App, person: &SignedIn, hearing: &Hearing) {
    draft::as_shared(app, person, hearing).await;
}
