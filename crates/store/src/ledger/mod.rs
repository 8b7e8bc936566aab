//! The ledger: appends in one order, what it says now, and the proof that
//! nothing was altered.

pub(crate) mod appender;
mod audited;
mod batch;
mod checkpoint;
mod compare;
pub(crate) mod event_row;
pub(crate) mod follow;
mod forget;
pub(crate) mod heads;
pub(crate) mod known;
mod opened;
pub(crate) mod read;
mod rebuild;
pub(crate) mod recent;
mod reconcile;
pub(crate) mod state;
mod taken;
mod verify;

pub use checkpoint::Checkpoint;
pub use compare::Compared;
pub use rebuild::Rebuilt;
pub use reconcile::Reconciled;
pub use verify::{FirstBad, Verification, Wrong};
