//! Representation orders for firms that are not registered here: kept by the number of the firm's
//! contract with the agency, and given to the firm that is validated with that number, in the
//! same transaction. Whoever validates is told before that orders wait, and whether somebody else
//! has the number: nobody goes on record by a number that two claim.

use super::order::{ordered, put};
use crate::{
    App, Caller, Error, UseCase, defence::stream_append, organisation::heads_with_contract,
    ports::StreamAppend, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    defence::Done,
    legal_aid::{AwaitedOrder, AwaitedOrders, MakeOrderByContract, OrdersAwaited},
};
use domain::{
    account::Organisation,
    case::{Case, CaseEvent, Order, awaited_firm, contract_number, firm_registered},
};
use std::collections::BTreeMap;
use vocabulary::{CaseId, DefendantId, fold_name};

/// Orders in one view.
const MOST: i64 = 200;
/// Cases of one number that are looked at.
const CASES: i64 = 10_000;
/// The longest name of a firm, as when it registers.
const LONGEST: usize = 200;

#[async_trait]
impl UseCase for MakeOrderByContract {
    /// The firm that has the number, if it is here; otherwise the order waits for it.
    async fn answer(self, app: &App, who: &Caller) -> Result<Done, Error> {
        let case = ordered(app, who, self.case_id).await?;
        let contract = contract_number(&self.contract).ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "That is no LAA account number.",
                "It has four to twelve letters and digits, for instance 0A123B.",
            )
        })?;
        let known = app.index.organisations().await?;
        let firms = heads_with_contract(&known, &contract);
        let defendant = self.defendant_id;
        let order = match &firms[..] {
            [] => {
                let name = self.firm.split_whitespace().collect::<Vec<_>>().join(" ");
                if name.is_empty() || name.chars().count() > LONGEST {
                    return Err(Problem::new(
                        Code::BadRequest,
                        "No firm with this account number is registered here.",
                        "Give its name, so that the court knows who it is; the order waits for it.",
                    )
                    .into());
                }
                if let Some(here) = acts_already(&case, defendant, &known, &name) {
                    return Err(Problem::new(
                        Code::Refused,
                        format!(
                            "{} acts for this defendant, and is registered here without this \
                             account number.",
                            here.name
                        ),
                        "If the order names it, choose it by its name. If it names another firm, \
                         give the name of that firm in full.",
                    )
                    .into());
                }
                let order = Order {
                    defendant,
                    organisation: awaited_firm(&contract),
                    organisation_name: name,
                    reference: self.reference,
                    from: self.from,
                    contract: Some(contract),
                };
                return put(app, who, &case, order, Vec::new()).await;
            }
            [firm] => (*firm).clone(),
            _ => {
                return Err(Problem::new(
                    Code::Refused,
                    "More than one firm here has this account number.",
                    "Choose the firm by its name.",
                )
                .into());
            }
        };
        super::order::of_registered(
            app,
            who,
            &case,
            order,
            (defendant, self.reference, self.from),
        )
        .await
    }
}

/// The firm on record for the defendant, if it is the one that the agency names, as far as names
/// tell: it may have registered without its number, and would go off record by its own order.
fn acts_already<'a>(
    case: &Case,
    defendant: DefendantId,
    known: &'a [Organisation],
    name: &str,
) -> Option<&'a Organisation> {
    let on_record = case.defendant(defendant)?.represented_by.as_ref()?;
    let here = known.iter().find(|own| own.id == on_record.organisation)?;
    let own = telling(&here.name);
    let same = fold_name(&here.name) == fold_name(name) || !own.is_empty() && own == telling(name);
    same.then_some(here)
}

/// The words of a firm's name that others do not have as well.
fn telling(name: &str) -> Vec<String> {
    const LOOSE: [&str; 9] = [
        "and",
        "co",
        "law",
        "legal",
        "limited",
        "llp",
        "ltd",
        "solicitors",
        "the",
    ];
    let folded = fold_name(name);
    let words = folded.split(' ').filter(|own| !LOOSE.contains(own));
    words.map(str::to_owned).collect()
}

#[async_trait]
impl UseCase for AwaitedOrders {
    /// Oldest case first.
    async fn answer(self, app: &App, who: &Caller) -> Result<OrdersAwaited, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::RecordOrder, &Facts::default())?;
        let ids = app.index.cases_awaiting_firms(MOST + 1).await?;
        let more = i64::try_from(ids.len()).unwrap_or(i64::MAX) > MOST;
        person.circumstances.showed(ids.iter().copied());
        let cases = app.ledger.cases(&ids).await?;
        let mut orders = Vec::new();
        for case in cases.iter().take(usize::try_from(MOST).unwrap_or_default()) {
            orders.extend(of_case(case));
        }
        Ok(OrdersAwaited { orders, more })
    }
}

/// The orders of a case that wait. Of the defendants it names those alone for whom one stands.
fn of_case(case: &Case) -> impl Iterator<Item = AwaitedOrder> {
    case.defendants.iter().filter_map(|state| {
        let firm = state.represented_by.as_ref()?;
        let order = firm.order.as_ref()?;
        Some(AwaitedOrder {
            case_id: case.id,
            urn: case.urn.clone(),
            defendant_id: state.charged.id,
            defendant: state.charged.party.name(),
            firm: firm.name.clone(),
            contract: order.contract.clone()?,
            reference: order.reference.clone(),
            from: order.from,
            ended: case.concluded(),
        })
    })
}

/// What is recorded of cases whose orders waited for organisations that are let in now. Where
/// another has a number already, or two of them say that they have it, nobody goes on record.
pub(crate) async fn given_to(
    app: &App,
    organisations: &[Organisation],
) -> Result<Vec<StreamAppend>, Error> {
    let mut known = app.index.organisations().await?;
    known.extend(organisations.iter().cloned());
    let mut cases: BTreeMap<CaseId, (Case, Vec<_>)> = BTreeMap::new();
    for firm in organisations {
        for contract in &firm.profile.laa_contracts {
            // None of them if it is no firm of solicitors.
            let theirs = heads_with_contract(&known, contract);
            if theirs.is_empty() || theirs.iter().any(|one| one.head() != firm.head()) {
                continue;
            }
            let awaited = awaited_firm(contract);
            for case in of_number(app, contract).await? {
                let named = (firm.id, firm.name.as_str());
                let events = firm_registered(&case, awaited, named);
                let (_, all) = cases.entry(case.id).or_insert((case, Vec::new()));
                // Two offices of one organisation may have the same number.
                if !taken(all, &events) {
                    all.extend(events);
                }
            }
        }
    }
    Ok(cases
        .into_values()
        .filter(|(_, events)| !events.is_empty())
        .map(|(case, events)| stream_append(&case, events))
        .collect())
}

/// Whether somebody is put on record already for one of the defendants of these events.
fn taken(all: &[CaseEvent], events: &[CaseEvent]) -> bool {
    let whose = |event: &CaseEvent| match event {
        CaseEvent::DefenceAssociated { defendant_id, .. } => Some(*defendant_id),
        _ => None,
    };
    let mut named = all.iter().filter_map(whose);
    named.any(|one| events.iter().any(|event| whose(event) == Some(one)))
}

/// How many orders would put an organisation on record that is let in.
pub(crate) async fn count_given_to(app: &App, organisation: &Organisation) -> Result<usize, Error> {
    let given = given_to(app, std::slice::from_ref(organisation)).await?;
    // Each defendant is two events: on record, and by which order.
    Ok(given.iter().map(|one| one.events.len() / 2).sum())
}

/// The cases whose orders wait for a number.
async fn of_number(app: &App, contract: &str) -> Result<Vec<Case>, Error> {
    let found = app
        .index
        .cases_of(awaited_firm(contract), None, CASES)
        .await?;
    let ids: Vec<CaseId> = found.into_iter().map(|case| case.case_id).collect();
    Ok(app.ledger.cases(&ids).await?)
}
