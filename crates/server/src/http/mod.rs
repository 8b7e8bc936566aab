//! Routes.

pub(crate) mod answer;
mod browsers;
mod bytes;
mod caller;
mod caught;
pub(crate) mod elsewhere;
pub(crate) mod guard;
mod health;
mod linger;
mod live;
mod passkey;
pub(crate) mod refused;
mod rpc;
mod unaltered;
mod upload;
pub(crate) mod whence;
pub(crate) mod whole;

pub(crate) use caller::origin_of;

use crate::State;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, put},
};
use std::sync::Arc;

/// Every route of the server.
pub(crate) fn routes(state: State, guard: guard::Guard) -> Router {
    rpc::routes(Router::new())
        .route("/materials/{id}", get(bytes::material))
        .route("/documents/{id}", get(bytes::document))
        .route("/printouts/{printout}", get(bytes::printout))
        .route("/uploads/{id}", put(upload::receive))
        .route("/live", get(live::stream))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics_here))
        .route("/", get(elsewhere::front_door))
        .route("/activate", get(elsewhere::activate))
        .merge(passkey::routes())
        .merge(crate::published::routes())
        .fallback(elsewhere::nowhere)
        .method_not_allowed_fallback(elsewhere::otherwise)
        .with_state(Arc::new(state))
        .layer(from_fn_with_state(guard.clone(), guard::no_pages))
        .layer(from_fn(caught::panics))
        .layer(from_fn_with_state(guard, browsers::told))
}

/// The metrics alone, for an address of their own.
pub(crate) fn metrics_only(state: State) -> Router {
    Router::new()
        .route("/metrics", get(health::metrics))
        .fallback(elsewhere::nowhere)
        .with_state(Arc::new(state))
}
