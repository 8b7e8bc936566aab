//! Representation orders are made, transferred and withdrawn.

use crate::{
    App, Caller, Error, UseCase,
    account::proof::must_be_proven_for,
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
use domain::{
    account::Organisation,
    case::{Case, CaseEvent, Order, make_order, withdraw_order},
};
use std::sync::Arc;
use vocabulary::{CaseId, Day, DefendantId, OrganisationKind};

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

        let order = (self.defendant_id, self.reference, self.from);
        of_registered(app, who, &case, firm, order).await
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

/// An order that names a firm that is registered here.
pub(super) async fn of_registered(
    app: &App,
    who: &Caller,
    case: &Case,
    firm: Organisation,
    (defendant, reference, from): (DefendantId, String, Day),
) -> Result<Done, Error> {
    let arising = both_sides::arising_by_order(app, &firm, case).await?;
    let order = Order {
        defendant,
        organisation: firm.id,
        organisation_name: firm.name,
        reference,
        from,
        contract: None,
    };
    put(app, who, case, order, arising).await
}

/// Records an order, with what else arises by it.
pub(super) async fn put(
    app: &App,
    who: &Caller,
    case: &Case,
    order: Order,
    arising: Vec<CaseEvent>,
) -> Result<Done, Error> {
    let mut events = make_order(case, &order)?;
    events.extend(arising);
    record(app, who, case, events, Done {}).await
}

/// A case, for somebody who may record orders. Counted before it is known whether there is one:
/// otherwise whoever has used up their looks would still hear of those that there are.
pub(super) async fn ordered(app: &App, who: &Caller, id: CaseId) -> Result<Arc<Case>, Error> {
    let person = who.person()?;
    relation::must(app, person, Action::RecordOrder, &Facts::default())?;
    sight::count(app, person).await?;
    let case = app.ledger.case(id).await?;
    let case = case.ok_or_else(Problem::not_found)?;
    must_be_proven_for(app, person, &case)?;
    Ok(case)
}
