//! Who of an organisation could open a case, and why: asked of the same policies as when they open
//! it. Of a case that nobody there opens it is not said that there is one. What somebody said a
//! reason for, which counts for some hours, is with the openings and not here.

use super::{
    Reach, offices,
    person::{sees, standing_in, why},
};
use crate::{
    App, Caller, Error, UseCase,
    account::proof::must_be_proven_for,
    caller::SignedIn,
    case::{
        sight,
        veil::{self, Shown},
    },
    relation,
};
use async_trait::async_trait;
use contract::{
    Problem,
    organisation::{CaseOpener, CaseOpeners, WhoOpens},
};
use domain::case::Case;
use vocabulary::Urn;

/// Whether somebody stands to a case in any way. What a policy opens to everybody of a kind, as a
/// case in which nobody is represented is to every firm that is asked to act, is no case of theirs,
/// and whoever only looks after people does not learn here that there is one.
fn is_theirs(person: &SignedIn, case: &Case) -> bool {
    let own = relation::to_case(person, case);
    let by_organisation = own.prosecuting || own.associated || own.instructed || own.sitting;
    by_organisation || own.granted || own.assigned || own.permitted || own.partly
}

/// The most people that are named.
const MOST: usize = 200;

#[async_trait]
impl UseCase for WhoOpens {
    /// By the reference of the case.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseOpeners, Error> {
        let asking = who.person()?;
        let reach = Reach::of(app, asking)?;
        let own = match self.organisation_id {
            Some(id) => reach.organisation(app, id).await?,
            None => asking.organisation.clone(),
        };
        sight::count_search(app, who).await?;
        let urn = Urn::parse(&self.reference).map_err(|_| Problem::not_found())?;
        let case = match app.index.case_by_urn(&urn).await? {
            Some(id) => app.ledger.case(id).await?,
            None => None,
        };
        let case = case.ok_or_else(Problem::not_found)?;
        if veil::over(app, asking, &case) == Shown::Nothing {
            return Err(Problem::not_found().into());
        }

        let named = sees(app, asking, &case).allowed;
        let offices = offices(app, own.head()).await?;
        let ids: Vec<_> = offices.iter().map(|office| office.id).collect();
        let mut people = Vec::new();
        for account in app.people.accounts_in(&ids).await? {
            let office = offices.iter().find(|one| one.id == account.organisation);
            let Some(office) = office.filter(|_| account.active) else {
                continue;
            };
            let as_them = standing_in(asking, &account, office);
            let decision = sees(app, &as_them, &case);
            if decision.allowed && is_theirs(&as_them, &case) {
                people.push(CaseOpener {
                    account_id: account.id,
                    why: why(&as_them, &case, named),
                    policy: decision.policy(),
                    name: account.name,
                    organisation: office.name.clone(),
                });
            }
        }
        if people.is_empty() {
            return Err(Problem::not_found().into());
        }
        must_be_proven_for(app, asking, &case)?;
        let left_off = people.len().saturating_sub(MOST);
        people.truncate(MOST);
        asking.circumstances.showed([case.id]);
        Ok(CaseOpeners {
            urn: case.urn.to_string(),
            people,
            left_off,
        })
    }
}
