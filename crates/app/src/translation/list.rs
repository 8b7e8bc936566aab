//! The documents of the person's court that wait for Welsh.

use super::present;
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::veil::{CasesOf, Shown},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    translation::{List, Translations},
};

/// The most documents in a view.
const MOST: i64 = 200;

#[async_trait]
impl UseCase for List {
    /// Those first with which letters wait, and of these the oldest.
    async fn answer(self, app: &App, who: &Caller) -> Result<Translations, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewTranslations, &Facts::default())?;
        of_court(app, person).await
    }
}

pub(super) async fn of_court(app: &App, person: &SignedIn) -> Result<Translations, Error> {
    let court = person.organisation.court.as_ref();
    let court = court.ok_or_else(Problem::not_found)?;
    let found = app.index.translations_of(court.id, MOST).await?;
    let documents = app.ledger.documents(&found.first).await?;
    let cases = CasesOf::documents(app, &documents).await?;

    let now = app.chance.now();
    let mut items = Vec::new();
    for document in &documents {
        let Ok(case) = cases.first(document) else {
            continue;
        };
        let opens = cases.open(app, person, Action::Translate, document, Some(true));
        let Some(item) = present::item(document, case, person, now, opens) else {
            continue;
        };
        let item = match cases.over(app, person, document) {
            Shown::Whole => item,
            Shown::Reference => present::veiled(item),
            Shown::Nothing => continue,
        };
        items.push(item);
    }
    Ok(Translations {
        items,
        total: found.total,
        unowned: found.unowned,
    })
}
