//! What every answer says to a browser, should one show it although it is for none (the page of
//! passkeys is, and says its own): nothing of it is run, framed, guessed at, shared with another
//! site or told to one. Where the public address is one by https, that it is asked by https only.

use super::guard::Guard;
use axum::{
    extract::{Request, State as Extract},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const ALWAYS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; sandbox",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// A year, for every name below ours too (RFC 6797).
const ONLY_BY_TLS: &str = "max-age=31536000; includeSubDomains";

/// Says it.
pub(super) async fn told(Extract(guard): Extract<Guard>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        // The one page that is for browsers says what it may.
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if guard.is_by_tls() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(ONLY_BY_TLS),
        );
    }
    // Of a paper it says by itself how long it is kept; of all else, not at all.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
