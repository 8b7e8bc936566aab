//! Who asks: a person with their organisation, or nobody yet; and the circumstances in
//! which they ask, which go into the record with what they do.

use crate::asks::Asking;
use contract::{Code, Problem};
use domain::{
    Actor, Moment, Origin,
    account::{Account, Organisation},
};
use std::sync::{Arc, Mutex, PoisonError};
use vocabulary::{
    AccountId, CaseId, CommandId, Day, Group, Instant, OpeningKind, OrganisationKind, SessionId,
};

/// Who asks, and under which command id.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Signed in as, or nobody.
    pub person: Option<SignedIn>,
    /// The command id that came with the request; a fresh one for queries.
    pub command: CommandId,
    /// Where the request came from, for the rate limits.
    pub address: String,
    /// What the application says it runs on.
    pub device: String,
    /// From where, as the record says it.
    pub from: Option<Origin>,
    /// Whom they said to be, if there is such an account.
    pub meant: Meant,
}

/// Whom somebody who is not signed in said to be. It goes into the record of what was
/// refused to them and into no answer.
#[derive(Debug, Clone, Default)]
pub struct Meant(Arc<Mutex<Option<AccountId>>>);

impl Meant {
    /// They said to be this one.
    pub(crate) fn is(&self, account: AccountId) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(account);
    }

    /// Whom they said to be.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
    /// What the session knows of its person's presence.
    pub proof: Proof,
}

/// What came with a request, besides who asks.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// From where.
    pub from: Option<Origin>,
    /// Today; permissions that end with a day need it, and are none without.
    pub today: Option<Day>,
    /// Sensitive cases for which they gave a reason that still counts.
    pub reasoned: Vec<CaseId>,
    /// Cases of other courts for which they did.
    pub stated: Vec<CaseId>,
    /// The policies that let them pass so far; what they do is recorded with them.
    under: Arc<Mutex<Vec<String>>>,
    /// The actions that they were asked about so far.
    pub(crate) asked: Arc<Asking>,
    /// The cases that the answer names beside others.
    shown: Arc<Mutex<Vec<CaseId>>>,
}

impl Circumstances {
    /// They gave these reasons, and they still count.
    pub fn gave(&mut self, reasons: Vec<(CaseId, OpeningKind)>) {
        for (case, kind) in reasons {
            match kind {
                OpeningKind::Glass => self.reasoned.push(case),
                OpeningKind::Area => self.stated.push(case),
                OpeningKind::Lifted => {}
            }
        }
    }

    /// Those of somebody else, about whom it is asked what they could do: nothing that whoever
    /// asks gave a reason for is open to them by that. What is asked is noted all the same.
    pub(crate) fn of_another(&self) -> Self {
        Self {
            today: self.today,
            asked: Arc::clone(&self.asked),
            ..Self::default()
        }
    }

    /// A decision let them pass.
    pub(crate) fn passed(&self, policies: &[String]) {
        let mut under = self.under.lock().unwrap_or_else(PoisonError::into_inner);
        for policy in policies {
            if !under.contains(policy) {
                under.push(policy.clone());
            }
        }
    }

    /// The answer names these cases, in a list: it is recorded with what they asked for.
    pub(crate) fn showed(&self, cases: impl IntoIterator<Item = CaseId>) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.extend(cases);
    }

    /// The cases that the answer names.
    pub(crate) fn cases_shown(&self) -> Vec<CaseId> {
        let mut shown = self
            .shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        shown.sort_unstable();
        shown.dedup();
        shown
    }

    /// The policies that let them pass.
    pub(crate) fn under(&self) -> Option<String> {
        let under = self.under.lock().unwrap_or_else(PoisonError::into_inner);
        (!under.is_empty()).then(|| under.join(", "))
    }
}

/// What a session knows of its person's presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// When they last proved who they are.
    pub proven_at: Instant,
    /// When they last did so by more than their password.
    pub strongly_proven_at: Instant,
    /// When the session was last noted as used.
    pub seen_at: Instant,
    /// Whether it answers nothing until they prove it again.
    pub locked: bool,
    /// Whether the account has a second factor.
    pub second_factor: bool,
}

impl Proof {
    /// Of a caller that is no session: seeding, and tests without a server.
    #[must_use]
    pub fn of_the_service() -> Self {
        Self {
            // Later than any moment that is asked about.
            proven_at: Instant::from_micros(200_000_000_000_000_000),
            strongly_proven_at: Instant::from_micros(200_000_000_000_000_000),
            seen_at: Instant::from_micros(200_000_000_000_000_000),
            locked: false,
            second_factor: false,
        }
    }
}

impl Caller {
    /// The person, or the refusal that sends them to the sign-in page, to the lock, or
    /// to the second factor that their organisation asks for.
    ///
    /// # Errors
    /// If nobody is signed in, the session is locked, or that second factor is missing.
    pub fn person(&self) -> Result<&SignedIn, Problem> {
        let person = self.unlocked()?;
        if person.lacks_second_factor() {
            return Err(Problem::new(
                Code::SecondFactorMissing,
                "Your organisation asks for a second factor, and you have none yet.",
                "Set one up under My account.",
            ));
        }
        Ok(person)
    }

    /// The person whose session is not locked: for what they may do before they have
    /// the second factor that they need.
    ///
    /// # Errors
    /// If nobody is signed in, or the session is locked.
    pub fn unlocked(&self) -> Result<&SignedIn, Problem> {
        let person = self.holder()?;
        if person.proof.locked {
            return Err(Problem::new(
                Code::Locked,
                "This window is locked.",
                "Unlock it where you are; your work is still here.",
            )
            .because("What you typed is kept on this computer."));
        }
        Ok(person)
    }

    /// The person whose session this is, locked or not: for unlocking and signing out.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn holder(&self) -> Result<&SignedIn, Problem> {
        self.person.as_ref().ok_or_else(signed_out)
    }
}

/// Nobody is signed in.
pub(crate) fn signed_out() -> Problem {
    Problem::new(
        Code::SignedOut,
        "You are not signed in, or your session has ended.",
        "Sign in again. What you typed is still here.",
    )
}

impl SignedIn {
    /// Whether their organisation asks for a second factor that they do not have.
    #[must_use]
    pub const fn lacks_second_factor(&self) -> bool {
        self.organisation.signing_in.second_factor && !self.proof.second_factor
    }

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
