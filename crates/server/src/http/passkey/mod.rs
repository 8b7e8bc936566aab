//! The page on which somebody's browser makes or uses a passkey: the one page that this
//! server has. It holds nothing of anybody: what it shows comes for its ticket, which stands
//! behind a `#` and so reaches no log. Its script is its own; nothing from elsewhere runs in
//! it, and it runs in nothing.

use super::{
    answer,
    whole::{self, NotWhole},
};
use crate::{State, state::Shared};
use app::{Error, account::passkey};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State as Extract},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use contract::{Code, Problem};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// The most bytes of what a browser sends: an answer is a few thousand.
const MOST: usize = 64 * 1024;

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// What the page and all that belongs to it is served with.
const WALLS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
    ),
    (header::CACHE_CONTROL, "no-store"),
    // Not `no-referrer`: some browsers then hide from us that it is our own page that asks.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "publickey-credentials-create=(self), publickey-credentials-get=(self)",
    ),
];

/// Its routes. What the page asks for stands beside it by relative addresses, so that a proxy
/// may serve the whole under a path.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/passkey", get(async || part("text/html", PAGE)))
        .route(
            "/passkey/page.js",
            get(async || part("text/javascript", SCRIPT)),
        )
        .route("/passkey/page.css", get(async || part("text/css", STYLE)))
        .route("/passkey/look", post(look))
        .route("/passkey/answer", post(take))
        .layer(DefaultBodyLimit::max(MOST))
}

fn part(kind: &str, text: &'static str) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    for (name, value) in WALLS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8")) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    ticket: String,
}

/// What the browser that has this ticket is asked.
async fn look(Extract(state): Extract<Shared>, request: Request) -> Response {
    let asked = async {
        let asked: Look = read(request, &state).await?;
        passkey::look(&state.app, &asked.ticket).await
    };
    match asked.await {
        Ok(asked) => answer::view(&asked),
        Err(error) => answer::refused(&error),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    ticket: String,
    credential: Value,
}

/// What the browser made of it: where it goes back to.
async fn take(Extract(state): Extract<Shared>, request: Request) -> Response {
    let taken = async {
        let answered: Answered = read(request, &state).await?;
        passkey::answer(&state.app, &answered.ticket, &answered.credential).await
    };
    match taken.await {
        Ok(back) => answer::view(&back),
        Err(error) => answer::refused(&error),
    }
}

/// A request's body, in its form.
async fn read<T: DeserializeOwned>(request: Request, state: &State) -> Result<T, Error> {
    whole::must_be_json(request.headers())?;
    let not_in_form = |what: &str| {
        Problem::new(
            Code::BadRequest,
            "The page sent something that the service does not understand.",
            "Begin again in the application.",
        )
        .because(what)
    };
    let body = whole::read(whole::lingering(request), state)
        .await
        .map_err(|why| match why {
            NotWhole::TooLarge => not_in_form("It was too large."),
            NotWhole::Truncated => not_in_form("It did not arrive whole."),
        })?;
    Ok(serde_json::from_slice(&body).map_err(|_| not_in_form("It was in no known form."))?)
}
