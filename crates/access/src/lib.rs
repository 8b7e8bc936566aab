//! Cedar behind one function: may this person do this to that, and by which policy?
//!
//! Deny is the default. The policies are files in `policies/`, embedded, parsed
//! and validated against their schema when the server starts: a policy that does
//! not fit stops the start. This room knows no SQL and no HTTP; the relation
//! between person and thing comes in as [`Facts`].

mod action;
mod decide;
mod explain;
mod facts;
mod load;
mod many;
mod needs;

pub use action::Action;
pub use decide::{Access, Decision, Who};
pub use explain::{Explanation, Layer};
pub use facts::{FLAGS, Facts, Flag};
pub use load::PolicyError;
pub use many::Many;
