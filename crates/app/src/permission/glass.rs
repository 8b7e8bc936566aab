//! Breaking the glass: a sensitive case is opened without permission, for a reason. It is
//! loud. The reason is in the record before the case opens, the people who give access at
//! the case's courts are told at once, and it waits in their queue until somebody else
//! than whoever did it has reviewed it.

use super::give::opening;
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{KeptOpening, TryLimit},
    reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    access::{BreakGlass, GlassBroken, OpeningQueue, Openings, Review},
};
use domain::{
    case::{Case, reason},
    reading::{GlassOpening, ReadingEvent},
};
use vocabulary::OpeningId;

/// The most openings in the queue.
const MOST: i64 = 200;
/// Cases that one person may open so within the window.
const OPENINGS: u64 = 10;
/// The window, in seconds.
const WINDOW: i64 = 60 * 60;

#[async_trait]
impl UseCase for BreakGlass {
    /// Opens the case for a while.
    async fn answer(self, app: &App, who: &Caller) -> Result<GlassBroken, Error> {
        let person = who.person()?;
        let case = app.ledger.case(self.case_id).await?;
        let case = case.ok_or_else(Problem::not_found)?;
        let facts = Facts {
            reasoned: true,
            ..relation::to_case(person, &case)
        };
        // Only what a reason would open is opened for one.
        let decision = relation::must_see(app, person, Action::ViewCase, &facts)?;
        if !facts.sensitive || facts.permitted {
            return Err(Problem::new(
                Code::Refused,
                "This case is open to you without a reason.",
                "Open it as any other case.",
            )
            .into());
        }
        let reason = reason(&self.reason)?;
        let now = app.chance.now();
        let limit = TryLimit {
            name: format!("glass {}", person.account.id),
            most: OPENINGS,
            window_seconds: WINDOW,
        };
        if !app.work.admit_try(&[limit], now).await? {
            return Err(Problem::new(
                Code::TooManyTries,
                "You have opened many sensitive cases in a short time.",
                "Ask whoever gives access at the court for permission on them.",
            )
            .into());
        }

        let opening = GlassOpening {
            id: OpeningId(app.chance.id()),
            case_id: case.id,
            account: person.account.id,
            name: person.account.name.clone(),
            reason,
            at: now,
        };
        tracing::warn!(account = %person.account.id, case = %case.id, policy = decision.policy(), "glass broken");
        let event = ReadingEvent::GlassBroken {
            opening,
            organisation: person.organisation.id,
        };
        reading::record(app, person, case.id.0, event).await?;
        Ok(GlassBroken {
            until: app.reasons.given(person.account.id, case.id, now),
        })
    }
}

#[async_trait]
impl UseCase for Openings {
    /// Those that wait for a review.
    async fn answer(self, app: &App, who: &Caller) -> Result<OpeningQueue, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::GiveAccess, &Facts::default())?;
        queue(app, person).await
    }
}

#[async_trait]
impl UseCase for Review {
    /// Says whether it was right; what was wrong is closed at once.
    async fn answer(self, app: &App, who: &Caller) -> Result<OpeningQueue, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::GiveAccess, &Facts::default())?;
        let kept = app.index.opening(self.opening_id).await?;
        let kept = kept.ok_or_else(Problem::not_found)?;
        if kept.reviewed.is_some() {
            return Err(Problem::new(
                Code::Refused,
                "This was reviewed already.",
                "Look at the queue again.",
            )
            .into());
        }
        if kept.opening.account == person.account.id {
            return Err(Problem::new(
                Code::NotPermitted,
                "Nobody reviews what they opened themselves.",
                "Ask a colleague who gives access.",
            )
            .into());
        }
        let note = reason(&self.note)?;
        let (account, case) = (kept.opening.account, kept.opening.case_id);
        let event = ReadingEvent::OpeningReviewed {
            opening: kept.opening,
            by: person.account.name.clone(),
            justified: self.justified,
            note,
        };
        reading::record(app, person, case.0, event).await?;
        if !self.justified {
            app.reasons.end(account, case);
        }
        queue(app, person).await
    }
}

async fn queue(app: &App, person: &SignedIn) -> Result<OpeningQueue, Error> {
    let waiting: Vec<KeptOpening> = app.index.openings(None, MOST).await?;
    let ids: Vec<_> = waiting.iter().map(|own| own.opening.case_id).collect();
    let cases: Vec<Case> = app.ledger.cases(&ids).await?;
    Ok(OpeningQueue {
        openings: waiting
            .into_iter()
            .filter_map(|own| {
                let case = cases.iter().find(|case| case.id == own.opening.case_id)?;
                Some(opening(person, case, own))
            })
            .collect(),
    })
}
