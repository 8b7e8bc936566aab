//! A firm is no longer on record. What it gave away ends with it: instructions to
//! chambers, and the access of everybody to whom it or those chambers gave it.

use super::{Case, CaseEvent};
use crate::{Refusal, words::said};
use vocabulary::{DefendantId, DisassociationReason, OrganisationId};

/// The longest note.
const LONGEST: usize = 500;

/// An end that is asked for.
#[derive(Debug, Clone)]
pub struct Ending {
    /// For whom.
    pub defendant: DefendantId,
    /// The firm that ends its own association; none if it is the court.
    pub firm: Option<OrganisationId>,
    /// Why.
    pub reason: DisassociationReason,
    /// What else is to be said.
    pub note: String,
}

/// Decides whether the firm on record goes off it.
///
/// # Errors
/// If no firm is on record, or another one; if a representation order keeps it there.
pub fn disassociate(case: &Case, wish: &Ending) -> Result<Vec<CaseEvent>, Refusal> {
    let current = case.firm_of(wish.defendant);
    let Some(current) = current.filter(|c| wish.firm.is_none_or(|own| own == c.organisation))
    else {
        return Err(Refusal::new(
            "not_on_record",
            "That firm is not on record for this defendant.",
            "Open the case again and look who is.",
        ));
    };
    if let Some(order) = &current.order {
        return Err(Refusal::new(
            "locked_by_order",
            format!(
                "The representation order {} keeps the firm on record.",
                order.reference
            ),
            "Ask the Legal Aid Agency to withdraw or transfer the order.",
        ));
    }
    if wish.note.chars().count() > LONGEST {
        return Err(Refusal::new(
            "note_too_long",
            format!("A note has at most {LONGEST} characters."),
            "Shorten it.",
        ));
    }
    Ok(case.ended(
        wish.defendant,
        current.organisation,
        wish.reason,
        &said(&wish.note),
    ))
}

impl Case {
    /// The end of an association with all that hung on it.
    pub(super) fn ended(
        &self,
        defendant: DefendantId,
        firm: OrganisationId,
        reason: DisassociationReason,
        note: &str,
    ) -> Vec<CaseEvent> {
        let Some(current) = self.firm_of(defendant) else {
            return Vec::new();
        };
        let mut events: Vec<CaseEvent> = self
            .grants
            .iter()
            .filter(|grant| grant.defendant == defendant)
            .map(|grant| CaseEvent::AccessRemoved {
                defendant_id: defendant,
                account: grant.account,
                name: grant.name.clone(),
            })
            .collect();
        events.extend(
            self.instructions
                .iter()
                .filter(|instruction| instruction.defendant == defendant)
                .map(|instruction| CaseEvent::InstructionEnded {
                    defendant_id: defendant,
                    organisation: instruction.organisation,
                    organisation_name: instruction.name.clone(),
                }),
        );
        events.push(CaseEvent::DefenceDisassociated {
            defendant_id: defendant,
            organisation: firm,
            organisation_name: current.name.clone(),
            reason,
            note: note.to_owned(),
        });
        events
    }
}
