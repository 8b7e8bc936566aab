//! Is it alive, is it ready, and how does it do?

use crate::State;
use axum::{extract::State as Extract, http::StatusCode, response::IntoResponse};

pub(super) async fn live() -> &'static str {
    "alive\n"
}

pub(super) async fn ready(Extract(state): Extract<State>) -> impl IntoResponse {
    match state.store.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n".to_owned(),
            )
        }
    }
}

pub(super) async fn metrics(Extract(state): Extract<State>) -> impl IntoResponse {
    match &state.metrics {
        Some(handle) => (StatusCode::OK, handle.render()),
        None => (StatusCode::NOT_FOUND, String::new()),
    }
}
