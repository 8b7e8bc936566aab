//! Amending shared results: beginning, giving up, unlocking. The draft of an
//! amendment starts from the results that are shared, and none outlives it.

use super::{Room, draft, log::record, officer};
use crate::{App, Caller, Error, UseCase, caller::SignedIn};
use access::Action;
use async_trait::async_trait;
use contract::hearing::{BeginAmendment, CancelAmendment, Recorded, UnlockResults};
use domain::hearing::{
    Beginning, Hearing, Target, begin_amendment, cancel_amendment, unlock_results,
};

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
        draft::as_shared(app, person, &room.hearing, &remains_in(app, &room)).await;
        Ok(recorded)
    }
}

#[async_trait]
impl UseCase for CancelAmendment {
    /// The shared results stand, and what was typed to change them goes. What remains unshared
    /// stays.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::AmendResults, self.hearing_id).await?;
        room.at_version(self.version)?;

        let events = cancel_amendment(&room.hearing, officer(person))?;

        let recorded = record(app, who, person, &room, events).await?;
        draft::as_shared(app, person, &room.hearing, &remains_in(app, &room)).await;
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
        draft::as_shared(app, person, &room.hearing, &remains_in(app, &room)).await;
        Ok(recorded)
    }
}

/// After results were unlocked because whoever amended them left: what they typed goes, as
/// with every amendment that ends.
pub(crate) async fn released(app: &App, person: &SignedIn, hearing: &Hearing) {
    // Without its cases nobody knows what remains here: whatever is not shared stays.
    let shared = hearing.shared.as_ref();
    let lines = || shared.into_iter().flat_map(|shared| &shared.lines);
    let remains = |target: &Target| !lines().any(|line| Target::of(line) == *target);
    draft::as_shared(app, person, hearing, &remains).await;
}

/// Whether a target is not shared yet.
pub(super) fn remains_in(app: &App, room: &Room) -> impl Fn(&Target) -> bool + use<> {
    let remaining = room.remaining(app);
    move |target| remaining.contains(target)
}
