//! The contract's list as routes: `POST /rpc/<noun>.<verb>`. A command or query
//! without a use case does not compile here.

use super::{
    answer,
    caller::{self, Asking},
    refused,
    whole::{self, NotWhole},
};
use crate::state::Shared;
use app::{App, Asked, Caller, Error, UseCase};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State as Extract},
    response::Response,
    routing::post,
};
use contract::{Code, Kind, Problem};
use std::time::Instant;
use vocabulary::CommandId;

/// How often a use case that reads and decides again is tried, when somebody
/// else changed the same thing in between.
const TRIES: usize = 4;

macro_rules! route_all {
    ($(($kind:ident, $open:ident, $name:literal, $method:ident, $request:ty, $view:ty)),* $(,)?) => {
        /// A route for every endpoint of the contract.
        pub(super) fn routes(router: Router<Shared>) -> Router<Shared> {
            router$(.route(
                concat!("/rpc/", $name),
                post(handle::<$request>).layer(DefaultBodyLimit::max(most::<$request>())),
            ))*
        }
    };
}

contract::endpoints!(route_all);

/// The most bytes of a request that carries everything that was typed in a hearing, or many
/// texts.
const MOST: usize = 4 * 1024 * 1024;
/// Those requests.
const LARGE: [&str; 5] = [
    "hearing.leave_words",
    "hearing.save_draft",
    "hearing.preview",
    "result.parse",
    "organisation.import",
];
/// The most bytes of any other: what a person types in a form. Every connection may hold that
/// much in memory.
const MOST_OF_FORMS: usize = 256 * 1024;
/// The most bytes of a request that anybody may send.
const MOST_OF_STRANGERS: usize = 16 * 1024;

fn most<R: UseCase>() -> usize {
    if R::OPEN {
        MOST_OF_STRANGERS
    } else if LARGE.contains(&R::NAME) {
        MOST
    } else {
        MOST_OF_FORMS
    }
}

async fn handle<R: UseCase>(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    request: Request,
) -> Response {
    let started = Instant::now();
    let request = whole::lingering(request);
    // Who asks comes before what is asked: of strangers nothing is read that they need not say.
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    if let Err(problem) = may_ask::<R>(&caller) {
        return answer::problem_response(&problem);
    }
    let token = caller::bearer(request.headers()).map(str::to_owned);
    if let Err(problem) = whole::must_be_json(request.headers()) {
        return answer::problem_response(&problem);
    }
    let body = match whole::read(request, &state).await {
        Ok(body) => body,
        Err(why) => return answer::problem_response(&not_received(why)),
    };
    if let Err(problem) = whole::must_be_object(&body) {
        return answer::problem_response(&problem);
    }
    let caller = match caller::again(&state, token.as_deref(), caller).await {
        Ok(caller) => caller,
        Err(error) => return answer::refused(&error),
    };
    if let Err(problem) = may_ask::<R>(&caller) {
        return answer::problem_response(&problem);
    }
    let caller = Caller {
        command: recorded_as::<R>(&caller, &body),
        ..caller
    };
    let counts = Asked::counts(R::NAME, R::KIND == Kind::Command);
    // What cannot be kept of what was shown is not shown. A draft that is typed is saved all
    // the same.
    if counts
        && R::KIND == Kind::Query
        && state.app.asked.is_stuck()
        && let Err(error) = app::audit::keep(&state.app).await
    {
        return answer::refused(&error);
    }
    let outcome = answer_of::<R>(&state.app, &caller, &body).await;
    metrics::histogram!("request_seconds", "endpoint" => R::NAME)
        .record(started.elapsed().as_secs_f64());
    state.app.asks.heard(R::NAME, &caller, outcome.is_ok());
    match outcome {
        Ok(view) => {
            if counts {
                let about = refused::about::<R>(&body);
                let now = state.app.chance.now();
                state.app.asked.note(&caller, R::NAME, &about, now);
            }
            answer::view(&view)
        }
        Err(error) => {
            refused::of_request::<R>(&state, &caller, &body, &error);
            answer::refused(&error)
        }
    }
}

/// Whether somebody may ask this at all: strangers ask what is open.
fn may_ask<R: UseCase>(caller: &Caller) -> Result<(), Problem> {
    if R::OPEN {
        return Ok(());
    }
    caller.person().map(|_| ())
}

fn not_received(why: NotWhole) -> Problem {
    match why {
        NotWhole::TooLarge => Problem::new(
            Code::TooLarge,
            "The request is larger than the service takes.",
            "Shorten what you typed, then try again.",
        ),
        NotWhole::Truncated => Problem::new(
            Code::Truncated,
            "The request did not arrive whole.",
            "Check the connection, then try again.",
        ),
    }
    .because("Nothing was recorded. What you typed is still here.")
}

/// Under which id a command is recorded: the same only for the same person asking
/// the same thing under the same id. Another's id answers nothing of theirs.
fn recorded_as<R: UseCase>(caller: &Caller, body: &[u8]) -> CommandId {
    let account = caller.person.as_ref().map(|person| person.account.id);
    let said = [format!("{account:?} {} ", R::NAME).as_bytes(), body].concat();
    CommandId(uuid::Uuid::new_v5(&caller.command.0, &said))
}

async fn answer_of<R: UseCase>(app: &App, caller: &Caller, body: &[u8]) -> Result<R::View, Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        let request: R = serde_json::from_slice(body).map_err(|error| {
            Problem::new(
                Code::BadRequest,
                "The request is not in the form that the service understands.",
                "Update the application, then try again.",
            )
            .because(error.to_string())
        })?;
        match app::answer(app, caller, request).await {
            // Commands that a person gave on a version they saw refuse by
            // themselves; this is the race between reading and writing.
            Err(Error::Stale) if tries < TRIES && R::KIND == Kind::Command => {}
            outcome => return outcome,
        }
    }
}
