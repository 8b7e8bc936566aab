//! Who represents whom in one case, for the agency. Each look is counted and recorded.

use crate::{
    App, Caller, Error, UseCase, account::proof::must_be_proven_for, case::sight, reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    legal_aid::{Firm, Representation, Represented, RepresentedDefendant},
};
use domain::reading::{Asked, ReadingEvent};
use vocabulary::{OrganisationKind, Urn, fold_name};

/// Firms that are offered at most.
const MOST: usize = 20;

#[async_trait]
impl UseCase for Representation {
    /// By the reference of the case.
    async fn answer(self, app: &App, who: &Caller) -> Result<Represented, Error> {
        let person = who.person()?;
        let decision = relation::must(app, person, Action::RecordOrder, &Facts::default())?;
        sight::count_search(app, who).await?;
        let urn = Urn::parse(&self.reference).map_err(|_| Problem::not_found())?;
        let id = app.index.case_by_urn(&urn).await?;
        let searched = ReadingEvent::CaseSearched {
            asked: Asked {
                reference: Some(urn.to_string()),
                ..Asked::default()
            },
            outcome: if id.is_some() { "one" } else { "none" }.to_owned(),
            case_id: id,
            organisation: person.organisation.id,
            policy: decision.policy(),
        };
        reading::searched(app, person, searched).await?;
        let case = match id {
            Some(id) => app.ledger.case(id).await?,
            None => None,
        };
        let case = case.ok_or_else(Problem::not_found)?;
        must_be_proven_for(app, person, &case)?;

        let mut firms: Vec<Firm> = Vec::new();
        let mut offer = |organisation_id, name: &str| {
            if firms
                .iter()
                .all(|firm| firm.organisation_id != organisation_id)
            {
                firms.push(Firm {
                    organisation_id,
                    name: name.to_owned(),
                });
            }
        };
        for firm in case
            .defendants
            .iter()
            .filter_map(|d| d.represented_by.as_ref())
            .filter(|firm| !firm.is_awaited())
        {
            offer(firm.organisation, &firm.name);
        }
        let wanted = fold_name(&self.firm);
        if !wanted.is_empty() {
            let all = app.index.organisations().await?;
            for one in all
                .iter()
                .filter(|o| o.kind == OrganisationKind::DefenceFirm)
                .filter(|o| fold_name(&o.name).contains(&wanted))
                .take(MOST)
            {
                offer(one.id, &one.name);
            }
        }
        Ok(Represented {
            case_id: case.id,
            urn: case.urn.clone(),
            defendants: case
                .defendants
                .iter()
                .map(|state| {
                    let firm = state.represented_by.as_ref();
                    RepresentedDefendant {
                        defendant_id: state.charged.id,
                        name: state.charged.party.name(),
                        date_of_birth: state.charged.party.date_of_birth(),
                        firm: firm.map(|firm| Firm {
                            organisation_id: firm.organisation,
                            name: firm.shown(),
                        }),
                        basis: firm.map(|firm| firm.basis),
                        order: firm
                            .and_then(|firm| firm.order.as_ref())
                            .map(|order| order.reference.clone()),
                    }
                })
                .collect(),
            firms,
        })
    }
}
