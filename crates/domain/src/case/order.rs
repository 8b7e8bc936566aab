//! Representation orders, as the Legal Aid Agency makes and withdraws them. An
//! order replaces whoever is on record and locks: until it is withdrawn, or
//! transferred under its own reference, nobody takes the firm's place.
//!
//! An order for a firm that is not registered here is kept by the number of its contract with the
//! agency, and locks as any other: its firm has an id that follows from that number, and of which
//! nobody is. Once a firm that has the number is validated, it takes that place.

use super::{Case, CaseEvent};
use crate::Refusal;
use uuid::Uuid;
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
    /// The number of the firm's contract with the agency, where no firm that has it is registered.
    pub contract: Option<String>,
}

/// The namespace of the ids of firms that are not registered here.
const AWAITED: Uuid = Uuid::from_u128(0x5d0e_8a34_6f1b_4c97_8e25_b1a7_9c40_d362);

/// The number of a contract with the agency as it is kept; none if it cannot be one.
#[must_use]
pub fn contract_number(typed: &str) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(64)
        .collect();
    let plain = plain.to_uppercase();
    let fits = (4..=12).contains(&plain.len()) && plain.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then_some(plain)
}

/// As what a firm stands in cases until somebody who has this number registers.
#[must_use]
pub fn awaited_firm(contract: &str) -> OrganisationId {
    OrganisationId::derived(&AWAITED, contract)
}

/// A firm that has the number of a contract was validated: it takes the place that waited for it,
/// for each defendant whose order still stands, unless the case has ended.
#[must_use]
pub fn firm_registered(
    case: &Case,
    awaited: OrganisationId,
    (organisation, name): (OrganisationId, &str),
) -> Vec<CaseEvent> {
    if case.concluded() {
        return Vec::new();
    }
    let mut events = Vec::new();
    for defendant in &case.defendants {
        let firm = defendant.represented_by.as_ref();
        let waiting = firm.filter(|firm| firm.organisation == awaited && firm.is_awaited());
        let Some(order) = waiting.and_then(|firm| firm.order.as_ref()) else {
            continue;
        };
        events.push(CaseEvent::DefenceAssociated {
            defendant_id: defendant.charged.id,
            organisation,
            organisation_name: name.to_owned(),
            basis: RepresentationBasis::RepresentationOrder,
            instructed_on: None,
            awaited: Some(awaited),
        });
        events.push(CaseEvent::RepresentationOrderMade {
            defendant_id: defendant.charged.id,
            organisation,
            organisation_name: name.to_owned(),
            reference: order.reference.clone(),
            from: order.from,
            contract: None,
        });
    }
    events
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
            awaited: None,
        });
    }
    events.push(CaseEvent::RepresentationOrderMade {
        defendant_id: order.defendant,
        organisation: order.organisation,
        organisation_name: order.organisation_name.clone(),
        reference: reference.to_owned(),
        from: order.from,
        contract: order.contract.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::amended::tests::{case, day, happened, id, result, resulted};

    const NUMBER: &str = "0A123B";

    fn order(organisation: OrganisationId, reference: &str, contract: Option<&str>) -> Order {
        Order {
            defendant: id(11),
            organisation,
            organisation_name: "Pryce Adeyemi".to_owned(),
            reference: reference.to_owned(),
            from: day(0),
            contract: contract.map(str::to_owned),
        }
    }

    fn after(case: Case, events: &[CaseEvent]) -> Case {
        events.iter().fold(case, happened)
    }

    fn waiting() -> Case {
        let order = order(awaited_firm(NUMBER), "7001234", Some(NUMBER));
        let events = make_order(&case(), &order).unwrap();
        after(case(), &events)
    }

    #[test]
    fn a_number_is_known_however_it_is_typed_and_is_no_other_firms() {
        assert_eq!(contract_number(" 0a 123b ").as_deref(), Some(NUMBER));
        for typed in ["", "0A1", "0A-123B", "0A123B0A123B0"] {
            assert_eq!(contract_number(typed), None, "{typed}");
        }
        assert_ne!(awaited_firm(NUMBER), awaited_firm("0A123C"));
    }

    #[test]
    fn the_firm_takes_its_place_by_the_order_that_waited() {
        let before = waiting();
        let firm = before.firm_of(id(11)).unwrap();
        assert!(firm.is_awaited() && firm.shown().ends_with("(not registered here yet)"));
        let registered = (id(77), "Pryce Adeyemi LLP");
        assert!(firm_registered(&before, awaited_firm("0A123C"), registered).is_empty());
        let events = firm_registered(&before, awaited_firm(NUMBER), registered);
        let now = after(before, &events);
        let firm = now.firm_of(id(11)).unwrap();
        assert_eq!((firm.organisation, firm.is_awaited()), (id(77), false));
        assert_eq!(firm.shown(), "Pryce Adeyemi LLP");
        assert_eq!(firm.order.as_ref().unwrap().reference, "7001234");
        assert!(firm_registered(&now, awaited_firm(NUMBER), (id(78), "Other")).is_empty());
    }

    #[test]
    fn nobody_is_put_on_record_once_the_order_has_gone_or_the_case_has_ended() {
        let awaited = awaited_firm(NUMBER);
        let withdrawn = withdraw_order(&waiting(), id(11), day(1)).unwrap();
        let withdrawn = after(waiting(), &withdrawn);
        assert!(firm_registered(&withdrawn, awaited, (id(77), "Firm")).is_empty());
        let other = order(id(78), "7001234", None);
        let transferred = make_order(&waiting(), &other).unwrap();
        let transferred = after(waiting(), &transferred);
        assert!(firm_registered(&transferred, awaited, (id(77), "Firm")).is_empty());
        let ended = resulted(waiting(), 3, 1, result(31, true), None);
        assert!(ended.concluded());
        assert!(firm_registered(&ended, awaited, (id(77), "Firm")).is_empty());
    }
}
