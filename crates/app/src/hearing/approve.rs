//! Approval of an amendment: what was asked for is in the record word for word,
//! so that what is approved and what is shared are the same.

use super::{Room, amend, draft, known::Known, log::record, officer, share};
use crate::{App, Caller, Error, UseCase, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::hearing::{DecideAmendment, Recorded, RequestApproval};
use domain::hearing::{approve_amendment, reject_amendment, request_approval};

#[async_trait]
impl UseCase for RequestApproval {
    /// Asks for approval of the draft of this revision.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::AmendResults, self.hearing_id).await?;
        room.at_version(self.version)?;
        let sitting = room.as_sitting();
        let part = share::saved(app, &sitting, self.revision, None).await?;

        let ready = share::Ready::of(app, &sitting, part, &Known::of(app, &sitting).await?);
        let events = request_approval(
            &room.hearing,
            ready.sharing(&sitting, Vec::new()),
            officer(person),
        )?;

        record(app, who, person, &room, events).await
    }
}

#[async_trait]
impl UseCase for DecideAmendment {
    /// Approves, or sends back: then the shared results stand and the draft goes.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::DecideAmendment, self.hearing_id).await?;
        room.at_version(self.version)?;

        let officer = officer(person);
        let amender = room.hearing.amendment.as_ref().map(|a| a.by.account);
        let facts = Facts {
            amender: amender == Some(person.account.id),
            ..room.standing.clone()
        };
        // That it is their own amendment is said by the rule first: it names what is wrong, the
        // policy only says no.
        let events = if self.approve {
            approve_amendment(&room.hearing, officer)?
        } else {
            reject_amendment(&room.hearing, officer, &self.why.unwrap_or_default())?
        };
        relation::must(app, person, Action::DecideAmendment, &facts)?;

        let recorded = record(app, who, person, &room, events).await?;
        if !self.approve {
            let remains = amend::remains_in(app, &room);
            draft::as_shared(app, person, &room.hearing, &remains).await;
        }
        Ok(recorded)
    }
}
