//! A notice of change of legal representative (CrimPR 46.2): a firm takes the place of
//! one that is paid privately. Whoever gives it cannot see the case; it names the case,
//! the defendant and a day of hearing, and everything else has one answer.

use super::{both_sides, find, named, record};
use crate::{App, Caller, Error, UseCase, case::sight, reading, relation};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    defence::{Change, Changed, Find},
};
use domain::case::{self, Association, associate};

#[async_trait]
impl UseCase for Change {
    /// The firm goes on record in the other's place, which is told.
    async fn answer(self, app: &App, who: &Caller) -> Result<Changed, Error> {
        let person = who.person()?;
        let free = Facts {
            unrepresented: true,
            ..Facts::default()
        };
        relation::must(app, person, Action::AssociateDefence, &free)?;
        sight::count_search(app, who).await?;
        let asked = Find {
            reference: self.reference,
            name: self.name,
            hearing_day: Some(self.hearing_day),
            date_of_birth: None,
        };
        let found = find::search(app, person, &asked).await?;
        reading::searched(app, person, found.event(person, &asked)).await?;
        let matched = found.found.filter(|found| found.replaces || found.closed);
        let (case_id, defendant, closed) = matched
            .and_then(|found| Some((found.case_id, found.defendant_id?, found.closed)))
            .ok_or_else(Problem::not_found)?;
        let case = app
            .ledger
            .case(case_id)
            .await?
            // A sensitive case changes hands by the court alone; in it a firm takes on
            // whom nobody represents.
            .filter(|case| match closed {
                true => case.is_sensitive() && case.firm_of(defendant).is_none(),
                false => case.gives_way(defendant) && !case.is_sensitive(),
            })
            .ok_or_else(Problem::not_found)?;
        if closed {
            let facts = Facts {
                named: true,
                ..relation::to_defendant(person, &case, Some(defendant))
            };
            relation::must_see(app, person, Action::AssociateDefence, &facts)?;
        }

        let wish = Association {
            defendant,
            organisation: person.organisation.id,
            organisation_name: person.organisation.name.clone(),
            basis: self.basis,
            confirmed: self.confirmed,
            read_other_side: both_sides::of_firm(app, person.organisation.id, &case).await?,
            seen: named(app, person, &case),
            change: Some(case::Change {
                instructed_on: self.instructed_on,
            }),
            instructed_on: None,
            today: app.chance.now().day(),
        };
        let events = associate(&case, &wish)?;

        record(app, who, &case, events, Changed { case_id }).await
    }
}
