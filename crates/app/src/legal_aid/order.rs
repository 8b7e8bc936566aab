//! Representation orders are made, transferred and withdrawn.

use crate::{
    App, Caller, Error, UseCase,
    case::sight,
    defence::{both_sides, record},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    defence::Done,
    legal_aid::{MakeOrder, WithdrawOrder},
};
use domain::case::{Case, Order, make_order, withdraw_order};
use std::sync::Arc;
use vocabulary::{CaseId, OrganisationKind};

#[async_trait]
impl UseCase for MakeOrder {
    /// The firm that the order names is on record from now on, and stays there.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let case = ordered(app, who, self.case_id).await?;
        let firm = app.index.organisation(self.organisation_id).await?;
        let firm = firm
            .filter(|firm| firm.kind == OrganisationKind::DefenceFirm)
            .ok_or_else(|| {
                Problem::new(
                    Code::BadRequest,
                    "That is no firm of solicitors.",
                    "Choose the firm by its name.",
                )
            })?;

        let arising = both_sides::arising_by_order(app, &firm, &case).await?;
        let order = Order {
            defendant: self.defendant_id,
            organisation: firm.id,
            organisation_name: firm.name,
            reference: self.reference,
            from: self.from,
        };
        let mut events = make_order(&case, &order)?;
        events.extend(arising);

        record(app, who, &case, events, Done {}).await
    }
}

#[async_trait]
impl UseCase for WithdrawOrder {
    /// The lock ends, and the association with it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let case = ordered(app, who, self.case_id).await?;

        let events = withdraw_order(&case, self.defendant_id, self.on)?;

        record(app, who, &case, events, Done {}).await
    }
}

/// A case, for somebody who may record orders. Counted before it is known whether there is one:
/// otherwise whoever has used up their looks would still hear of those that there are.
async fn ordered(app: &App, who: &Caller, id: CaseId) -> Result<Arc<Case>, Error> {
    let person = who.person()?;
    relation::must(app, person, Action::RecordOrder, &Facts::default())?;
    sight::count(app, person).await?;
    let case = app.ledger.case(id).await?;
    Ok(case.ok_or_else(Problem::not_found)?)
}
