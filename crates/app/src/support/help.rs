//! Asking the service centre, and being answered here. What the screen was goes with the
//! question; what it said about people only if that was ticked.

use super::record;
use crate::{
    App, Caller, Error, UseCase,
    account::token_hash,
    case::veil::{self, Shown},
    ports::{Expected, KeptHelp, TryLimit},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    support::{Answer, Ask, HelpItem, HelpRequests, Requests, WaitingRequests},
};
use domain::{
    case::Case,
    support::{Context, HelpRequest, SupportEvent, said},
};
use uuid::Uuid;
use vocabulary::{CaseId, HearingId, HelpRequestId, Urn};

/// The most in a view.
const MOST: i64 = 100;
/// How often one person asks within an hour.
const AN_HOUR: u64 = 20;

#[async_trait]
impl UseCase for Requests {
    /// One's own, newest first.
    async fn answer(self, app: &App, who: &Caller) -> Result<HelpRequests, Error> {
        may(app, who, Action::AskForHelp)?;
        own(app, who).await
    }
}

#[async_trait]
impl UseCase for Ask {
    /// With where it was asked.
    async fn answer(self, app: &App, who: &Caller) -> Result<HelpRequests, Error> {
        may(app, who, Action::AskForHelp)?;
        let person = who.person()?;
        let now = app.chance.now();
        // Kept as it was sent, whatever it names: whether there is such a case is looked at only for
        // whoever answers, and whoever asks reads back their own words.
        let context = Context {
            screen: self.screen,
            reference: self.reference,
            version: app.service.version.clone(),
            shown: self.shown,
        };
        let request = HelpRequest {
            id: HelpRequestId(app.chance.id()),
            question: self.question,
            context: context.bounded(self.with_people),
            account: person.account.id,
            organisation: person.organisation.id,
            at: now,
        };
        let request = request.checked()?;
        let limit = TryLimit {
            name: token_hash(&format!("asks for help {}", person.account.id)),
            most: AN_HOUR,
            window_seconds: 60 * 60,
        };
        if !app.work.admit_try(&[limit], now).await? {
            return Err(Problem::new(
                Code::TooManyTries,
                "You have asked very often within this hour.",
                "Wait for an answer, or telephone the service centre.",
            )
            .into());
        }
        let id = request.id.0;
        record(
            app,
            who,
            id,
            Expected::New,
            SupportEvent::HelpAsked(request),
        )
        .await?;
        own(app, who).await
    }
}

#[async_trait]
impl UseCase for WaitingRequests {
    /// What nobody has answered, oldest first.
    async fn answer(self, app: &App, who: &Caller) -> Result<HelpRequests, Error> {
        may(app, who, Action::AnswerHelp)?;
        waiting(app, who).await
    }
}

#[async_trait]
impl UseCase for Answer {
    /// Once; whoever asked gets a notice.
    async fn answer(self, app: &App, who: &Caller) -> Result<HelpRequests, Error> {
        may(app, who, Action::AnswerHelp)?;
        let kept = app.people.help(self.id).await?;
        let kept = kept.ok_or_else(Problem::not_found)?;
        if kept.answer.is_some() {
            return Err(Problem::new(
                Code::Refused,
                "Somebody has answered this already.",
                "Look at the list again.",
            )
            .into());
        }
        let event = SupportEvent::HelpAnswered {
            request: self.id,
            answer: said(&self.answer)?,
            by: who.person()?.account.name.clone(),
            at: app.chance.now(),
        };
        record(app, who, self.id.0, Expected::Version(1), event).await?;
        waiting(app, who).await
    }
}

fn may(app: &App, who: &Caller, action: Action) -> Result<(), Error> {
    relation::must(app, who.person()?, action, &Facts::default()).map(|_| ())
}

async fn own(app: &App, who: &Caller) -> Result<HelpRequests, Error> {
    let found = app
        .people
        .help_of(who.person()?.account.id, MOST + 1)
        .await?;
    present(app, found).await
}

/// Whoever answers works for every court: a case that is sensitive is not named to them, also if it
/// became so since it was asked.
async fn waiting(app: &App, who: &Caller) -> Result<HelpRequests, Error> {
    let person = who.person()?;
    let mut found = app.people.help_waiting(MOST + 1).await?;
    for kept in &mut found {
        let context = &mut kept.request.context;
        let Some(said) = &context.reference else {
            continue;
        };
        let named = cases_in(app, said).await?;
        let whole = |case: &Case| veil::over(app, person, case) == Shown::Whole;
        // What names no case is not shown either: what is left out would otherwise be known to
        // name one that is sensitive, and what is no reference as it stands may be one in pieces.
        let Some(named) = named.filter(|all| all.iter().all(whole)) else {
            context.reference = None;
            context.shown = None;
            continue;
        };
        person
            .circumstances
            .showed(named.iter().map(|case| case.id));
        // As the record writes them.
        let urns: Vec<String> = named.iter().map(|case| case.urn.to_string()).collect();
        context.reference = Some(urns.join(", "));
    }
    present(app, found).await
}

/// The most words of a reference that are looked up.
const MOST_NAMED: usize = 8;

/// The cases that a reference names: by their references, their ids or the ids of their hearings.
/// Nothing if a word of it names none.
async fn cases_in(app: &App, said: &str) -> Result<Option<Vec<Case>>, Error> {
    let words = said.split(|own: char| !(own.is_alphanumeric() || own == '-'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.len() > MOST_NAMED {
        return Ok(None);
    }
    let mut ids: Vec<CaseId> = Vec::new();
    for word in words {
        let before = ids.len();
        if let Ok(id) = word.parse::<Uuid>() {
            let hearing = app.ledger.hearing(HearingId(id)).await?;
            let parties = hearing.into_iter().flat_map(|own| own.parties);
            ids.extend(parties.map(|party| party.case_id));
            ids.extend(app.ledger.case(CaseId(id)).await?.map(|own| own.id));
        } else if let Ok(urn) = Urn::parse(word) {
            ids.extend(app.index.case_by_urn(&urn).await?);
        }
        if ids.len() == before {
            return Ok(None);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let cases = app.ledger.cases(&ids).await?;
    Ok((!cases.is_empty()).then_some(cases))
}

async fn present(app: &App, found: Vec<KeptHelp>) -> Result<HelpRequests, Error> {
    let most = usize::try_from(MOST).unwrap_or_default();
    let more = found.len() > most;
    let mut items = Vec::with_capacity(found.len());
    for kept in found.into_iter().take(most) {
        let request = kept.request;
        let organisation = app.index.organisation(request.organisation).await?;
        let context = request.context;
        let reference = context.reference.map(|own| format!(", {own}"));
        let (answer, answered) = match kept.answer {
            Some((answer, by, at)) => {
                let when = format!("{by}, {} at {}", at.day().in_words(), at.clock());
                (Some(answer), Some(when))
            }
            None => (None, None),
        };
        items.push(HelpItem {
            id: request.id,
            question: request.question,
            about: format!("{}{}", context.screen, reference.unwrap_or_default()),
            shown: context.shown,
            organisation: organisation.map(|own| own.name).unwrap_or_default(),
            at: request.at,
            answer,
            answered,
        });
    }
    Ok(HelpRequests { items, more })
}
