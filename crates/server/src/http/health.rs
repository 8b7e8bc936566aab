//! Is it alive, is it ready, and how does it do?

use super::{elsewhere::nowhere, whence::Whence};
use crate::State;
use axum::{
    Extension,
    extract::State as Extract,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};

pub(super) async fn live() -> &'static str {
    "alive\n"
}

/// Whether requests are answered and what follows from them is done.
pub(super) async fn ready(Extract(state): Extract<State>) -> Response {
    if let Err(error) = state.store.ready().await {
        tracing::warn!(%error, "not ready");
        return not_ready("the database does not answer");
    }
    match state.pulse.complaint() {
        Some(complaint) => {
            tracing::warn!(complaint, "not ready");
            not_ready(complaint)
        }
        None => "ready\n".into_response(),
    }
}

fn not_ready(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response()
}

/// The metrics, for this computer only: they tell who does how much of what.
pub(super) async fn metrics_here(
    state: Extract<State>,
    Extension(whence): Extension<Whence>,
    url: Uri,
) -> Response {
    if whence.here {
        metrics(state, url).await
    } else {
        nowhere(url).await
    }
}

/// The metrics, for whoever reaches the address that is kept for them.
pub(super) async fn metrics(Extract(state): Extract<State>, url: Uri) -> Response {
    match &state.metrics {
        Some(handle) => handle.render().into_response(),
        None => nowhere(url).await,
    }
}
