//! How the documents would look: the same views that sharing would record.

use super::{Room, documents, draft, known::Known, reshare, room::lines};
use crate::{App, Caller, Error, UseCase, reading};
use access::Action;
use async_trait::async_trait;
use contract::hearing::{Preview, PreviewDocument, PreviewView};
use domain::result::judicial_results;
use vocabulary::{AmendmentReason, DocumentId};

#[async_trait]
impl UseCase for Preview {
    /// Documents that sharing these lines would ask for, with their recipients.
    async fn answer(self, app: &App, who: &Caller) -> Result<PreviewView, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EditResults, self.hearing_id).await?;
        draft::at_most(&self.lines)?;
        let policy = person.circumstances.under().unwrap_or_default();
        for case in &room.cases {
            reading::case_looked_at(app, person, case.id, policy.clone()).await?;
        }
        let written = lines(app, &self.lines);
        let entered = room;
        let room = entered.as_sitting();
        let results = judicial_results(&app.catalogue.results, &written, room.day());
        // The same lines look the same, keystroke after keystroke: what differs was typed. The
        // id is of everything that tells the documents of a hearing apart: one defendant has
        // the same document in two cases, or once for each part that it is split into.
        let minute = app.chance.now().start_of_minute();
        let id = |called: &documents::Called<'_>, ended: Option<DocumentId>| {
            let document = &called.document;
            let split = document.split_key.as_deref().unwrap_or_default();
            let (case, defendant) = (called.case.id, called.defendant.charged.id);
            let ended = ended.map(|own| own.to_string()).unwrap_or_default();
            let of = format!("{case} {defendant} {} {split}{ended}", document.now);
            DocumentId::derived(&self.hearing_id.0, &of)
        };
        let by = &person.account.name;
        let known = Known::of(app, &room).await?;
        // Where something is shared, what is out already and stays as it is is not made again, and
        // whoever has what ends is told.
        let wanted = match &room.hearing.shared {
            None => documents::wanted(app, (&room, &known), &results, by, minute, |called| {
                id(called, None)
            })?,
            Some(before) => {
                let amendment = room.hearing.amendment.as_ref();
                let reason = amendment.map(|own| own.reason);
                let amending = reshare::Amending {
                    sat: &entered.as_it_sat(),
                    before,
                    results: &results,
                    reason: reason.unwrap_or(AmendmentReason::MoreShared),
                    by,
                    at: minute,
                    id: &id,
                };
                let made = reshare::made_again(app, (&room, &known), &amending).await?;
                made.0
            }
        };
        Ok(PreviewView {
            documents: wanted
                .into_iter()
                .map(|one| PreviewDocument {
                    name: one.called.name,
                    defendant: one.view.defendant.name.clone(),
                    view: one.view,
                    recipients: one
                        .deliveries
                        .into_iter()
                        .map(|own| match own.held {
                            Some(_) => format!("{} (waits for the Welsh)", own.name),
                            None => own.name,
                        })
                        .collect(),
                })
                .collect(),
        })
    }
}
