//! Permission of single people on single cases: given, taken back; and which cases are
//! sensitive. Whoever loses it is refused at the next request, because every request
//! reads the case.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::sight,
    ports::{Append, Expected, KeptOpening, StreamAppend},
    relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    access::{CaseAccess, Give, OfCase, Permission, SetSensitive, TakeBack},
};
use domain::{
    Event, Stream, StreamKind,
    case::{AccessChange, Case, CaseEvent, give_permission, set_sensitive, take_permission_back},
};
use vocabulary::{CaseId, OrganisationKind, Urn};

/// The most openings that a case shows.
const MOST_OPENINGS: i64 = 50;

#[async_trait]
impl UseCase for OfCase {
    /// Who has permission, for those who give it.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let id = match self.case.trim().parse::<CaseId>() {
            Ok(id) => Some(id),
            Err(_) => match Urn::parse(&self.case) {
                Ok(urn) => app.index.case_by_urn(&urn).await?,
                Err(_) => None,
            },
        };
        let case = match id {
            Some(id) => gives(app, person, id).await?,
            None => return Err(Problem::not_found().into()),
        };
        present(app, person, &case).await
    }
}

#[async_trait]
impl UseCase for Give {
    /// Gives it to somebody of a court.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let case = gives(app, person, self.case_id).await?;
        let email = self.email.trim().to_lowercase();
        let account = app.index.account_by_email(&email).await?;
        let account = account.filter(|account| account.active);
        let organisation = match &account {
            Some(account) => app.index.organisation(account.organisation).await?,
            None => None,
        };
        let of_a_court = organisation.is_some_and(|own| own.kind == OrganisationKind::Court);
        let account = account.filter(|_| of_a_court).ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "No court has anybody with this address.",
                "Write the e-mail address with which the person signs in.",
            )
        })?;
        if account.id == person.account.id {
            return Err(Problem::new(
                Code::NotPermitted,
                "Nobody gives permission to themselves.",
                "Ask a colleague to give it, or say why you must open the case.",
            )
            .into());
        }
        let given = (account.id, account.name.as_str());
        let change = give_permission(&case, given, self.permission, &self.reason)?;
        record(app, who, person, &case, change).await
    }
}

#[async_trait]
impl UseCase for TakeBack {
    /// Takes it back.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let case = gives(app, person, self.case_id).await?;
        let change = take_permission_back(&case, self.account_id, &self.reason)?;
        record(app, who, person, &case, change).await
    }
}

#[async_trait]
impl UseCase for SetSensitive {
    /// Makes the case sensitive, or lets it be as others are.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let case = gives(app, person, self.case_id).await?;
        let change = set_sensitive(&case, self.sensitive, &self.reason)?;
        record(app, who, person, &case, change).await
    }
}

/// A case on which the person gives access: they need not be able to open it, for an
/// access controller opens none.
async fn gives(app: &App, person: &SignedIn, id: CaseId) -> Result<std::sync::Arc<Case>, Error> {
    let (case, facts) = match app.ledger.case(id).await? {
        Some(case) => {
            let facts = relation::to_case(person, &case);
            (case, facts)
        }
        None => return Err(Problem::not_found().into()),
    };
    let decision = relation::may(app, person, Action::GiveAccess, &facts);
    if decision.allowed {
        person.circumstances.passed(&decision.policies);
        return Ok(case);
    }
    // Whoever sees the case is told why not; to all others it is not there.
    sight::case(app, person, id).await?;
    relation::must(app, person, Action::GiveAccess, &facts)?;
    Ok(case)
}

async fn record(
    app: &App,
    who: &Caller,
    person: &SignedIn,
    case: &Case,
    change: AccessChange,
) -> Result<CaseAccess, Error> {
    app.ledger
        .append(Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams: vec![StreamAppend {
                stream: Stream::new(StreamKind::Case, case.id.0),
                expected: Expected::Version(case.version),
                key: case.id.0,
                events: vec![Event::Case(CaseEvent::AccessChanged { change })],
            }],
            // The view is made anew: who has permission may have changed since.
            answer: serde_json::Value::Null,
        })
        .await?;
    let case = app.ledger.case(case.id).await?;
    let case = case.ok_or_else(Problem::not_found)?;
    present(app, person, &case).await
}

async fn present(app: &App, person: &SignedIn, case: &Case) -> Result<CaseAccess, Error> {
    let today = app.chance.now().day();
    let openings = app.index.openings(Some(case.id), MOST_OPENINGS).await?;
    Ok(CaseAccess {
        case_id: case.id,
        urn: case.urn.clone(),
        sensitive: case.access.sensitive.clone(),
        permissions: case
            .access
            .permissions
            .iter()
            .map(|own| Permission {
                account_id: own.account,
                name: own.name.clone(),
                permission: own.permission,
                reason: own.reason.clone(),
                since: own.since,
                in_force: case.in_force(own, today),
            })
            .collect(),
        openings: openings
            .into_iter()
            .map(|own| opening(person, case, own))
            .collect(),
        may_give: true,
    })
}

/// An opening as it is shown to somebody who gives access.
pub(super) fn opening(
    person: &SignedIn,
    case: &Case,
    kept: KeptOpening,
) -> contract::access::Opening {
    contract::access::Opening {
        opening_id: kept.opening.id,
        case_id: case.id,
        urn: case.urn.clone(),
        may_review: kept.reviewed.is_none() && kept.opening.account != person.account.id,
        name: kept.opening.name,
        reason: kept.opening.reason,
        at: kept.opening.at,
        reviewed: kept
            .reviewed
            .map(|(by, outcome)| format!("{by}. {outcome}")),
    }
}
