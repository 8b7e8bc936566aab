//! The rules of the published results validator, with the table that is built in:
//! each with a yes, a no and an edge.
#![allow(clippy::unwrap_used)]

mod age;
mod drafts;
mod offences;
mod orders;
mod severity;
mod table;
mod terms;
