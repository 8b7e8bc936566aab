//! Who asks: a person with their organisation, or nobody yet.

use domain::{
    Actor, Moment,
    account::{Account, Organisation},
};
use vocabulary::{CommandId, Group, Instant, OrganisationKind, SessionId};

/// Who asks, and under which command id.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Signed in as, or nobody.
    pub person: Option<SignedIn>,
    /// The command id that came with the request; a fresh one for queries.
    pub command: CommandId,
    /// Where the request came from, for the rate limits.
    pub address: String,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Account.
    pub account: Account,
    /// Organisation.
    pub organisation: Organisation,
    /// Session.
    pub session: SessionId,
}

impl Caller {
    /// The person, or the refusal that sends them to the sign-in page.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn person(&self) -> Result<&SignedIn, contract::Problem> {
        self.person.as_ref().ok_or_else(|| {
            contract::Problem::new(
                contract::Code::SignedOut,
                "You are not signed in, or your session has ended.",
                "Sign in again. What you typed is still here.",
            )
        })
    }
}

impl SignedIn {
    /// Whether the person is in any of these groups.
    #[must_use]
    pub fn in_any(&self, groups: &[Group]) -> bool {
        self.account
            .groups
            .iter()
            .any(|group| groups.contains(group))
    }

    /// Whether the person acts for the defence.
    #[must_use]
    pub fn is_defence(&self) -> bool {
        matches!(
            self.organisation.kind,
            OrganisationKind::DefenceFirm | OrganisationKind::Chambers
        )
    }

    /// This person, now.
    #[must_use]
    pub fn moment(&self, at: Instant) -> Moment {
        Moment {
            at,
            by: Actor::Person {
                account: self.account.id,
                name: self.account.name.clone(),
                organisation: self.organisation.id,
            },
        }
    }
}
