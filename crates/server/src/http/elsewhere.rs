//! Addresses at which there is nothing, and the front door: whoever opens the
//! server in a browser, or mistypes an address, is told what this is and where to go.

use super::answer::problem_response;
use axum::{
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use contract::{Code, Problem};

/// Where applications ask: they read problems, people read sentences.
const OF_APPLICATIONS: &[&str] = &[
    "/rpc/",
    "/v2/",
    "/pcr/",
    "/api/",
    "/materials/",
    "/documents/",
    "/uploads/",
    "/live",
];

/// `GET /`.
pub(super) async fn front_door() -> &'static str {
    "This is a server of Common Platform, case management for the criminal courts.\n\
     It is no official service, and it has no pages for a browser.\n\
     \n\
     To work with it, start the desktop application with this address:\n\
     \x20 common-platform --server ADDRESS\n\
     Other organisations' systems find their interfaces described at /v2/openapi.yaml\n\
     and, those of courts and prisons, at /pcr/0.1.0/openapi.yaml.\n\
     Whoever runs the server finds at /health/ready whether it is ready.\n"
}

/// `GET /activate`: what a link that somebody was sent leads to in a browser. The code stands
/// behind a `#`, which browsers keep to themselves: it does not come here.
pub(super) async fn activate() -> &'static str {
    "This link activates an account of Common Platform. It does not work in a browser.\n\
     \n\
     1. Copy the whole address of this page, with what stands behind the #.\n\
     2. Open Common Platform on your computer and choose \"Activate your account\".\n\
     3. Paste the address there.\n\
     \n\
     The link works once, for 28 days. A newer one makes it void.\n"
}

/// Any address that is none.
pub(crate) async fn nowhere(url: Uri) -> Response {
    if asked_by_application(&url) {
        return problem_response(&Problem::new(
            Code::NotFound,
            "The service has nothing at this address.",
            "Check the address: /v2/openapi.yaml and /pcr/0.1.0/openapi.yaml describe those of \
             other organisations' systems. If a desktop asked, update it.",
        ));
    }
    let sentence = "There is nothing at this address. GET / says what this server is.\n";
    (StatusCode::NOT_FOUND, sentence).into_response()
}

/// An address that is asked in another way.
pub(super) async fn otherwise(url: Uri) -> Response {
    let mut response = if asked_by_application(&url) {
        problem_response(&Problem::new(
            Code::BadRequest,
            "This address is not asked with this method.",
            "Use the method that the header Allow names; /v2/openapi.yaml and \
             /pcr/0.1.0/openapi.yaml describe the interfaces.",
        ))
    } else {
        "This address is not asked with this method. Use the one that Allow names.\n"
            .into_response()
    };
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

fn asked_by_application(url: &Uri) -> bool {
    OF_APPLICATIONS
        .iter()
        .any(|start| url.path().starts_with(start))
}
