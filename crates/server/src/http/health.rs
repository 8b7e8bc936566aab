//! Is it alive, is it ready, and how does it do?

use super::{elsewhere::nowhere, whence::Whence};
use crate::state::Shared;
use axum::{
    Extension,
    extract::State as Extract,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};

pub(super) async fn live() -> &'static str {
    "alive\n"
}

/// Whether requests are answered, files are kept, and what follows is done: a
/// line for each that is not.
pub(super) async fn ready(Extract(state): Extract<Shared>) -> Response {
    let mut complaints = Vec::new();
    if let Err(error) = state.store.ready().await {
        tracing::warn!(%error, "not ready: the database");
        complaints.push("the database does not answer");
    }
    if let Err(error) = state.store.files_ready().await {
        tracing::warn!(%error, "not ready: the folder of files");
        complaints.push("files cannot be written");
    }
    if let Some(complaint) = state.pulse.complaint() {
        tracing::warn!(complaint, "not ready: the jobs");
        complaints.push(complaint);
    }
    if complaints.is_empty() {
        return "ready\n".into_response();
    }
    let lines = complaints.join("\n") + "\n";
    (StatusCode::SERVICE_UNAVAILABLE, lines).into_response()
}

/// The metrics, for this computer only: they tell who does how much of what.
pub(super) async fn metrics_here(
    state: Extract<Shared>,
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
pub(super) async fn metrics(Extract(state): Extract<Shared>, url: Uri) -> Response {
    match &state.metrics {
        Some(handle) => handle.render().into_response(),
        None => nowhere(url).await,
    }
}
