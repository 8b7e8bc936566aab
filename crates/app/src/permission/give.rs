//! Permission of single people on single cases: given, taken back; and which cases are
//! sensitive. Whoever loses it is refused at the next request, because every request
//! reads the case.
//!
//! That a case is sensitive no longer opens it to everybody. It is as loud as breaking the
//! glass, waits for the same review, and is not done by somebody to whom it is closed.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    case::{sight, veil, view},
    ports::{Append, Expected, KeptOpening, StreamAppend},
    reading, relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    access::{CaseAccess, Give, OfCase, Permission, PermittedOn, SetSensitive, TakeBack},
};
use domain::{
    Event, Stream, StreamKind,
    case::{AccessChange, Case, CaseEvent, give_permission, set_sensitive, take_permission_back},
    reading::{GlassOpening, ReadingEvent},
};
use std::sync::Arc;
use vocabulary::{CaseId, DefendantId, OpeningId, OpeningKind, OrganisationKind, Urn};

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
            // A reference that no case has is asked about no oftener than one that a case has.
            None => {
                sight::count(app, person).await?;
                return Err(Problem::not_found().into());
            }
        };
        let policy = person.circumstances.under().unwrap_or_default();
        reading::case_looked_at(app, person, case.id, policy).await?;
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
        let on = (self.permission, self.defendant_id);
        let change = give_permission(&case, given, &account.groups, on, &self.reason)?;
        record(app, who, &case, change, None).await
    }
}

#[async_trait]
impl UseCase for TakeBack {
    /// Takes back that one; another of the same person stays.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let case = gives(app, person, self.case_id).await?;
        let change =
            take_permission_back(&case, (self.account_id, self.defendant_id), &self.reason)?;
        record(app, who, &case, change, None).await
    }
}

#[async_trait]
impl UseCase for SetSensitive {
    /// Makes the case sensitive, or lets it be as others are.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let case = gives(app, person, self.case_id).await?;
        if self.sensitive {
            let change = set_sensitive(&case, true, &self.reason)?;
            return record(app, who, &case, change, None).await;
        }
        let facts = relation::to_case(person, &case);
        relation::must(app, person, Action::LiftSensitivity, &facts)?;
        let change = set_sensitive(&case, false, &self.reason)?;
        let lifted = lifted(app, person, &case, &change);
        record(app, who, &case, change, lifted).await
    }
}

/// The opening to everybody, which waits for a review.
fn lifted(
    app: &App,
    person: &SignedIn,
    case: &Case,
    change: &AccessChange,
) -> Option<ReadingEvent> {
    let AccessChange::Sensitive { reason, .. } = change else {
        return None;
    };
    tracing::warn!(account = %person.account.id, case = %case.id, "sensitive no longer");
    Some(ReadingEvent::SensitivityLifted {
        opening: GlassOpening {
            id: OpeningId(app.chance.id()),
            case_id: case.id,
            account: person.account.id,
            name: person.account.name.clone(),
            reason: reason.clone(),
            at: app.chance.now(),
            kind: OpeningKind::Lifted,
        },
        organisation: person.organisation.id,
    })
}

/// A case on which the person gives access: they need not be able to open it, for an
/// access controller opens none.
async fn gives(app: &App, person: &SignedIn, id: CaseId) -> Result<Arc<Case>, Error> {
    if let Some(case) = app.ledger.case(id).await? {
        let facts = relation::to_case(person, &case);
        if relation::may(app, person, Action::GiveAccess, &facts).allowed {
            veil::must_open(app, person, Action::GiveAccess, &facts, [case.as_ref()])?;
            return Ok(case);
        }
    }
    // Whoever sees the case is told why not; to all others it is not there, and that they
    // asked is counted alike whether there is one or not.
    let (case, facts, _) = sight::case(app, person, id).await?;
    relation::must(app, person, Action::GiveAccess, &facts)?;
    Ok(case)
}

/// The part of a command that changes who may open a case.
pub(super) fn changed(case: &Case, change: AccessChange) -> StreamAppend {
    StreamAppend {
        stream: Stream::new(StreamKind::Case, case.id.0),
        expected: Expected::Version(case.version),
        key: case.id.0,
        events: vec![Event::Case(CaseEvent::AccessChanged { change })],
    }
}

/// Records a change, and an opening with it: both or neither.
async fn record(
    app: &App,
    who: &Caller,
    case: &Case,
    change: AccessChange,
    opening: Option<ReadingEvent>,
) -> Result<CaseAccess, Error> {
    let person = who.person()?;
    let mut streams = vec![changed(case, change)];
    streams.extend(opening.map(|event| reading::stream_append(case.id.0, event)));
    app.ledger
        .append(Append {
            command: who.command,
            moment: person.moment(app.chance.now()),
            streams,
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
    let mut permissions = Vec::with_capacity(case.access.permissions.len());
    for own in &case.access.permissions {
        let holder = app.index.account(own.account).await?;
        let groups = holder.map(|holder| holder.groups).unwrap_or_default();
        permissions.push(Permission {
            account_id: own.account,
            name: own.name.clone(),
            permission: own.permission,
            defendant_id: own.defendant,
            defendant: own.defendant.map(|id| called(app, person, case, id)),
            reason: own.reason.clone(),
            since: own.since,
            in_force: case.in_force(own, &groups, today),
        });
    }
    let defendants = case.defendants.iter().map(|own| PermittedOn {
        defendant_id: own.charged.id,
        called: called(app, person, case, own.charged.id),
    });
    Ok(CaseAccess {
        defendants: defendants.collect(),
        case_id: case.id,
        urn: case.urn.clone(),
        sensitive: case.access.sensitive.clone(),
        permissions,
        openings: openings
            .into_iter()
            .map(|own| opening(person, case, own))
            .collect(),
        may_give: true,
        may_lift: case.access.sensitive.is_some()
            && relation::may(
                app,
                person,
                Action::LiftSensitivity,
                &relation::to_case(person, case),
            )
            .allowed,
    })
}

/// A defendant as they are named to somebody who gives access: by their place in the case to
/// whoever does not see them, for an access controller opens none.
fn called(app: &App, person: &SignedIn, case: &Case, id: DefendantId) -> String {
    let mut all = case.defendants.iter();
    let place = all
        .position(|own| own.charged.id == id)
        .map_or(0, |at| at + 1);
    match case.defendant(id) {
        Some(own) if view::sees(app, person, case, Some(id)) => own.charged.party.name(),
        _ => format!("Defendant {place}"),
    }
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
        kind: kept.opening.kind,
        may_review: kept.reviewed.is_none() && kept.opening.account != person.account.id,
        name: kept.opening.name,
        reason: kept.opening.reason,
        at: kept.opening.at,
        reviewed: kept
            .reviewed
            .map(|(by, outcome)| format!("{by}. {outcome}")),
    }
}
