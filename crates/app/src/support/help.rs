//! Asking the service centre, and being answered here. What the screen was goes with the
//! question; what it said about people only if that was ticked.

use super::record;
use crate::{
    App, Caller, Error, UseCase,
    account::token_hash,
    ports::{Expected, KeptHelp, TryLimit},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    support::{Answer, Ask, HelpItem, HelpRequests, Requests, WaitingRequests},
};
use domain::support::{Context, HelpRequest, SupportEvent, said};
use vocabulary::HelpRequestId;

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
        waiting(app).await
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
        waiting(app).await
    }
}

fn may(app: &App, who: &Caller, action: Action) -> Result<(), Error> {
    relation::must(app, who.person()?, action, &Facts::default()).map(|_| ())
}

async fn own(app: &App, who: &Caller) -> Result<HelpRequests, Error> {
    let found = app.people.help_of(who.person()?.account.id, MOST).await?;
    present(app, found).await
}

async fn waiting(app: &App) -> Result<HelpRequests, Error> {
    let found = app.people.help_waiting(MOST).await?;
    present(app, found).await
}

async fn present(app: &App, found: Vec<KeptHelp>) -> Result<HelpRequests, Error> {
    let mut items = Vec::with_capacity(found.len());
    for kept in found {
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
    Ok(HelpRequests { items })
}
