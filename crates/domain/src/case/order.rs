//! Representation orders, as the Legal Aid Agency makes and withdraws them. An
//! order replaces whoever is on record and locks: until it is withdrawn, or
//! transferred under its own reference, nobody takes the firm's place.

use super::{Case, CaseEvent};
use crate::Refusal;
use vocabulary::{Day, DefendantId, DisassociationReason, OrganisationId, RepresentationBasis};

/// The longest reference.
const LONGEST: usize = 32;

/// An order that the agency makes.
#[derive(Debug, Clone)]
pub struct Order {
    /// For whom.
    pub defendant: DefendantId,
    /// The firm it names.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The agency's reference.
    pub reference: String,
    /// From when.
    pub from: Day,
}

/// Decides what the order does.
///
/// # Errors
/// If there is no such defendant, the reference is none, or another order is in force.
pub fn make_order(case: &Case, order: &Order) -> Result<Vec<CaseEvent>, Refusal> {
    let reference = order.reference.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/';
    if reference.is_empty() || reference.len() > LONGEST || !reference.chars().all(plain) {
        return Err(Refusal::new(
            "no_order_reference",
            "That is not a reference of a representation order.",
            "Give the agency's reference: letters, digits, hyphens.",
        ));
    }
    let Some(defendant) = case.defendant(order.defendant) else {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    };
    let current = defendant.represented_by.as_ref();
    if let Some(in_force) = current.and_then(|firm| firm.order.as_ref()) {
        if in_force.reference != reference {
            return Err(Refusal::new(
                "order_in_force",
                format!(
                    "The representation order {} is in force.",
                    in_force.reference
                ),
                "Withdraw that order first, or transfer it under its own reference.",
            ));
        }
        if current.is_some_and(|firm| firm.organisation == order.organisation) {
            return Err(Refusal::new(
                "order_known",
                "This order is recorded already.",
                "There is nothing more to do.",
            ));
        }
    }
    let same = current.is_some_and(|firm| firm.organisation == order.organisation);
    let mut events = Vec::new();
    if let Some(other) = current.filter(|_| !same) {
        events.extend(case.ended(
            order.defendant,
            other.organisation,
            DisassociationReason::ReplacedByOrder,
            "",
        ));
    }
    if !same {
        events.push(CaseEvent::DefenceAssociated {
            defendant_id: order.defendant,
            organisation: order.organisation,
            organisation_name: order.organisation_name.clone(),
            basis: RepresentationBasis::RepresentationOrder,
            // The agency says from when its order is, not when anybody was instructed.
            instructed_on: None,
        });
    }
    events.push(CaseEvent::RepresentationOrderMade {
        defendant_id: order.defendant,
        organisation: order.organisation,
        organisation_name: order.organisation_name.clone(),
        reference: reference.to_owned(),
        from: order.from,
    });
    Ok(events)
}

/// Decides on a withdrawal: the lock ends, and with it the association that rested on it.
///
/// # Errors
/// If no order is in force.
pub fn withdraw_order(
    case: &Case,
    defendant: DefendantId,
    on: Day,
) -> Result<Vec<CaseEvent>, Refusal> {
    let in_force = case
        .firm_of(defendant)
        .and_then(|firm| Some((firm, firm.order.as_ref()?)));
    let Some((firm, order)) = in_force else {
        return Err(Refusal::new(
            "no_order_in_force",
            "No representation order is in force for this defendant.",
            "Look at the case again.",
        ));
    };
    let mut events = vec![CaseEvent::RepresentationOrderWithdrawn {
        defendant_id: defendant,
        organisation: firm.organisation,
        organisation_name: firm.name.clone(),
        reference: order.reference.clone(),
        on,
    }];
    events.extend(case.ended(
        defendant,
        firm.organisation,
        DisassociationReason::LegalAidWithdrawn,
        "",
    ));
    Ok(events)
}
