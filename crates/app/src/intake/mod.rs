//! Intake: a prosecutor's submission in the published format becomes a case
//! with its first hearing, or is recorded as rejected with the published codes.
//!
//! `format` reads, `check` asks, `record` makes the events, `submit` is the use
//! case. HTTP, schemas and credentials are the server's business.

mod check;
mod format;
mod knowledge;
mod problem;
mod record;
mod submit;

pub use format::{not_in_format, told_apart};
pub use knowledge::{Knowledge, OffenceFacts};
pub use problem::ProblemCode;
pub(crate) use record::Room;
pub use record::case_id;
pub(crate) use submit::{Arrival, take_in};
pub use submit::{Submitted, submit};

#[cfg(test)]
pub(crate) use check::{Looked, check};
#[cfg(test)]
pub(crate) use format::read;
#[cfg(test)]
pub(crate) use problem::Found;
