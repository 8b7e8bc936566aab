//! Documents that depend on what the court ends, not on a result alone: whoever enforces or
//! monitors bail learns that there is nothing to enforce when the last offence of the case is
//! disposed of. It reads what the record knew before the hearing, and the results.

use super::DefendantFacts;
use crate::result::JudicialResult;
use vocabulary::BailStatus;

/// The role of whoever monitors the bail electronically, as the record names them.
pub const BAIL_MONITOR: &str = "BailMonitor";

/// What must have ended for a document to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Bail with conditions.
    BailConditions,
    /// Electronic monitoring of bail.
    BailMonitoring,
}

impl Ends {
    /// Did it end by these results of the defendant?
    pub(super) fn ended(self, own: &[&JudicialResult], facts: &DefendantFacts) -> bool {
        let known = match self {
            Self::BailConditions => facts.conditional_bail,
            Self::BailMonitoring => {
                let mut parties = facts.parties.iter();
                facts.conditional_bail && parties.any(|party| party.role == BAIL_MONITOR)
            }
        };
        known && over(own, facts)
    }
}

/// Every offence that was open is disposed of, and nothing brings the defendant back: bail is
/// for one case, and lasts while any of its offences does.
fn over(own: &[&JudicialResult], facts: &DefendantFacts) -> bool {
    let goes_on = |result: &&JudicialResult| {
        result.adjournment || result.post_hearing_custody_status != BailStatus::NotApplicable
    };
    let disposed = |offence| {
        let mut results = own.iter();
        results.any(|result| result.is_final && result.offence == Some(offence))
    };
    !own.iter().any(goes_on) && facts.open.iter().copied().all(disposed)
}
