//! Access to single cases beside groups and organisations: why somebody may not do
//! something, who was given permission, and who opened a sensitive case without it.

mod explain;
mod give;
mod glass;
mod hears;
mod opened;

pub use explain::{Asked, explain};
pub use hears::{Hears, hears};
pub use opened::{Opened, opened};
