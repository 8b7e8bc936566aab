//! The court keeps a case off the lists that others than the court read.

use super::{Case, CaseEvent};
use crate::{Refusal, words::said};

/// The most that a reason may have.
const MOST: usize = 250;

/// Decides whether the case is kept off lists, or may be on them again.
///
/// # Errors
/// If it is so already, or no reason is given.
pub fn restrict_listing(
    case: &Case,
    kept_off: bool,
    reason: &str,
) -> Result<Vec<CaseEvent>, Refusal> {
    let reason = said(reason);
    if reason.is_empty() || reason.chars().count() > MOST {
        return Err(Refusal::new(
            "reason_needed",
            "A reason of at most 250 characters is needed.",
            "Say why, for whoever decides about this case next.",
        ));
    }
    if case.kept_off_lists.is_some() == kept_off {
        return Err(Refusal::new(
            "already_so",
            if kept_off {
                "This case is kept off lists already."
            } else {
                "This case is not kept off lists."
            },
            "Open the case again to see how it stands.",
        ));
    }
    Ok(vec![CaseEvent::ListingRestricted { kept_off, reason }])
}
