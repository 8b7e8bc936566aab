//! Printouts: court lists, registers, extracts, memoranda and receipts. They are
//! made from the record when somebody asks, as it stands at that moment, and are
//! not kept: what is kept is that somebody had one, and what it hashed to. Registers that somebody
//! has without asking are sent when the court day is over (`daily`).
//!
//! To add one: a word in `vocabulary::Printout`, a text in
//! `reference/texts/printouts`, its action in the policies, a file here.

mod charge;
mod compose;
pub(crate) mod csv;
mod daily;
mod extract;
mod informant;
mod list;
mod make;
mod memorandum;
mod offer;
mod receipt;
mod register;
mod sitting;

pub use daily::{due_register_day, send_registers};
pub use informant::{COLUMNS, informant_register_for};
pub use make::{Ready, printout_to_read};
