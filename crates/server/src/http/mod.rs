//! Routes.

pub(crate) mod answer;
mod bytes;
mod caller;
mod health;
mod linger;
mod live;
mod rpc;
mod upload;

use crate::State;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, put},
};

/// The most bytes of a request that is no upload.
const REQUEST: usize = 4 * 1024 * 1024;

/// Every route of the server.
pub(crate) fn routes(state: State) -> Router {
    let mut router = Router::new();
    router = rpc::routes(router).layer(DefaultBodyLimit::max(REQUEST));
    router
        .route("/materials/{id}", get(bytes::material))
        .route("/documents/{id}", get(bytes::document))
        .route("/uploads/{id}", put(upload::receive))
        .route("/live", get(live::stream))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(crate::published::routes())
        .with_state(state)
}
