//! The Legal Aid Agency: what it is told, and what it says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, Day, DefendantId, Instant, OrganisationId, RepresentationBasis, Urn};

/// What were we told?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Messages {
    /// Only what came before this place; none means the latest.
    #[ts(type = "number | null")]
    pub before: Option<u64>,
}

/// Messages, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessageList {
    /// Messages.
    pub messages: Vec<Message>,
    /// Whether there are earlier ones.
    pub more: bool,
}

/// A firm went on record, or off it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Message {
    /// Its place in the order of all.
    #[ts(type = "number")]
    pub position: u64,
    /// When.
    pub at: Instant,
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Name.
    pub defendant: String,
    /// Firm.
    pub firm: String,
    /// On what basis it went on record; none if it went off.
    pub basis: Option<RepresentationBasis>,
    /// Why it went off, in words.
    pub reason: Option<String>,
}

/// Who represents whom in the case of this reference?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Representation {
    /// Case reference.
    pub reference: String,
    /// Part of the name of a firm that an order is to name; may be empty.
    pub firm: String,
}

/// Who represents whom.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Represented {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// Defendants.
    pub defendants: Vec<RepresentedDefendant>,
    /// Firms of that name, and those on record.
    pub firms: Vec<Firm>,
}

/// One defendant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RepresentedDefendant {
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Name.
    pub name: String,
    /// Date of birth.
    pub date_of_birth: Option<Day>,
    /// Firm on record.
    pub firm: Option<Firm>,
    /// On what basis.
    pub basis: Option<RepresentationBasis>,
    /// Reference of the order that is in force.
    pub order: Option<String>,
}

/// A firm.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Firm {
    /// Firm.
    pub organisation_id: OrganisationId,
    /// Name.
    pub name: String,
}

/// A representation order is made, or transferred to another firm.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeOrder {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// The firm that it names.
    pub organisation_id: OrganisationId,
    /// Its reference.
    pub reference: String,
    /// From when.
    pub from: Day,
}

/// The same, by the number of the firm's contract with the agency: where no firm that has it is
/// registered here, the order is kept and the firm goes on record once it is validated.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeOrderByContract {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// The number, for instance 0A123B.
    pub contract: String,
    /// The firm's name, as the agency has it.
    pub firm: String,
    /// Its reference.
    pub reference: String,
    /// From when.
    pub from: Day,
}

/// Which orders wait for a firm that is not registered here?
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AwaitedOrders {}

/// Orders that wait, those of the oldest case first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OrdersAwaited {
    /// Orders.
    pub orders: Vec<AwaitedOrder>,
    /// Whether more wait.
    pub more: bool,
}

/// An order that waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AwaitedOrder {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Name.
    pub defendant: String,
    /// The firm, as the agency has it.
    pub firm: String,
    /// The number of its contract.
    pub contract: String,
    /// Reference of the order.
    pub reference: String,
    /// From when.
    pub from: Day,
    /// Whether the case has ended: the firm does not go on record any more.
    pub ended: bool,
}

/// The order is withdrawn.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WithdrawOrder {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// From when.
    pub on: Day,
}
