//! Which hearings are closed to a person: asked by a computer that keeps what they typed there.
//! Whoever is asked for a reason or a proof first has not lost the case.

use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{Closed, ClosedHearings},
};
use domain::{case::Case, hearing::Hearing};
use vocabulary::CaseId;

/// The most hearings in one question.
const MOST: usize = 200;

#[async_trait]
impl UseCase for Closed {
    /// Closed, and not there, is the same.
    async fn answer(self, app: &App, who: &Caller) -> Result<ClosedHearings, Error> {
        let person = who.person()?;
        if self.hearings.len() > MOST {
            return Err(Problem::new(
                Code::BadRequest,
                format!("At most {MOST} hearings are asked about at once."),
                "Ask about the others afterwards.",
            )
            .into());
        }
        let opens_any = relation::may(app, person, Action::ViewHearing, &relation::at_best());
        let mut closed = self.hearings;
        if !opens_any.allowed {
            return Ok(ClosedHearings { closed });
        }
        let hearings = app.ledger.hearings(&closed).await?;
        let mut ids: Vec<CaseId> = hearings.iter().flat_map(cases_of).collect();
        ids.sort_unstable();
        ids.dedup();
        let cases = app.ledger.cases(&ids).await?;
        let is_open = |hearing: &Hearing| {
            let own: Vec<CaseId> = cases_of(hearing).collect();
            let own: Vec<Case> = cases
                .iter()
                .filter(|case| own.contains(&case.id))
                .cloned()
                .collect();
            let facts = relation::to_hearing_of(person, hearing, &own);
            match relation::must_see(app, person, Action::ViewHearing, &facts) {
                Ok(_) => true,
                Err(Error::Problem(problem)) => problem.code != Code::NotFound,
                Err(_) => false,
            }
        };
        closed.retain(|id| {
            let found = hearings.iter().find(|hearing| hearing.id == *id);
            !found.is_some_and(is_open)
        });
        Ok(ClosedHearings { closed })
    }
}

fn cases_of(hearing: &Hearing) -> impl Iterator<Item = CaseId> {
    hearing.parties.iter().map(|party| party.case_id)
}
