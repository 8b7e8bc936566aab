//! Cases: listing, finding, seeing.

mod changes;
mod find;
mod list;
mod mark_seen;
pub(crate) mod papers;
pub(crate) mod present;
mod restrict;
pub(crate) mod sight;
pub(crate) mod veil;
pub(crate) mod view;
