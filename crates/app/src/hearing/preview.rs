//! How the documents would look: the same views that sharing would record.

use super::{Room, documents, draft, room::lines};
use crate::{App, Caller, Error, UseCase, reading, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::hearing::{Preview, PreviewDocument, PreviewView};
use domain::result::judicial_results;

#[async_trait]
impl UseCase for Preview {
    /// Documents that sharing these lines would ask for, with their recipients.
    async fn answer(self, app: &App, who: &Caller) -> Result<PreviewView, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::EditResults, &Facts::default())?;
        let room = Room::enter(app, person, self.hearing_id).await?;
        draft::at_most(&self.lines)?;
        for case in &room.cases {
            reading::case_viewed(app, person, case.id, "preview".to_owned()).await?;
        }
        let written = lines(app, &self.lines);
        let room = room.as_sitting();
        let results = judicial_results(&app.catalogue.results, &written, room.day());
        let now = app.chance.now();
        let wanted = documents::wanted(app, &room, &results, &person.account.name, now).await?;
        Ok(PreviewView {
            documents: wanted
                .into_iter()
                .map(|one| PreviewDocument {
                    name: one.called.name,
                    defendant: one.view.defendant.name.clone(),
                    view: one.view,
                    recipients: one.deliveries.into_iter().map(|d| d.name).collect(),
                })
                .collect(),
        })
    }
}
