//! A firm goes on record for a defendant. Where another firm is, a representation
//! order keeps it there; a privately paid one gives way to a notice of change of
//! legal representative (CrimPR 46.2), which the new firm gives; in every other
//! case the firm on record, the court or the Legal Aid Agency ends it first.

use super::{Case, CaseEvent, ConflictParty, Ending, confirm, conflicts_of_firm, disassociate};
use crate::Refusal;
use vocabulary::{Day, DefendantId, DisassociationReason, OrganisationId, RepresentationBasis};

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
    /// Whether what was shown as a conflict was confirmed.
    pub confirmed: bool,
    /// Who of the firm has read papers of the case for the prosecution.
    pub read_other_side: Vec<String>,
    /// Defendants whom the person sees who asks: no other is named to them.
    pub seen: Vec<DefendantId>,
    /// A notice of change, if it takes another firm's place.
    pub change: Option<Change>,
    /// The day on which the client instructed the firm, if it says so without such a notice.
    pub instructed_on: Option<Day>,
    /// Today.
    pub today: Day,
}

/// A notice of change of legal representative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day on which the client instructed the new firm.
    pub instructed_on: Day,
}

/// Bases on which a client is free to change whom they pay.
const FREE: [RepresentationBasis; 2] = [RepresentationBasis::Private, RepresentationBasis::ProBono];

/// Decides whether the firm goes on record.
///
/// # Errors
/// If there is no such defendant, the firm is on record already, another firm is and
/// does not give way, or a conflict was not confirmed.
pub fn associate(case: &Case, wish: &Association) -> Result<Vec<CaseEvent>, Refusal> {
    let Some(defendant) = case.defendant(wish.defendant) else {
        return Err(Refusal::new(
            "no_such_defendant",
            "This case has no such defendant.",
            "Open the case again and choose one of its defendants.",
        ));
    };
    let who = ConflictParty {
        organisation: wish.organisation,
        account: None,
    };
    let found = || {
        let told = (wish.seen.as_slice(), wish.read_other_side.as_slice());
        conflicts_of_firm(case, wish.organisation, wish.defendant, told, wish.today)
    };
    let mut events = Vec::new();
    if let Some(current) = &defendant.represented_by {
        if current.organisation == wish.organisation {
            return Err(Refusal::new(
                "already_on_record",
                "Your firm is already on record for this defendant.",
                "There is nothing more to do.",
            ));
        }
        let Some(change) = wish.change.filter(|_| case.gives_way(wish.defendant)) else {
            return Err(Refusal::new(
                "represented_by_another",
                "Another firm is on record for this defendant.",
                "Ask that firm or the court to end its association first.",
            ));
        };
        if !FREE.contains(&wish.basis) {
            return Err(Refusal::new(
                "change_not_private",
                "A privately paid firm gives way only to one that is paid privately or acts without a fee.",
                "Ask the firm on record or the court to end its association first.",
            ));
        }
        not_ahead(Some(change.instructed_on), wish.today)?;
        events.extend(confirm(who, &found(), wish.confirmed)?);
        events.extend(disassociate(
            case,
            &Ending {
                defendant: wish.defendant,
                firm: Some(current.organisation),
                reason: DisassociationReason::ClientInstructsAnother,
                note: format!(
                    "{} gave notice of a change of legal representative; instructed on {}.",
                    wish.organisation_name,
                    change.instructed_on.in_words()
                ),
            },
        )?);
    } else {
        not_ahead(wish.instructed_on, wish.today)?;
        events.extend(confirm(who, &found(), wish.confirmed)?);
    }
    let noticed = wish.change.map(|change| change.instructed_on);
    events.push(CaseEvent::DefenceAssociated {
        defendant_id: wish.defendant,
        organisation: wish.organisation,
        organisation_name: wish.organisation_name.clone(),
        basis: wish.basis,
        instructed_on: noticed.or(wish.instructed_on),
        awaited: None,
    });
    Ok(events)
}

/// Nobody was instructed on a day that is still to come.
fn not_ahead(instructed_on: Option<Day>, today: Day) -> Result<(), Refusal> {
    if instructed_on.is_some_and(|day| day > today) {
        return Err(Refusal::new(
            "instructed_later",
            "The day of the instruction is still ahead.",
            "Give the day on which your client instructed you.",
        ));
    }
    Ok(())
}

impl Case {
    /// Whether the firm on record for a defendant gives way to a notice of change.
    #[must_use]
    pub fn gives_way(&self, defendant: DefendantId) -> bool {
        self.firm_of(defendant)
            .is_some_and(|firm| firm.order.is_none() && FREE.contains(&firm.basis))
    }
}
