//! Organisations, how documents reach them, accounts and machine credentials. Password hashes and tokens
//! are never events: they are working state beside the ledger.

mod route;

pub use route::Route;

use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, CourtId, CourtroomId, Group, Jurisdiction, MachineId, OrganisationId,
    OrganisationKind,
};

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Organisation.
    pub id: OrganisationId,
    /// Kind.
    pub kind: OrganisationKind,
    /// Name.
    pub name: String,
    /// Address.
    pub address: crate::case::Address,
    /// E-mail to which documents for it are directed.
    pub email: Option<String>,
    /// OU code of a court or prosecutor.
    pub ou_code: Option<String>,
    /// Court house, if it is one.
    pub court: Option<Court>,
    /// How documents reach it besides lying in its inbox.
    #[serde(default)]
    pub route: Route,
}

/// A court house with its rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Court {
    /// Court.
    pub id: CourtId,
    /// Jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Local justice area.
    pub local_justice_area: Option<String>,
    /// Rooms with their names.
    pub rooms: Vec<(CourtroomId, String)>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Account.
    pub id: AccountId,
    /// E-mail, lower case.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Court word for the role.
    pub role: String,
    /// Organisation.
    pub organisation: OrganisationId,
    /// Groups.
    pub groups: Vec<Group>,
    /// Whether it may sign in.
    pub active: bool,
}

/// A credential of another organisation's system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Credential.
    pub id: MachineId,
    /// Name.
    pub name: String,
    /// The OU code it may submit for.
    pub ou_code: String,
    /// Whether it is still good.
    pub active: bool,
}

/// An event of an account, organisation or credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccountEvent {
    /// An organisation joined.
    OrganisationAdded(Organisation),
    /// An account was opened.
    AccountOpened(Account),
    /// An account was suspended.
    AccountSuspended {
        /// Account.
        account: AccountId,
    },
    /// How documents reach an organisation was settled.
    RouteChosen {
        /// Organisation.
        organisation: OrganisationId,
        /// The way from now on.
        route: Route,
    },
    /// A machine credential was issued.
    MachineIssued(Machine),
    /// A machine credential was revoked.
    MachineRevoked {
        /// Credential.
        machine: MachineId,
    },
}
