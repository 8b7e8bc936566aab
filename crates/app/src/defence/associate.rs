//! A firm goes on record.

use super::{both_sides, named, record};
use crate::{App, Caller, Error, UseCase, case::sight, relation};
use access::Action;
use async_trait::async_trait;
use contract::defence::{Associate, Associated};
use domain::case::{Association, associate};

#[async_trait]
impl UseCase for Associate {
    /// The firm itself goes on record for a defendant, on a stated basis.
    async fn answer(self, app: &App, who: &Caller) -> Result<Associated, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let facts = relation::to_defendant(person, &case, Some(self.defendant_id));
        relation::must_see(app, person, Action::ViewCase, &facts)?;
        relation::must(app, person, Action::AssociateDefence, &facts)?;

        let wish = Association {
            defendant: self.defendant_id,
            organisation: person.organisation.id,
            organisation_name: person.organisation.name.clone(),
            basis: self.basis,
            confirmed: self.confirmed,
            read_other_side: both_sides::of_firm(app, person.organisation.id, &case).await?,
            seen: named(app, person, &case),
            change: None,
            instructed_on: self.instructed_on,
            today: app.chance.now().day(),
        };
        let events = associate(&case, &wish)?;

        let view = Associated {
            organisation: person.organisation.name.clone(),
        };
        record(app, who, &case, events, view).await
    }
}
