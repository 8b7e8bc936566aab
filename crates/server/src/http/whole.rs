//! A request's body, read whole: not before it is known who sends it, not for
//! ever, and not more than its address takes. What is not read is read on into
//! nothing, so that the sender hears the refusal.

use super::linger::Lingering;
use crate::State;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use contract::{Code, Problem};
use std::time::Duration;

/// How long a body that is no upload may take as a whole.
const LONGEST: Duration = Duration::from_secs(120);

/// Why a body is not there.
pub(crate) enum NotWhole {
    /// It is larger than its address takes.
    TooLarge,
    /// It stopped in the middle.
    Truncated,
}

/// A request whose body is read on when it is dropped before its end.
pub(crate) fn lingering(request: Request) -> Request {
    request.map(|body| Body::from_stream(Lingering::new(body)))
}

/// Reads the body, up to the limit of its address.
///
/// # Errors
/// If it is too large, or does not come.
pub(crate) async fn read(request: Request, state: &State) -> Result<Bytes, NotWhole> {
    let reading = Bytes::from_request(request, state);
    match tokio::time::timeout(LONGEST, reading).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(NotWhole::TooLarge)
        }
        Ok(Err(_)) | Err(_) => Err(NotWhole::Truncated),
    }
}

/// Whether the body says that it is JSON. A page of another site can send other
/// types without being asked whether it may, and this one not.
///
/// # Errors
/// `bad_request`, if it says something else or nothing.
pub(super) fn must_be_json(headers: &HeaderMap) -> Result<(), Problem> {
    let json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if json {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "The request does not say that it is JSON.",
        "Send it with the content type application/json.",
    )
    .because("Nothing was recorded."))
}

/// Whether the body is an object with named fields. A list of values in the order of the fields
/// would be read too, and say what it is about to nobody who looks for a name.
///
/// # Errors
/// `bad_request`, if it is anything else.
pub(super) fn must_be_object(body: &[u8]) -> Result<(), Problem> {
    if body.trim_ascii_start().first() == Some(&b'{') {
        return Ok(());
    }
    Err(Problem::new(
        Code::BadRequest,
        "The request is not in the form that the service understands.",
        "Update the application, then try again.",
    )
    .because("It must be a JSON object."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_named_fields() {
        assert!(must_be_object(b" \r\n{}").is_ok());
        for other in [&b"[]"[..], b"", b"null", b"\"a\""] {
            assert!(must_be_object(other).is_err());
        }
    }

    #[test]
    fn json_says_that_it_is() {
        let with = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            must_be_json(&headers).is_ok()
        };
        assert!(with("application/json"));
        assert!(with("Application/JSON; charset=utf-8"));
        assert!(!with("text/plain"));
        assert!(!with("application/x-www-form-urlencoded"));
        assert!(must_be_json(&HeaderMap::new()).is_err());
    }
}
