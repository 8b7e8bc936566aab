//! A firm goes on record for a defendant.

use super::{Case, CaseEvent};
use crate::Refusal;
use vocabulary::{DefendantId, OrganisationId, RepresentationBasis};

/// A firm that asks to go on record.
#[derive(Debug, Clone)]
pub struct Association {
    /// For whom.
    pub defendant: DefendantId,
    /// Firm.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// On what basis.
    pub basis: RepresentationBasis,
}

/// Decides whether the firm goes on record.
///
/// # Errors
/// If there is no such defendant, the firm is on record already, or another firm is.
pub fn associate(case: &Case, wish: &Association) -> Result<Vec<CaseEvent>, Refusal> {
    let Some(defendant) = case.defendant(wish.defendant) else {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    };
    if let Some(current) = &defendant.represented_by {
        return Err(if current.organisation == wish.organisation {
            Refusal::new(
                "already_on_record",
                "Your firm is already on record for this defendant.",
                "There is nothing more to do.",
            )
        } else {
            Refusal::new(
                "represented_by_another",
                "Another firm is on record for this defendant.",
                "Ask that firm or the court to end its association first.",
            )
        });
    }
    Ok(vec![CaseEvent::DefenceAssociated {
        defendant_id: wish.defendant,
        organisation: wish.organisation,
        organisation_name: wish.organisation_name.clone(),
        basis: wish.basis,
    }])
}
