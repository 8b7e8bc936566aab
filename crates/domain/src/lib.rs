//! The court's rules: what happened (events), what may happen next (decisions),
//! and what the record then says (state). Pure: no clock, no randomness, no
//! input or output; they come in through [`Moment`].
//!
//! To add a rule: write the event in `<noun>/event.rs`, the decision in
//! `<noun>/<verb>.rs` as `decide(state, …) -> Result<Vec<Event>, Refusal>`, and
//! what it changes in `<noun>/state.rs`.

pub mod account;
pub mod case;
pub mod document;
pub mod hearing;
mod ledger;
pub mod listing;
pub mod now;
pub mod reading;
mod refusal;
pub mod register;
pub mod result;
pub mod rules;
pub mod submission;
pub mod support;
pub mod translation;
pub mod validator;
pub mod words;

pub use ledger::{Actor, Event, Moment, Origin, Recorded, Stream, StreamKind};
pub use refusal::Refusal;
