//! Who asks: a person with their organisation, or nobody yet; and the circumstances in
//! which they ask, which go into the record with what they do.

use domain::{
    Actor, Moment, Origin,
    account::{Account, Organisation},
};
use std::sync::{Arc, Mutex, PoisonError};
use vocabulary::{CaseId, CommandId, Day, Group, Instant, OrganisationKind, SessionId};

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
    /// What this request is asked in.
    pub circumstances: Circumstances,
}

/// What came with a request, besides who asks.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// From where.
    pub from: Option<Origin>,
    /// Today; permissions that end with a day need it, and are none without.
    pub today: Option<Day>,
    /// Cases for which they gave a reason that still counts.
    pub reasoned: Vec<CaseId>,
    /// The policies that let them pass so far; what they do is recorded with them.
    under: Arc<Mutex<Vec<String>>>,
}

impl Circumstances {
    /// A decision let them pass.
    pub(crate) fn passed(&self, policies: &[String]) {
        let mut under = self.under.lock().unwrap_or_else(PoisonError::into_inner);
        for policy in policies {
            if !under.contains(policy) {
                under.push(policy.clone());
            }
        }
    }

    /// The policies that let them pass.
    pub(crate) fn under(&self) -> Option<String> {
        let under = self.under.lock().unwrap_or_else(PoisonError::into_inner);
        (!under.is_empty()).then(|| under.join(", "))
    }
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

    /// The day on which they ask; without one, what was given for a time has ended.
    #[must_use]
    pub fn today(&self) -> Day {
        let last = || Instant::from_micros(4_102_444_800_000_000).day();
        self.circumstances.today.unwrap_or_else(last)
    }

    /// Whether the person acts for the defence.
    #[must_use]
    pub fn is_defence(&self) -> bool {
        matches!(
            self.organisation.kind,
            OrganisationKind::DefenceFirm | OrganisationKind::Chambers
        )
    }

    /// This person, now, from where they are and under what let them pass.
    #[must_use]
    pub fn moment(&self, at: Instant) -> Moment {
        Moment {
            at,
            by: Actor::Person {
                account: self.account.id,
                name: self.account.name.clone(),
                organisation: self.organisation.id,
                from: self.circumstances.from.clone(),
                under: self.circumstances.under(),
            },
        }
    }

    /// The same for a reading, which names its policy itself.
    #[must_use]
    pub(crate) fn reading_moment(&self, at: Instant) -> Moment {
        let mut moment = self.moment(at);
        if let Actor::Person { under, .. } = &mut moment.by {
            *under = None;
        }
        moment
    }
}
