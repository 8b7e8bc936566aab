//! What a typed text may mean.

use crate::{App, Caller, Error, UseCase, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    result::{Match, Matches, Search},
};
use domain::result::{Category, Level, ResultDefinition};

/// The most matches that are offered.
const MOST: usize = 20;

#[async_trait]
impl UseCase for Search {
    /// Definitions in force on the hearing's day in its court, best first.
    async fn answer(self, app: &App, who: &Caller) -> Result<Matches, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::EditResults, &Facts::default())?;
        let hearing = app
            .ledger
            .hearing(self.hearing_id)
            .await?
            .ok_or_else(Problem::not_found)?;
        let day = hearing.starts_at.day();
        let found = app
            .catalogue
            .results
            .search(&self.text, day, hearing.jurisdiction, MOST);
        Ok(Matches {
            matches: found.into_iter().map(matched).collect(),
        })
    }
}

/// A definition in a list.
pub(crate) fn matched(definition: &ResultDefinition) -> Match {
    Match {
        definition_id: definition.id,
        code: definition.code.clone(),
        label: definition.label.clone(),
        category: match definition.category {
            Category::Final => "Final",
            Category::Intermediary => "Intermediary",
            Category::Ancillary => "Ancillary",
        }
        .to_owned(),
        level: match definition.level {
            Level::Offence => "Offence",
            Level::Defendant => "Defendant",
            Level::Case => "Case",
        }
        .to_owned(),
    }
}
