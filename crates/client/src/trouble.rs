//! What goes wrong between this computer and the server, in sentences: what
//! happened, what was not lost, what to do next.
//!
//! The server's own refusals pass through untouched.

use contract::{Code, Kind, Problem};
use reqwest::StatusCode;

/// How an attempt was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// There was no connection: the server has seen nothing.
    NotConnected,
    /// The connection broke before the whole answer came: the server may have acted.
    Broken,
    /// No answer in time: the server may have acted.
    Silent,
    /// Something on the way (a load balancer) answered for a server that is not ready.
    NotReady,
}

impl Loss {
    /// Only the shape of the error is looked at; its text may hold addresses.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NotConnected
        } else if error.is_timeout() {
            Self::Silent
        } else {
            Self::Broken
        }
    }
}

/// The problem of a request that was lost for good.
///
/// `perhaps_recorded`: whether any attempt may have reached the server.
pub(crate) fn lost(kind: Kind, loss: Loss, perhaps_recorded: bool) -> Problem {
    let title = match loss {
        Loss::NotConnected | Loss::NotReady => "The server cannot be reached.",
        Loss::Broken => "The connection to the server was lost.",
        Loss::Silent => "The server did not answer in time.",
    };
    let (detail, hint) = match (kind, perhaps_recorded) {
        (Kind::Query, _) => (
            "Nothing was changed: this only asked to see something.",
            "Check that this computer is online, then try again.",
        ),
        (Kind::Command, false) => (
            "Nothing was recorded, and what you entered is still here.",
            "Check that this computer is online, then try again.",
        ),
        (Kind::Command, true) => (
            "It may have been recorded already. What you entered is still here.",
            "Try again: however often it is sent, it is recorded once.",
        ),
    };
    Problem::new(Code::Unreachable, title, hint).because(detail)
}

/// The problem that an answer carries, or one made from its status when it carries none.
pub(crate) fn refused(status: StatusCode, body: &[u8]) -> Problem {
    serde_json::from_slice(body).unwrap_or_else(|_| by_status(status))
}

fn by_status(status: StatusCode) -> Problem {
    match status {
        StatusCode::UNAUTHORIZED => signed_out(),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => versions_differ(),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            Code::TooLarge,
            "This is larger than the server takes.",
            "Send a smaller file, or split it.",
        ),
        _ => Problem::new(
            Code::Fault,
            "The server gave an answer that is not one of its own.",
            "Try again. If it happens again, tell your organisation's support.",
        )
        .because(format!("It answered with HTTP status {}.", status.as_u16())),
    }
}

/// Nobody is signed in.
pub(crate) fn signed_out() -> Problem {
    Problem::new(
        Code::SignedOut,
        "You are not signed in.",
        "Sign in to go on.",
    )
}

/// The answer is well formed and not what this version expects.
pub(crate) fn versions_differ() -> Problem {
    Problem::new(
        Code::Fault,
        "This application and the server do not understand each other.",
        "Check that this application is up to date.",
    )
    .because("They are probably of different versions. Nothing you entered here is lost.")
}

/// The address of the server is no address.
pub(crate) fn bad_address() -> Problem {
    Problem::new(
        Code::Unreachable,
        "The address of the server is not a web address.",
        "Give it as https://name or, on this computer, http://127.0.0.1:port.",
    )
}

/// Statuses with which something in front of a server says that it is away.
pub(crate) fn is_away(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_never_left_says_that_nothing_was_recorded() {
        let problem = lost(Kind::Command, Loss::NotConnected, false);
        assert_eq!(problem.code, Code::Unreachable);
        assert!(problem.detail.contains("Nothing was recorded"));
    }

    #[test]
    fn a_command_that_may_have_arrived_never_claims_that_nothing_was_recorded() {
        for loss in [
            Loss::NotConnected,
            Loss::Broken,
            Loss::Silent,
            Loss::NotReady,
        ] {
            let problem = lost(Kind::Command, loss, true);
            assert!(
                !problem.detail.contains("Nothing was recorded"),
                "{problem:?}"
            );
            assert!(problem.hint.contains("recorded once"), "{problem:?}");
        }
    }

    #[test]
    fn the_servers_own_words_pass_through() {
        let said = Problem::not_found();
        let body = serde_json::to_vec(&said).unwrap();
        assert_eq!(refused(StatusCode::NOT_FOUND, &body), said);
    }

    #[test]
    fn an_answer_in_other_words_is_still_a_problem_with_a_next_step() {
        for status in [401_u16, 404, 405, 413, 418, 500] {
            let status = StatusCode::from_u16(status).unwrap();
            let problem = refused(status, b"<html>nginx</html>");
            assert!(
                !problem.title.is_empty() && !problem.hint.is_empty(),
                "{problem:?}"
            );
        }
        assert_eq!(refused(StatusCode::UNAUTHORIZED, b"").code, Code::SignedOut);
    }
}
