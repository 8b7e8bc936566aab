//! The prison court register: what a prison is told of each defendant when the
//! results of a hearing are shared. It reads the published hearing-resulted
//! event and the published subscriptions, says which defendants a register is
//! called for, and writes each as the published register has it.
//!
//! It fetches nothing and sends nothing: event and subscriptions come in, the
//! registers go out, and the same event always gives the same registers.

mod entry;
mod facts;
mod published;
mod record;
mod resulted;
mod select;
mod sheet;
mod subscription;
#[cfg(test)]
mod tests;

pub use facts::CustodyFacts;
pub use published::{
    CaseMarker, CourtApplication, CourtDetails, CourtHouse, CustodyLocation, NextHearing, Offence,
    PostalAddress, PrisonRegister, RegisterCase, RegisterDefendant, RegisterHearing,
    RegisterResult, ResultText,
};
pub use record::{HearingRegister, LatestSharing, RegisterEntry, RegisterEvent};
pub use resulted::HearingResulted;
pub use select::{Registers, registers_called_for, registers_so_far};
pub use sheet::{Counsel, RegisterSheet, SheetApplication, SheetNextHearing, SheetOffence};
pub use subscription::{PublishedSubscription, PublishedSubscriptions};
