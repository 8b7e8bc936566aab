//! Finding a case by its reference. The answer for a case that is not this
//! person's to find is the answer for a case that does not exist.

use super::sight;
use crate::{App, Caller, Error, UseCase, intake::case_id, reading, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    case::{Find, Found},
};
use domain::reading::{Asked, ReadingEvent};
use vocabulary::Urn;

#[async_trait]
impl UseCase for Find {
    /// The case of exactly this reference, however it is typed.
    async fn answer(self, app: &App, who: &Caller) -> Result<Found, Error> {
        let person = who.person()?;
        sight::count_search(app, who).await?;
        let urn = Urn::parse(&self.reference).map_err(|_| {
            Problem::new(
                Code::BadRequest,
                "That is not a case reference.",
                "A reference has 4 to 16 letters and digits, for instance 76GD6405821.",
            )
        })?;
        // Where there is none, one is read for all that: a stopwatch learns nothing.
        let indexed = app.index.case_by_urn(&urn).await?;
        let case = app.ledger.case(indexed.unwrap_or_else(|| case_id(&urn)));
        let case = case.await?.filter(|_| indexed.is_some());
        let mut policy = String::new();
        let case = case.filter(|case| {
            let facts = relation::to_case(person, case);
            let decision = relation::may(app, person, Action::FindCase, &facts);
            policy = decision.policy();
            decision.allowed
        });
        let searched = ReadingEvent::CaseSearched {
            asked: Asked {
                reference: Some(urn.to_string()),
                ..Asked::default()
            },
            outcome: if case.is_some() { "one" } else { "none" }.to_owned(),
            case_id: case.as_ref().map(|case| case.id),
            organisation: person.organisation.id,
            policy,
        };
        reading::searched(app, person, searched).await?;
        let case = case
            .ok_or_else(|| {
                Problem::new(
                    Code::NotFound,
                    "No case with this reference is open to you.",
                    "Check the reference on the charge sheet or the letter. If another firm is on record, ask it or the court.",
                )
            })?;
        let facts = relation::to_case(person, &case);
        let policy = relation::may(app, person, Action::FindCase, &facts).policy();
        reading::case_found(app, person, case.id, policy).await?;
        Ok(Found {
            case_id: case.id,
            urn: case.urn.clone(),
        })
    }
}
