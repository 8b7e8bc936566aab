//! Representation orders are made, transferred and withdrawn.

use crate::{App, Caller, Error, UseCase, case::sight, defence::record, relation};
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

        let order = Order {
            defendant: self.defendant_id,
            organisation: firm.id,
            organisation_name: firm.name,
            reference: self.reference,
            from: self.from,
        };
        let events = make_order(&case, &order)?;

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

/// A case, for somebody who may record orders; whoever guesses ids is counted.
async fn ordered(app: &App, who: &Caller, id: CaseId) -> Result<Arc<Case>, Error> {
    let person = who.person()?;
    relation::must(app, person, Action::RecordOrder, &Facts::default())?;
    match app.ledger.case(id).await? {
        Some(case) => Ok(case),
        None => {
            sight::count(app, person).await?;
            Err(Problem::not_found().into())
        }
    }
}
