//! Who acts in a case beside the firm on record: chambers that are instructed,
//! people who were given access, advocates of the prosecution. What a case holds of
//! them is all that access is decided on; nothing beside it is looked up.

use super::{Case, CaseEvent, state::Representation};
use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, Day, DefendantId, DisassociationReason, Group, Instant, OrganisationId,
    RepresentationBasis,
};

/// Who is given access or a case by name, and has it while they are one of these: barristers,
/// solicitor advocates and solicitors.
pub const ACT_BY_NAME: [Group; 2] = [Group::Advocates, Group::DefenceLawyers];

/// A representation order (Legal Aid, Sentencing and Punishment of Offenders Act 2012 s.16).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepresentationOrder {
    /// The agency's reference.
    pub reference: String,
    /// From when.
    pub from: Day,
    /// The number of the firm's contract with the agency, while no firm that has it is registered
    /// here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
}

/// Chambers that a firm on record instructed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instruction {
    /// For whom.
    pub defendant: DefendantId,
    /// Chambers.
    pub organisation: OrganisationId,
    /// Their name.
    pub name: String,
    /// The firm.
    pub by: OrganisationId,
    /// Its name.
    pub by_name: String,
    /// Day of the instruction.
    pub on: Day,
}

/// Somebody who was given access for the defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// For whom.
    pub defendant: DefendantId,
    /// Who.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// Who gave it.
    pub by: OrganisationId,
    /// Its name.
    pub by_name: String,
    /// The last day, if there is one.
    pub until: Option<Day>,
    /// Since.
    pub since: Instant,
}

impl Grant {
    /// Whether it is good on a day.
    #[must_use]
    pub fn good_on(&self, day: Day) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

/// An advocate to whom the prosecutor assigned the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Who.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The last day.
    pub until: Day,
    /// Since.
    pub since: Instant,
}

/// A firm that was on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// For whom.
    pub defendant: DefendantId,
    /// Firm.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Why no longer.
    pub reason: DisassociationReason,
    /// Since.
    pub ended: Instant,
}

/// Somebody who read papers of a case for the prosecution and came to a firm that defends in it.
/// What the other side may know of it they must not take there (SRA Code of Conduct for Solicitors
/// 6.3 and 6.5): that the firm is on record opens nothing to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barred {
    /// Who.
    pub account: AccountId,
    /// The firm.
    pub organisation: OrganisationId,
    /// Since.
    pub since: Instant,
}

impl Case {
    /// Whether the case is closed to somebody of a firm on record, as one of that firm, unless
    /// the firm gives them access by name.
    #[must_use]
    pub fn bars(&self, (account, organisation): (AccountId, OrganisationId)) -> bool {
        let mut barred = self.barred.iter();
        barred.any(|own| (own.account, own.organisation) == (account, organisation))
    }

    /// The firm on record for a defendant.
    #[must_use]
    pub fn firm_of(&self, defendant: DefendantId) -> Option<&Representation> {
        self.defendant(defendant)?.represented_by.as_ref()
    }

    /// Whether a person has access for the defence on a day: for a defendant, or for any.
    #[must_use]
    pub fn granted(&self, account: AccountId, defendant: Option<DefendantId>, on: Day) -> bool {
        self.grants.iter().any(|grant| {
            grant.account == account
                && defendant.is_none_or(|id| id == grant.defendant)
                && grant.good_on(on)
        })
    }

    /// The same for somebody as one of an organisation: access stays behind with whoever
    /// goes on to another.
    #[must_use]
    pub fn granted_at(
        &self,
        (account, organisation): (AccountId, OrganisationId),
        defendant: Option<DefendantId>,
        on: Day,
    ) -> bool {
        self.grants.iter().any(|grant| {
            (grant.account, grant.organisation) == (account, organisation)
                && defendant.is_none_or(|id| id == grant.defendant)
                && grant.good_on(on)
        })
    }

    /// Whether chambers are instructed for a defendant, or for any.
    #[must_use]
    pub fn instructed(&self, chambers: OrganisationId, defendant: Option<DefendantId>) -> bool {
        self.instructions.iter().any(|instruction| {
            instruction.organisation == chambers
                && defendant.is_none_or(|id| id == instruction.defendant)
        })
    }

    /// Whether the prosecutor assigned the case to a person as one of an organisation, on a day.
    /// An order of the Legal Aid Agency may put their own firm on record meanwhile: whoever
    /// defends in a case, for whomever, has nothing of the prosecution's any more.
    #[must_use]
    pub fn assigned(&self, who: (AccountId, OrganisationId), on: Day) -> bool {
        let represents = |firm: &Representation| firm.organisation == who.1;
        let mut firms = self.defendants.iter().map(|own| &own.represented_by);
        self.advocates
            .iter()
            .any(|one| (one.account, one.organisation) == who && on <= one.until)
            && !firms.any(|firm| firm.as_ref().is_some_and(represents))
            && !self.granted_at(who, None, on)
    }

    pub(super) fn team_changed(&mut self, event: &CaseEvent, at: Instant) {
        match event {
            CaseEvent::DefenceAssociated {
                defendant_id,
                organisation,
                organisation_name,
                basis,
                instructed_on,
                ..
            } => {
                if let Some(defendant) = self.defendant_mut(*defendant_id) {
                    defendant.represented_by = Some(Representation {
                        organisation: *organisation,
                        name: organisation_name.clone(),
                        basis: *basis,
                        since: at,
                        order: None,
                        instructed_on: *instructed_on,
                    });
                }
            }
            CaseEvent::RepresentationOrderMade {
                defendant_id,
                reference,
                from,
                contract,
                ..
            } => {
                if let Some(firm) = self.firm_mut(*defendant_id) {
                    firm.basis = RepresentationBasis::RepresentationOrder;
                    firm.order = Some(RepresentationOrder {
                        reference: reference.clone(),
                        from: *from,
                        contract: contract.clone(),
                    });
                }
            }
            CaseEvent::RepresentationOrderWithdrawn { defendant_id, .. } => {
                if let Some(firm) = self.firm_mut(*defendant_id) {
                    firm.order = None;
                }
            }
            CaseEvent::DefenceDisassociated {
                defendant_id,
                organisation,
                organisation_name,
                reason,
                ..
            } => {
                if let Some(defendant) = self.defendant_mut(*defendant_id) {
                    defendant.represented_by = None;
                }
                self.former.push(Former {
                    defendant: *defendant_id,
                    organisation: *organisation,
                    name: organisation_name.clone(),
                    reason: *reason,
                    ended: at,
                });
            }
            _ => self.people_changed(event, at),
        }
    }

    fn people_changed(&mut self, event: &CaseEvent, at: Instant) {
        match event {
            CaseEvent::ConflictArose {
                account,
                organisation,
                ..
            } if !self.bars((*account, *organisation)) => self.barred.push(Barred {
                account: *account,
                organisation: *organisation,
                since: at,
            }),
            CaseEvent::CounselInstructed {
                defendant_id,
                organisation,
                organisation_name,
                by,
                by_name,
                on,
            } => self.instructions.push(Instruction {
                defendant: *defendant_id,
                organisation: *organisation,
                name: organisation_name.clone(),
                by: *by,
                by_name: by_name.clone(),
                on: *on,
            }),
            CaseEvent::InstructionEnded {
                defendant_id,
                organisation,
                ..
            } => self
                .instructions
                .retain(|i| !(i.defendant == *defendant_id && i.organisation == *organisation)),
            CaseEvent::AccessGranted {
                defendant_id,
                account,
                name,
                organisation,
                organisation_name,
                by,
                by_name,
                until,
            } => {
                // One that had run out is replaced.
                self.grants
                    .retain(|g| !(g.defendant == *defendant_id && g.account == *account));
                self.grants.push(Grant {
                    defendant: *defendant_id,
                    account: *account,
                    name: name.clone(),
                    organisation: *organisation,
                    organisation_name: organisation_name.clone(),
                    by: *by,
                    by_name: by_name.clone(),
                    until: *until,
                    since: at,
                });
            }
            CaseEvent::AccessRemoved {
                defendant_id,
                account,
                ..
            } => self
                .grants
                .retain(|g| !(g.defendant == *defendant_id && g.account == *account)),
            CaseEvent::AdvocateAssigned {
                account,
                name,
                organisation,
                organisation_name,
                until,
            } => {
                self.advocates.retain(|one| one.account != *account);
                self.advocates.push(Assignment {
                    account: *account,
                    name: name.clone(),
                    organisation: *organisation,
                    organisation_name: organisation_name.clone(),
                    until: *until,
                    since: at,
                });
            }
            CaseEvent::AdvocateRemoved { account, .. } => {
                self.advocates.retain(|one| one.account != *account);
            }
            _ => {}
        }
    }

    fn firm_mut(&mut self, defendant: DefendantId) -> Option<&mut Representation> {
        self.defendant_mut(defendant)?.represented_by.as_mut()
    }
}
