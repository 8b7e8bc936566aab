//! `GET /v2/prosecutions/{ouCode}/informant-register/{day}`: the results of a day
//! in the cases of one prosecuting authority, as values with commas between. The
//! published service sends the same columns by e-mail; the address is ours. The
//! credential must be bound to the OU code.

use super::sender::Knock;
use crate::{State, http::answer::refused, state::Shared};
use app::{Error, printout::informant_register_for};
use axum::{
    extract::{Path, State as From},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use contract::Problem;
use vocabulary::Day;

pub(super) async fn register(
    From(state): From<Shared>,
    Path((ou_code, day)): Path<(String, String)>,
    knock: Knock,
    headers: HeaderMap,
) -> Response {
    match find(&state, &knock, (&ou_code, &day), &headers).await {
        Ok(values) => {
            let kind = [
                (
                    header::CONTENT_TYPE,
                    "text/csv; charset=utf-8; header=present",
                ),
                (header::CACHE_CONTROL, "no-store"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (kind, values).into_response()
        }
        Err(error) => refused(&error),
    }
}

async fn find(
    state: &State,
    knock: &Knock,
    (ou_code, day): (&str, &str),
    headers: &HeaderMap,
) -> Result<String, Error> {
    let sender = knock.sender_for(state, headers, ou_code).await?;
    let day: Day = day.parse().map_err(|_| Problem::not_found())?;
    informant_register_for(&state.app, &sender, day).await
}
