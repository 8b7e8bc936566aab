//! Breaking the glass: a sensitive case is opened without permission, for a reason. It is
//! loud. The reason is in the record before the case opens, the people who give access are
//! told at once, and so is whoever brought the case (docs/decisions/0050); it waits in the
//! queue of the former until somebody else than whoever did it has reviewed it. A case of
//! another court opens in the same way and quietly: its reason is recorded and read in reports.

use super::{
    give::{changed, opening},
    whom::gives_for_the_prosecution,
};
use crate::{
    App, Caller, Error, UseCase,
    account::proof::must_be_proven_for,
    caller::SignedIn,
    case::{sight, veil},
    ports::{Append, KeptOpening, TryLimit},
    reading, relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    access::{BreakGlass, GlassBroken, OpeningQueue, Openings, Review},
};
use domain::{
    case::{AccessChange, Case, reason},
    reading::{GlassOpening, ReadingEvent},
};
use vocabulary::{OpeningId, OpeningKind};

/// The most openings in the queue of one court's office.
const MOST: usize = 200;
/// Openings of all courts among which they are looked for.
const MOST_WAITING: i64 = 2_000;
/// Cases that one person may open so within the window.
const OPENINGS: u64 = 10;
/// Cases of other courts that one person may open so: who helps out elsewhere has a day's list.
const OF_OTHER_COURTS: u64 = 60;
/// The window, in seconds.
const WINDOW: i64 = 60 * 60;

#[async_trait]
impl UseCase for BreakGlass {
    /// Opens the case for a while.
    async fn answer(self, app: &App, who: &Caller) -> Result<GlassBroken, Error> {
        let person = who.person()?;
        let Some(case) = app.ledger.case(self.case_id).await? else {
            return Err(sight::missed(app, person).await);
        };
        let facts = relation::to_case(person, &case);
        let kind = match facts.sensitive {
            true => OpeningKind::Glass,
            false => OpeningKind::Area,
        };
        let facts = Facts {
            reasoned: facts.sensitive,
            stated: true,
            // Permission on one defendant opens the others to nobody.
            partly: false,
            ..facts
        };
        // Only what a reason would open is opened for one.
        let Ok(decision) = relation::must_see(app, person, Action::ViewCase, &facts) else {
            return Err(sight::missed(app, person).await);
        };
        let without = Facts {
            reasoned: false,
            stated: false,
            ..facts
        };
        if relation::may(app, person, Action::ViewCase, &without).allowed {
            return Err(Problem::new(
                Code::Refused,
                "This case is open to you without a reason.",
                "Open it as any other case.",
            )
            .into());
        }
        // Else somebody at a window that another left says it in their name.
        must_be_proven_for(app, person, &case)?;
        let reason = reason(&self.reason)?;
        let now = app.chance.now();
        let (most, what) = match kind {
            OpeningKind::Area => (OF_OTHER_COURTS, "cases of other courts"),
            OpeningKind::Glass | OpeningKind::Lifted => (OPENINGS, "sensitive cases"),
        };
        let limit = TryLimit {
            name: format!("{} {}", kind.as_str(), person.account.id),
            most,
            window_seconds: WINDOW,
        };
        if !app.work.admit_try(&[limit], now).await? {
            return Err(Problem::new(
                Code::TooManyTries,
                format!("You have opened many {what} in a short time."),
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
            kind,
        };
        let until = opening.until();
        tracing::warn!(account = %person.account.id, case = %case.id, policy = decision.policy(), kind = kind.as_str(), "opened for a reason");
        let organisation = person.organisation.id;
        let event = match kind {
            OpeningKind::Area => ReadingEvent::AreaReasonGiven {
                opening,
                organisation,
            },
            OpeningKind::Glass | OpeningKind::Lifted => ReadingEvent::GlassBroken {
                opening,
                organisation,
            },
        };
        reading::record(app, person, case.id.0, event).await?;
        Ok(GlassBroken { until })
    }
}

#[async_trait]
impl UseCase for Openings {
    /// Those that wait for a review.
    async fn answer(self, app: &App, who: &Caller) -> Result<OpeningQueue, Error> {
        let person = who.person()?;
        let reviews = relation::may(app, person, Action::GiveAccess, &Facts::default()).allowed;
        if !reviews && gives_for_the_prosecution(app, person) {
            return Ok(OpeningQueue {
                openings: Vec::new(),
                reviews,
                more: false,
            });
        }
        relation::must(app, person, Action::GiveAccess, &Facts::default())?;
        queue(app, person).await
    }
}

#[async_trait]
impl UseCase for Review {
    /// Says whether it was right; what was wrong is closed at once, on every server: to
    /// whoever broke the glass, or to everybody if the case was let be as others are.
    async fn answer(self, app: &App, who: &Caller) -> Result<OpeningQueue, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::GiveAccess, &Facts::default())?;
        let kept = app.index.opening(self.opening_id).await?;
        let kept = kept.ok_or_else(Problem::not_found)?;
        // What another court's office has to review is not there.
        let case = app.ledger.case(kept.opening.case_id).await?;
        let case = case.ok_or_else(Problem::not_found)?;
        let facts = relation::to_case(person, &case);
        veil::must_open(app, person, Action::GiveAccess, &facts, [case.as_ref()])?;
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
        let (kind, id) = (kept.opening.kind, kept.opening.case_id);
        let event = ReadingEvent::OpeningReviewed {
            opening: kept.opening,
            by: person.account.name.clone(),
            justified: self.justified,
            note: note.clone(),
        };
        let mut streams = vec![reading::stream_append(id.0, event)];
        if kind == OpeningKind::Lifted && !self.justified {
            // Somebody may have been quicker.
            let open = Some(&case).filter(|case| case.access.sensitive.is_none());
            let again = AccessChange::Sensitive {
                sensitive: true,
                reason: note,
            };
            streams.extend(open.map(|case| changed(case, again)));
        }
        app.ledger
            .append(Append {
                command: who.command,
                moment: person.moment(app.chance.now()),
                streams,
                // The queue is made anew: others may have reviewed meanwhile.
                answer: serde_json::Value::Null,
            })
            .await?;
        queue(app, person).await
    }
}

async fn queue(app: &App, person: &SignedIn) -> Result<OpeningQueue, Error> {
    let waiting: Vec<KeptOpening> = app.index.openings(None, MOST_WAITING).await?;
    let beyond = i64::try_from(waiting.len()).is_ok_and(|found| found >= MOST_WAITING);
    let mut ids: Vec<_> = waiting.iter().map(|own| own.opening.case_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let cases: Vec<Case> = app.ledger.cases(&ids).await?;
    let gives = |case: &&Case| {
        let facts = relation::to_case(person, case);
        relation::may(app, person, Action::GiveAccess, &facts).allowed
    };
    let cases: Vec<&Case> = cases.iter().filter(gives).collect();
    let theirs: Vec<_> = waiting
        .into_iter()
        .filter_map(|own| {
            let case = cases.iter().find(|case| case.id == own.opening.case_id)?;
            Some((case, own))
        })
        .collect();
    Ok(OpeningQueue {
        reviews: true,
        more: beyond || theirs.len() > MOST,
        openings: theirs
            .into_iter()
            .take(MOST)
            .map(|(case, own)| {
                person.circumstances.showed([case.id]);
                opening(person, case, own)
            })
            .collect(),
    })
}
