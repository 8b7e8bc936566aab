//! A hearing: its place in the list, its log, who attends, and its results: shared, at once or in parts,
//! and amended.

mod amend;
mod amendment;
mod apart;
mod approve;
mod attend;
mod compare;
mod correct;
mod event;
mod join;
mod log;
mod remaining;
mod share;
mod state;
#[cfg(test)]
mod tests;
mod vacate;

pub use amend::{Beginning, begin_amendment, cancel_amendment, may_edit, unlock_results};
pub use amendment::{Amended, Amendment, LineChanged, Officer, PastAmendment, Proposal, Stage};
pub use apart::{list_again, take_apart};
pub use approve::{approve_amendment, reject_amendment, request_approval};
pub use attend::{correct_attendance, record_attendance};
pub use compare::{compare, nothing_changed};
pub use correct::{Corrected, Correction, PutRight, Subject, correct, put_right};
pub use event::{HearingEvent, HearingParty, NextListed};
pub use join::join;
pub use log::{Control, NewEntry, log_event};
pub use remaining::{
    Part, Target, elsewhere, keeps_what_is_shared, must_be_targets, part_of, remaining,
    remaining_beside, waits, waits_of,
};
pub use share::{Sharing, refusals, share_results};
pub use state::{Hearing, LogEntry, Shared};
pub use vacate::vacate;
