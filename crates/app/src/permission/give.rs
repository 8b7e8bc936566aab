//! Permission of single people on single cases: given, taken back; and which cases are
//! sensitive. Whoever loses it is refused at the next request, because every request
//! reads the case.
//!
//! Courts give it, and whoever is in charge of a case at the authority that brought it, to those
//! who prosecute it (`whom.rs`).
//!
//! That a case is sensitive no longer opens it to everybody. It is as loud as breaking the
//! glass, waits for the same review, and is not done by somebody to whom it is closed.

use super::whom::{Giver, counts, offered, whom};
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
    case::{
        ASSIGNED_FOR, AccessChange, Case, CaseEvent, Holder, Permitting, give_permission,
        set_sensitive, take_permission_back,
    },
    reading::{GlassOpening, ReadingEvent},
};
use std::sync::Arc;
use vocabulary::{CaseId, DefendantId, OpeningId, OpeningKind, OrganisationKind, Urn};

/// The most openings that a case shows.
const MOST_OPENINGS: i64 = 50;
/// What is said of why a case is sensitive to whoever is no court's: a reason may say more of a
/// witness or of the other side than they may know (docs/decisions/0050).
const WHY_IS_THE_COURTS: &str = "the court that hears it said so.";

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
        let (case, giver) = match id {
            Some(id) => gives(app, person, id).await?,
            // A reference that no case has is asked about no oftener than one that a case has.
            None => {
                sight::count(app, person).await?;
                return Err(Problem::not_found().into());
            }
        };
        let policy = person.circumstances.under().unwrap_or_default();
        reading::case_looked_at(app, person, case.id, policy).await?;
        present(app, person, (&case, giver)).await
    }
}

#[async_trait]
impl UseCase for Give {
    /// Gives it to somebody of a court, or to somebody who prosecutes the case.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let (case, giver) = gives(app, person, self.case_id).await?;
        let to = whom(app, person, (&case, giver), &self.email).await?;
        let account = &to.account;
        if account.id == person.account.id {
            return Err(Problem::new(
                Code::NotPermitted,
                "Nobody gives permission to themselves.",
                "Ask a colleague to give it, or say why you must open the case.",
            )
            .into());
        }
        let holder = Holder {
            account: account.id,
            groups: &account.groups,
            prosecutes_at: to.prosecutes_at,
        };
        let wish = Permitting {
            permission: self.permission,
            defendant: self.defendant_id,
            until: self.until,
            today: app.chance.now().day(),
        };
        let change = give_permission(&case, (holder, &account.name), wish, &self.reason)?;
        record(app, who, (&case, giver), change, None).await
    }
}

#[async_trait]
impl UseCase for TakeBack {
    /// Takes back that one; another of the same person stays.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let (case, giver) = gives(app, person, self.case_id).await?;
        let (of, alone) = (
            (self.account_id, self.defendant_id),
            giver == Giver::Prosecution,
        );
        let change = take_permission_back(&case, of, alone, &self.reason)?;
        record(app, who, (&case, giver), change, None).await
    }
}

#[async_trait]
impl UseCase for SetSensitive {
    /// Makes the case sensitive, or lets it be as others are.
    async fn answer(self, app: &App, who: &Caller) -> Result<CaseAccess, Error> {
        let person = who.person()?;
        let (case, giver) = gives(app, person, self.case_id).await?;
        let facts = relation::to_case(person, &case);
        if giver != Giver::Court {
            relation::must(app, person, Action::GiveAccess, &facts)?;
        }
        if self.sensitive {
            let change = set_sensitive(&case, true, &self.reason)?;
            return record(app, who, (&case, giver), change, None).await;
        }
        relation::must(app, person, Action::LiftSensitivity, &facts)?;
        let change = set_sensitive(&case, false, &self.reason)?;
        let lifted = lifted(app, person, &case, &change);
        record(app, who, (&case, giver), change, lifted).await
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
/// access controller opens none, and whoever is in charge of it at an authority would else open it
/// for nothing but that others need not say why.
async fn gives(app: &App, person: &SignedIn, id: CaseId) -> Result<(Arc<Case>, Giver), Error> {
    if let Some(case) = app.ledger.case(id).await? {
        let facts = relation::to_case(person, &case);
        for (action, giver) in [
            (Action::GiveAccess, Giver::Court),
            (Action::GiveProsecutionAccess, Giver::Prosecution),
        ] {
            if relation::may(app, person, action, &facts).allowed {
                veil::must_open(app, person, action, &facts, [case.as_ref()])?;
                return Ok((case, giver));
            }
        }
    }
    // Whoever sees the case is told why not; to all others it is not there, and that they
    // asked is counted alike whether there is one or not.
    let (case, facts, _) = sight::case(app, person, id).await?;
    let (action, giver) = match person.organisation.kind {
        OrganisationKind::Prosecutor => (Action::GiveProsecutionAccess, Giver::Prosecution),
        _ => (Action::GiveAccess, Giver::Court),
    };
    relation::must(app, person, action, &facts)?;
    Ok((case, giver))
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
    (case, giver): (&Case, Giver),
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
    present(app, person, (&case, giver)).await
}

async fn present(
    app: &App,
    person: &SignedIn,
    (case, giver): (&Case, Giver),
) -> Result<CaseAccess, Error> {
    let of_court = giver == Giver::Court;
    // Who of the court has permission, who opened it and why, is the court's to know.
    let openings = match of_court {
        true => app.index.openings(Some(case.id), MOST_OPENINGS).await?,
        false => Vec::new(),
    };
    let theirs = |own: &&domain::case::Permission| of_court || own.organisation.is_some();
    let mut permissions = Vec::with_capacity(case.access.permissions.len());
    for own in case.access.permissions.iter().filter(theirs) {
        let (in_force, organisation) = counts(app, case, own).await?;
        permissions.push(Permission {
            account_id: own.account,
            name: own.name.clone(),
            permission: own.permission,
            defendant_id: own.defendant,
            defendant: own.defendant.map(|id| called(app, person, case, id)),
            organisation,
            until: own.until,
            reason: own.reason.clone(),
            since: own.since,
            in_force,
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
        sensitive: match of_court {
            true => case.access.sensitive.clone(),
            false => case.is_sensitive().then(|| WHY_IS_THE_COURTS.to_owned()),
        },
        permissions,
        openings: openings
            .into_iter()
            .map(|own| opening(person, case, own))
            .collect(),
        may_give: true,
        for_prosecution: !of_court,
        offered: offered(app, person, (case, giver)).await?,
        usual_until: app.chance.now().day().plus_days(ASSIGNED_FOR),
        may_make_sensitive: of_court,
        may_lift: of_court
            && case.access.sensitive.is_some()
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
