//! The prison court register: taken in from whoever shared the results of a
//! hearing, or made as they are shared here, read by the prison that holds the defendant, and printed for it.
//! Which register is called for, and what stands in it, is the domain's.

mod document;
mod kept;
mod read;
mod shared;
mod take_in;

pub use document::sheet_view;
pub use read::{Reading, read};
pub(crate) use shared::{Sharing, of_shared};
pub use take_in::{TakenIn, is_registered, take_in};
