//! One document with its values, English beside a place for the Welsh. It shows what a court
//! ordered of somebody, so that opening it is recorded as a view of the case.

use super::{of_own_court, present};
use crate::{App, Caller, Error, UseCase, caller::SignedIn, reading};
use async_trait::async_trait;
use contract::{
    Problem,
    translation::{Translation, View},
};
use domain::{case::Case, document::Document};

#[async_trait]
impl UseCase for View {
    /// Opens it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Translation, Error> {
        let person = who.person()?;
        let (document, case) = of_own_court(app, person, self.document_id).await?;
        let policy = person.circumstances.under().unwrap_or_default();
        let shown = shown(app, person, &document, &case).await?;
        for party in document.parties() {
            reading::case_looked_at(app, person, party.case_id, policy.clone()).await?;
        }
        Ok(shown)
    }
}

pub(super) async fn shown(
    app: &App,
    person: &SignedIn,
    document: &Document,
    case: &Case,
) -> Result<Translation, Error> {
    let item = present::item(document, case, person, app.chance.now(), true);
    let (Some(item), Some(owed)) = (item, document.welsh.as_ref()) else {
        return Err(Problem::not_found().into());
    };
    let words = app.ledger.words().await?.unwrap_or_default();
    Ok(present::whole(item, owed, &words)?)
}
