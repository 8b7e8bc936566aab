//! A hearing: its place in the list, its log, who attends, and its shared results.

mod attend;
mod event;
mod log;
mod share;
mod state;

pub use attend::record_attendance;
pub use event::{HearingEvent, HearingParty};
pub use log::{Control, NewEntry, log_event};
pub use share::{Sharing, share_results};
pub use state::{Hearing, LogEntry, Shared};
