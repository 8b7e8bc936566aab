//! A person has seen a case as of a version.

use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Problem,
    case::{MarkSeen, Seen},
};

#[async_trait]
impl UseCase for MarkSeen {
    /// Notes how far the person has seen; never further than the case goes.
    async fn answer(self, app: &App, who: &Caller) -> Result<Seen, Error> {
        let person = who.person()?;
        let case = app
            .ledger
            .case(self.case_id)
            .await?
            .ok_or_else(Problem::not_found)?;
        relation::must_see(
            app,
            person,
            Action::ViewCase,
            &relation::to_case(person, &case),
        )?;
        let version = self.version.min(case.version);
        app.work
            .mark_seen(person.account.id, case.id, version)
            .await?;
        Ok(Seen {})
    }
}
