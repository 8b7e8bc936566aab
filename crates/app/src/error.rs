//! The court says no, or something broke: the two are never confused.

use crate::ports::Fault;
use contract::{Code, Problem};
use domain::Refusal;

/// Why a use case gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No, with a sentence and a next step.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// Somebody else changed the same thing between reading and writing.
    #[error("somebody else was first")]
    Stale,
    /// Something broke; the server logs it once and tells the person a reference.
    #[error("{0}")]
    Broken(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal.code {
            "not_ready" => Code::NotReady,
            _ => Code::Refused,
        };
        let mut problem = Problem::new(code, refusal.message, refusal.hint);
        // A line each: a form that asks to confirm them lists them.
        problem.detail = refusal.also.join("\n");
        problem.reference = Some(refusal.code.to_owned());
        Self::Problem(problem)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Stale { .. } => Self::Stale,
            Fault::NoSpace => Self::Problem(no_space()),
            Fault::Broken(why) => Self::Broken(why),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("a stored form cannot be read: {error}"))
    }
}

/// Somebody else was first.
#[must_use]
pub fn stale() -> Problem {
    Problem::new(
        Code::Stale,
        "Somebody else changed this while you were working.",
        "Look at what changed; what you typed is still here. Then try again.",
    )
    .because("Nothing was recorded.")
}

/// There is no room left.
#[must_use]
pub fn no_space() -> Problem {
    Problem::new(
        Code::NoSpace,
        "The service has no room left to store anything.",
        "Tell the service centre now, and try again later. What you typed is still here.",
    )
    .because("Nothing was recorded, and nothing that was recorded before is lost.")
}
