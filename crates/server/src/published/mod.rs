//! The published interfaces. For prosecutors' systems: submit a case, ask what
//! became of it, read the informant register. For prisons' systems: read the prison court register, which
//! courts' systems bring in. For all of them: have a draft of results validated.
//! For whoever holds a document: ask whether it is genuine and still stands.
//! Apart from the interface of our own desktop, with documents of their own
//! (`/v2/openapi.yaml`, `/pcr/0.1.0/openapi.yaml`), schemas and credentials.

mod informant;
mod oauth;
mod prosecutions;
mod registers;
mod schema;
mod sender;
mod submissions;
mod validation;
mod verification;

pub(crate) use schema::not_in_form;

use crate::state::Shared;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path},
    http::{Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};

/// The most bytes of a submission.
pub(crate) const MOST_BYTES: usize = 10 * 1024 * 1024;

const OPENAPI: &str = include_str!("openapi.yaml");

/// Its routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v2/prosecutions/{ou_code}", post(prosecutions::submit))
        .route("/v2/submissions/{id}", get(submissions::read))
        .route("/v2/submissions/{id}/{ou_code}", get(submissions::read_for))
        .route(
            "/api/validation/validate",
            post(validation::validate).layer(DefaultBodyLimit::max(validation::MOST_BYTES)),
        )
        .route(
            "/v2/prosecutions/{ou_code}/informant-register/{day}",
            get(informant::register),
        )
        .route(
            "/oauth/token",
            post(oauth::token).layer(DefaultBodyLimit::max(oauth::MOST_BYTES)),
        )
        .route(
            "/v2/documents/{id}/verification/{code}",
            get(verification::read),
        )
        .route("/v2/openapi.yaml", get(openapi))
        .merge(registers::routes())
        .route("/v2/schemas/{file}", get(schema_file))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/yaml")], OPENAPI).into_response()
}

async fn schema_file(url: Uri, Path(file): Path<String>) -> Response {
    match schema::FILES.iter().find(|(name, _)| *name == file) {
        Some((_, text)) => {
            ([(header::CONTENT_TYPE, "application/schema+json")], *text).into_response()
        }
        None => crate::http::elsewhere::nowhere(url).await,
    }
}
