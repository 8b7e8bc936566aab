//! `GET /live`: server-sent events for one person's window.

use super::{answer, caller::Asking};
use crate::state::Shared;
use axum::{
    extract::State as Extract,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::StreamExt;
use std::{convert::Infallible, time::Duration};

pub(super) async fn stream(
    Extract(state): Extract<Shared>,
    Asking(caller): Asking,
    headers: axum::http::HeaderMap,
) -> Response {
    let caller = match caller {
        Ok(caller) => caller,
        Err(refused) => return *refused,
    };
    let person = match caller.person() {
        Ok(person) => person.clone(),
        Err(problem) => return answer::problem_response(&problem),
    };
    let now = state.app.chance.now();
    state.app.asked.note(&caller, "live", "", now);
    let after = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let token = super::caller::bearer(&headers).unwrap_or_default();
    let events = crate::live::follow(&state, &person, token, after).map(|live| {
        let data = serde_json::to_string(&live).unwrap_or_default();
        Ok::<_, Infallible>(Event::default().id(live.position.to_string()).data(data))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response()
}
