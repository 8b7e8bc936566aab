//! Who saw and did what. What is done and read is in the ledger by itself; here is what
//! was merely asked for and what was refused, on its way there, and the reports that are made
//! from all of it.

mod about;
mod asked;
mod line;
mod names;
mod page;
mod refusals;
mod report;
mod waiting;

pub use asked::{Asked, record_asked};
pub use refusals::{Refusal, Refusals, record_refusals};

use crate::{App, Error};

/// Keeps what was asked for and refused since the last time, so that a crash does not lose it.
///
/// # Errors
/// If it cannot be written; it waits for the next time.
pub async fn keep(app: &App) -> Result<(), Error> {
    // The one does not wait for the other to work.
    let (asked, refused) = (asked::keep(app).await, refusals::keep(app).await);
    asked.and(refused)
}
