//! What tests stand on: a whole court with role-typed clients, a private
//! PostgreSQL, builders. Never depended on by production code.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

pub mod asks;
mod breaking;
mod court;
mod deliveries;
mod drain;
mod identity;
mod mail;
mod partner;
#[cfg(unix)]
pub mod postgres;

mod program;
#[cfg(unix)]
mod scanner;
mod submissions;

pub use breaking::{Breaking, Fault};
pub use court::{Setting, TestCourt};
pub use deliveries::{Asked, ask_for, ask_without_pdf};
pub use drain::{Drained, Plan, SETTINGS, drain};
pub use identity::{Browser, IdentityProvider};
pub use mail::MailServer;
pub use partner::{Answer, Book, Partner};
pub use program::{Program, built};
#[cfg(unix)]
pub use scanner::{Scanner, eicar};
pub use submissions::Submission;
