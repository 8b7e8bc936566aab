//! Organisations, how documents reach them, accounts and machine credentials. Password hashes and tokens
//! are never events: they are working state beside the ledger.

pub mod decide;
pub mod factor;
pub mod idle;
pub mod naming;
pub mod passkey;
mod password;
mod provider;
pub mod registration;
mod route;
mod sign_in;
mod standing;

pub use passkey::{PasskeyChange, PasskeyEvent};
pub use password::choose_password;
pub use provider::{Provider, SigningIn, issuer_of};
pub use registration::{Registration, RegistrationStanding};
pub use route::Route;
pub use sign_in::{Proven, SignInStep};
pub use standing::{Life, Standing, Warned};

use serde::{Deserialize, Serialize};
use vocabulary::{
    AccountId, CourtId, CourtroomId, Day, Group, Jurisdiction, MachineId, OrganisationId,
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
    /// What it said of itself when it registered.
    #[serde(default)]
    pub profile: Profile,
    /// How its people sign in.
    #[serde(default)]
    pub signing_in: SigningIn,
}

impl Organisation {
    /// The same, asking its people for what its head office asks of theirs, and signing them in
    /// as that does.
    #[must_use]
    pub fn asking_as(mut self, head: Option<&Self>) -> Self {
        if let Some(head) = head {
            self.signing_in.second_factor |= head.signing_in.second_factor;
            let own = self.signing_in.provider.take();
            self.signing_in.provider = own.or_else(|| head.signing_in.provider.clone());
        }
        self
    }

    /// The head office of the organisation of which it is an office.
    #[must_use]
    pub fn head(&self) -> OrganisationId {
        self.profile.office_of.unwrap_or(self.id)
    }
}

/// What an organisation says of itself beside name and address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The organisation of which it is an office.
    #[serde(default)]
    pub office_of: Option<OrganisationId>,
    /// Account numbers of its contracts with the Legal Aid Agency.
    #[serde(default)]
    pub laa_contracts: Vec<String>,
    /// Number at the Solicitors Regulation Authority or the Bar Standards Board.
    #[serde(default)]
    pub regulator_number: Option<String>,
    /// Whether it is one person alone.
    #[serde(default)]
    pub sole_practitioner: bool,
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
    /// What it has come through.
    #[serde(default)]
    pub life: Life,
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
    /// An organisation asked to join.
    OrganisationRegistered(Registration),
    /// It was not let in.
    RegistrationRefused {
        /// Organisation.
        organisation: OrganisationId,
        /// Why.
        reason: String,
    },
    /// Somebody was invited: an account that waits for its person.
    AccountInvited(Account),
    /// They were sent another link, in the place of the one before.
    InvitationRenewed {
        /// Account.
        account: AccountId,
    },
    /// The person took the account on.
    AccountActivated {
        /// Account.
        account: AccountId,
        /// The version of the terms that they accepted.
        terms: String,
    },
    /// An account was suspended because nobody signed in with it for long.
    AccountLapsed {
        /// Account.
        account: AccountId,
    },
    /// A suspended account was let in again.
    AccountReactivated {
        /// Account.
        account: AccountId,
    },
    /// A person has other roles from now on.
    RolesChanged {
        /// Account.
        account: AccountId,
        /// Role in words.
        role: String,
        /// Groups.
        groups: Vec<Group>,
    },
    /// A person's name was put right.
    NameCorrected {
        /// Account.
        account: AccountId,
        /// From now on.
        name: String,
        /// Until now.
        before: String,
        /// Why.
        reason: String,
    },
    /// An organisation has another name.
    OrganisationRenamed {
        /// Organisation.
        organisation: OrganisationId,
        /// From now on.
        name: String,
        /// Until now.
        before: String,
        /// Why.
        reason: String,
    },
    /// A person works at another office.
    AccountMoved {
        /// Account.
        account: AccountId,
        /// The office.
        organisation: OrganisationId,
    },
    /// A person left.
    AccountLeft {
        /// Account.
        account: AccountId,
        /// The colleague who takes on what they saw to.
        handed_to: Option<AccountId>,
    },
    /// The person was warned that the account will be suspended.
    IdleWarned {
        /// Account.
        account: AccountId,
        /// After how many days without a signing in.
        days: i64,
        /// The day on which it will be suspended.
        suspended_on: Day,
    },
    /// An account was opened.
    AccountOpened(Account),
    /// An account was suspended.
    AccountSuspended {
        /// Account.
        account: AccountId,
        /// Whether by HMCTS staff, who alone let the person in again.
        #[serde(default)]
        by_service: bool,
    },
    /// How documents reach an organisation was settled.
    RouteChosen {
        /// Organisation.
        organisation: OrganisationId,
        /// The way from now on.
        route: Route,
    },
    /// How an organisation's people sign in was settled.
    SigningInSettled {
        /// Organisation.
        organisation: OrganisationId,
        /// From now on.
        signing_in: SigningIn,
    },
    /// All second factors of a person were taken away by whoever administers them, because they
    /// were lost together with the recovery codes.
    SecondFactorTakenAway {
        /// Account.
        account: AccountId,
        /// Why.
        reason: String,
    },
    /// A person's passkey was added, refused or removed.
    Passkey(PasskeyEvent),
    /// A machine credential was issued.
    MachineIssued(Machine),
    /// A machine credential was revoked.
    MachineRevoked {
        /// Credential.
        machine: MachineId,
    },
}
