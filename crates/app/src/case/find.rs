//! Finding a case by its reference. The answer for a case that is not this
//! person's to find is the answer for a case that does not exist.

use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    case::{Find, Found},
};
use vocabulary::Urn;

/// Look-ups that one person may make within the window: finding is no search.
const LOOK_UPS: u64 = 60;
/// The window, in seconds.
const WINDOW: i64 = 10 * 60;

#[async_trait]
impl UseCase for Find {
    /// The case of exactly this reference, however it is typed.
    async fn answer(self, app: &App, who: &Caller) -> Result<Found, Error> {
        let person = who.person()?;
        if !person.in_any(&[
            vocabulary::Group::LegalAdvisers,
            vocabulary::Group::CourtClerks,
            vocabulary::Group::CourtAssociate,
            vocabulary::Group::CourtAdministrators,
        ]) {
            let name = format!("find {}", person.account.id);
            let tries = app.work.count_try(&name, app.chance.now(), WINDOW).await?;
            if tries > LOOK_UPS {
                return Err(Problem::new(
                    Code::TooManyTries,
                    "You have looked up many references in a short time.",
                    "Wait ten minutes, then go on.",
                )
                .into());
            }
        }

        let urn = Urn::parse(&self.reference).map_err(|_| {
            Problem::new(
                Code::BadRequest,
                "That is not a case reference.",
                "A reference has 4 to 16 letters and digits, for instance 76GD6405821.",
            )
        })?;
        let case = match app.index.case_by_urn(&urn).await? {
            Some(id) => app.ledger.case(id).await?,
            None => None,
        };
        let case = case
            .filter(|case| {
                let facts = relation::to_case(person, case);
                relation::may(app, person, Action::FindCase, &facts).allowed
            })
            .ok_or_else(|| {
                Problem::new(
                    Code::NotFound,
                    "No case with this reference is open to you.",
                    "Check the reference on the charge sheet or the letter. If another firm is on record, ask it or the court.",
                )
            })?;
        Ok(Found {
            case_id: case.id,
            urn: case.urn,
        })
    }
}
