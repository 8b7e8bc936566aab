//! Access to single cases beside groups and organisations: why somebody may not do
//! something, who was given permission, and who opened a sensitive case without it.

mod explain;
mod give;
mod glass;
mod hears;
mod opened;
mod whom;

pub use crate::case::veil::CasesOf;
pub use explain::{Asked, explain};
pub use hears::{Hears, hears};
pub use opened::{Opened, opened};
pub(crate) use whom::gives_for_the_prosecution;
