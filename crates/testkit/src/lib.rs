//! What tests stand on: a whole court with role-typed clients, a private
//! PostgreSQL, builders. Never depended on by production code.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod court;
#[cfg(unix)]
pub mod postgres;

mod submissions;

pub use court::{Setting, TestCourt};
pub use submissions::Submission;
