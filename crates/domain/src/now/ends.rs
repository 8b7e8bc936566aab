//! Documents that depend on what the court ends, not on a result alone: whoever enforces or
//! monitors bail learns when there is nothing to enforce any more, however it came about. It
//! compares what the record knew before the hearing with how the results leave the defendant.

use super::DefendantFacts;
use crate::result::JudicialResult;
use vocabulary::{BailStatus, fold_name};

/// The role of whoever monitors the bail electronically, as the record names them.
pub const BAIL_MONITOR: &str = "BailMonitor";
/// The group of the results that each set one condition of bail.
const CONDITIONS: &str = "Bail conditions";
/// The question by which such a result names who monitors it.
const MONITORED_BY: &str = "electronicMonitoringContractor";

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
        let ends = || facts.conditional_bail && no_conditional_bail_after(own, facts);
        match self {
            Self::BailConditions => ends(),
            Self::BailMonitoring => {
                let mut parties = facts.parties.iter();
                let monitor = parties.find(|party| party.role == BAIL_MONITOR);
                monitor.is_some_and(|monitor| ends() || left_out(own, &monitor.name))
            }
        }
    }

    /// Whether it is by results like this one that something ends: they are what is printed, and
    /// what says who is told.
    pub(super) fn by(result: &JudicialResult) -> bool {
        result.is_final
            || result.post_hearing_custody_status != BailStatus::NotApplicable
            || is_condition(result)
    }
}

/// Whether the defendant leaves the hearing without bail on conditions: with another status, or
/// with none because the case is over. A result that says nothing of bail leaves it as it is.
fn no_conditional_bail_after(own: &[&JudicialResult], facts: &DefendantFacts) -> bool {
    let mut said = own
        .iter()
        .map(|result| result.post_hearing_custody_status)
        .filter(|status| *status != BailStatus::NotApplicable)
        .peekable();
    let on_conditions = |status| matches!(status, BailStatus::Conditional | BailStatus::PreRelease);
    if said.peek().is_none() {
        return over(own, facts);
    }
    // A child who is sent to a local authority with a direction for bail has conditions, too.
    !said.any(on_conditions) && !own.iter().any(|result| is_condition(result))
}

/// Every offence that was open is disposed of, and nothing brings the defendant back: bail is
/// for one case, and lasts while any of its offences does.
fn over(own: &[&JudicialResult], facts: &DefendantFacts) -> bool {
    let disposed = |offence| {
        let mut results = own.iter();
        results.any(|result| result.is_final && result.offence == Some(offence))
    };
    !own.iter().any(|result| result.adjournment) && facts.open.iter().copied().all(disposed)
}

/// Whether conditions are set anew of which none is monitored by this contractor: a decision on
/// conditions takes the place of the one before.
fn left_out(own: &[&JudicialResult], monitor: &str) -> bool {
    let mut set = own.iter().filter(|own| is_condition(own)).peekable();
    let monitors = |result: &&JudicialResult| {
        monitors_bail(result).is_some_and(|name| fold_name(name) == fold_name(monitor))
    };
    set.peek().is_some() && !set.any(monitors)
}

/// Whether a result sets a condition of bail.
#[must_use]
pub fn is_condition(result: &JudicialResult) -> bool {
    let mut groups = result.groups.iter();
    groups.any(|own| own.eq_ignore_ascii_case(CONDITIONS))
}

/// Who monitors a condition of bail electronically, if the result that sets it names somebody.
#[must_use]
pub fn monitors_bail(result: &JudicialResult) -> Option<&str> {
    let mut answers = result.answers.iter();
    answers
        .find(|(reference, _)| reference.eq_ignore_ascii_case(MONITORED_BY))
        .map(|(_, name)| name.trim())
        .filter(|name| !name.is_empty())
}
