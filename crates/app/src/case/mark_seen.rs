//! A person has seen a case as of a version.

use super::sight;
use crate::{App, Caller, Error, UseCase};
use async_trait::async_trait;
use contract::case::{MarkSeen, Seen};

#[async_trait]
impl UseCase for MarkSeen {
    /// Notes how far the person has seen; never further than the case goes.
    async fn answer(self, app: &App, who: &Caller) -> Result<Seen, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let version = self.version.min(case.version);
        app.work
            .mark_seen(person.account.id, case.id, version)
            .await?;
        Ok(Seen {})
    }
}
