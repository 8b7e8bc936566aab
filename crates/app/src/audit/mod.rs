//! Who saw and did what. What is done and read is in the ledger by itself; here is what
//! was refused, on its way there, and the reports that are made from all of it.

mod about;
mod asked;
mod line;
mod names;
mod refusals;
mod report;

pub use asked::{Asked, record_asked};
pub use refusals::{Refusal, Refusals, record_refusals};
