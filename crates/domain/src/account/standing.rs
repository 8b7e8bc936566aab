//! How an account stands, and what its events make of it. An account is invited, then active;
//! it may be suspended and come back, and it may leave. It is never deleted: what somebody did
//! stays theirs in the record. Whether somebody may change it is decided in `decide`.

use super::{Account, AccountEvent};
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, Instant};

/// How an account stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May sign in.
    #[default]
    Active,
    /// Was sent a link and has not used it.
    Invited,
    /// Suspended by somebody.
    Suspended,
    /// Suspended because nobody signed in with it for long.
    Idle,
    /// The person left the organisation.
    Left,
}

impl Standing {
    /// As people read it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited, not activated yet",
            Self::Suspended => "suspended",
            Self::Idle => "suspended, because it was not used",
            Self::Left => "left",
        }
    }
}

/// What an account has come through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// How it stands.
    #[serde(default)]
    pub standing: Standing,
    /// The version of the terms that were accepted.
    #[serde(default)]
    pub terms: Option<String>,
    /// The last warning before it is suspended for not being used.
    #[serde(default)]
    pub warned: Option<Warned>,
    /// Who took on what the person saw to, when they left.
    #[serde(default)]
    pub handed_to: Option<AccountId>,
    /// Whether HMCTS staff suspended it, until they let it in again: also once the person left.
    #[serde(default)]
    pub by_service: bool,
}

/// A warning that an account is about to be suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warned {
    /// After how many days without a signing in.
    pub days: i64,
    /// When.
    pub at: Instant,
}

impl AccountEvent {
    /// The account that the event changes, if it changes one that was there before.
    #[must_use]
    pub const fn of_account(&self) -> Option<AccountId> {
        match self {
            Self::InvitationRenewed { account }
            | Self::AccountActivated { account, .. }
            | Self::AccountSuspended { account, .. }
            | Self::AccountLapsed { account }
            | Self::AccountReactivated { account }
            | Self::RolesChanged { account, .. }
            | Self::NameCorrected { account, .. }
            | Self::AccountMoved { account, .. }
            | Self::AccountLeft { account, .. }
            | Self::IdleWarned { account, .. } => Some(*account),
            Self::OrganisationAdded(_)
            | Self::OrganisationRegistered(_)
            | Self::RegistrationRefused { .. }
            | Self::AccountOpened(_)
            | Self::AccountInvited(_)
            | Self::OrganisationRenamed { .. }
            | Self::RouteChosen { .. }
            | Self::SigningInSettled { .. }
            | Self::SecondFactorTakenAway { .. }
            | Self::Passkey(_)
            | Self::MachineIssued(_)
            | Self::MachineRevoked { .. } => None,
        }
    }
}

impl Account {
    /// The account after an event about it.
    #[must_use]
    pub fn after(mut self, event: &AccountEvent, at: Instant) -> Self {
        match event {
            AccountEvent::AccountActivated { terms, .. } => {
                self.life.terms = Some(terms.clone());
                self.life.warned = None;
                self.stands(Standing::Active);
            }
            AccountEvent::AccountSuspended { by_service, .. } => {
                self.life.by_service = *by_service;
                self.stands(Standing::Suspended);
            }
            AccountEvent::AccountLapsed { .. } => self.stands(Standing::Idle),
            AccountEvent::AccountReactivated { .. } => {
                self.life.by_service = false;
                self.life.warned = None;
                self.stands(Standing::Active);
            }
            AccountEvent::RolesChanged { role, groups, .. } => {
                self.role.clone_from(role);
                self.groups.clone_from(groups);
            }
            AccountEvent::NameCorrected { name, .. } => self.name.clone_from(name),
            AccountEvent::AccountMoved { organisation, .. } => self.organisation = *organisation,
            AccountEvent::AccountLeft { handed_to, .. } => {
                self.life.handed_to = *handed_to;
                self.stands(Standing::Left);
            }
            AccountEvent::IdleWarned { days, .. } => {
                self.life.warned = Some(Warned { days: *days, at });
            }
            _ => {}
        }
        self
    }

    /// An account that waits for its person.
    #[must_use]
    pub fn invited(mut self) -> Self {
        self.life = Life::default();
        self.stands(Standing::Invited);
        self
    }

    fn stands(&mut self, standing: Standing) {
        self.life.standing = standing;
        self.active = standing == Standing::Active;
    }
}
