//! A panic while a request is answered: the person hears what every fault says,
//! with the reference under which it is in the log, and the connection stays.

use super::answer;
use app::Error;
use axum::{extract::Request, middleware::Next, response::Response};
use futures::FutureExt;
use std::{any::Any, panic::AssertUnwindSafe};

/// Answers for a handler that panicked.
pub(super) async fn panics(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let why = format!("panicked: {}", message(panic.as_ref()));
            answer::refused(&Error::Broken(why))
        }
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware::from_fn, routing::get};
    use contract::{Code, Problem};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_handler_that_panics_is_answered_as_a_fault_with_its_reference() {
        async fn breaks() -> &'static str {
            panic!("a stated proof was wrong")
        }
        let router: Router = Router::new()
            .route("/breaks", get(breaks))
            .layer(from_fn(panics));
        let request = Request::get("/breaks").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let problem: Problem = serde_json::from_slice(&body).unwrap();
        assert_eq!(problem.code, Code::Fault);
        assert!(problem.reference.is_some(), "{problem:?}");
    }
}
