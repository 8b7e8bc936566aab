//! A firm goes off record: by itself, or by the court.

use super::{record, seen};
use crate::{App, Caller, Error, UseCase, relation};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    defence::{Disassociate, Done},
};
use domain::case::{Ending, disassociate};
use vocabulary::{DisassociationReason, OrganisationKind};

#[async_trait]
impl UseCase for Disassociate {
    /// Ends the association, and all access that hung on it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let person = who.person()?;
        let case = seen(app, person, self.case_id).await?;
        let facts = relation::to_defendant(person, &case, Some(self.defendant_id));
        relation::must_see(app, person, Action::ViewCase, &facts)?;
        relation::must(app, person, Action::DisassociateDefence, &facts)?;
        let court = person.organisation.kind == OrganisationKind::Court;
        let decided = self.reason == DisassociationReason::CourtDecision;
        if !self.reason.may_be_stated() || (decided && !court) {
            return Err(Problem::new(
                Code::BadRequest,
                "This reason is not one that you can state.",
                "Choose another reason.",
            )
            .into());
        }

        let wish = Ending {
            defendant: self.defendant_id,
            firm: (!court).then_some(person.organisation.id),
            reason: self.reason,
            note: self.note,
        };
        let events = disassociate(&case, &wish)?;

        record(app, who, &case, events, Done {}).await
    }
}
