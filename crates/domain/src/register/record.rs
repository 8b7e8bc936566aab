//! The registers of a hearing as the ledger keeps them: results that are shared
//! again add a register, and the earlier ones stay where they are. And that the register of a
//! day was sent: each one for each of those who have it is a stream of its own.

use super::{PrisonRegister, RegisterSheet};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{Day, Instant, OrganisationId};

/// One register with the facts of its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// As published.
    pub register: PrisonRegister,
    /// What the document prints beside it.
    pub sheet: RegisterSheet,
}

impl RegisterEntry {
    /// Reference of the case, and the defendant.
    #[must_use]
    pub fn whose(&self) -> (String, Uuid) {
        let case = &self.register.prosecution_case;
        (case.case_urn.clone(), self.register.defendant.id)
    }

    /// Whether another is of the same defendant in the same case.
    #[must_use]
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        self.register.defendant.id == other.register.defendant.id
            && same(
                &self.register.prosecution_case.case_urn,
                &other.register.prosecution_case.case_urn,
            )
    }
}

/// An event of a hearing's registers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RegisterEvent {
    /// Results of the hearing were shared, and the registers made.
    HearingRegistered {
        /// The hearing, by the id of whoever shared.
        hearing_id: Uuid,
        /// The code of the court that sat: only it adds registers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        court: Option<String>,
        /// SHA-256 of what was sent.
        sha256: String,
        /// The registers called for.
        entries: Vec<RegisterEntry>,
        /// Reference and defendant of those for whom none is.
        without: Vec<(String, Uuid)>,
        /// Reference and defendant of those whose registers this leaves as they are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        untouched: Vec<(String, Uuid)>,
    },
    /// Somebody's system read the registers of a defendant.
    RegisterRead {
        /// The case.
        case_urn: String,
        /// The defendant.
        defendant: Uuid,
    },
    /// The register of a court day was sent to somebody who has it without asking.
    DayRegisterSent {
        /// Which, by its key as a printout.
        printout: String,
        /// Its name: `Youth court register`.
        name: String,
        /// Whose day it is: the court house, or the authority.
        of: String,
        /// The day.
        day: Day,
        /// To whom.
        to: OrganisationId,
        /// SHA-256 of what it says.
        sha256: String,
        /// It says something else than the one that was sent before.
        amended: bool,
    },
    /// The registers of every day up to this one were sent.
    DaysSent {
        /// The last of them.
        day: Day,
    },
}

/// The registers of a hearing, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HearingRegister {
    /// The hearing.
    pub hearing_id: Uuid,
    /// The code of the court that sat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub court: Option<String>,
    /// Every register, with when it was made.
    pub entries: Vec<(Instant, RegisterEntry)>,
    /// Reference and defendant of those for whom none was called for.
    pub without: Vec<(String, Uuid)>,
    /// The latest sharing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<LatestSharing>,
    /// Of the register of a day: how often it was sent, and what it said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<(u32, String)>,
    /// Of the days whose registers were sent: the day before the first, and the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(Day, Day)>,
}

/// When results were shared last, and how many registers there were before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestSharing {
    /// When.
    pub at: Instant,
    /// How many.
    pub before: usize,
    /// Of whom it touched none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub untouched: Vec<(String, Uuid)>,
}

impl HearingRegister {
    /// Folds one event; `None` if it is of another hearing.
    #[must_use]
    pub fn fold(state: Option<Self>, event: &RegisterEvent, at: Instant) -> Option<Self> {
        let (hearing_id, court, entries, without, untouched) = match event {
            RegisterEvent::HearingRegistered {
                hearing_id,
                court,
                entries,
                without,
                untouched,
                ..
            } => (hearing_id, court, entries, without, untouched),
            // A reading changes nothing, and there is nothing to read before.
            RegisterEvent::RegisterRead { .. } => return state,
            RegisterEvent::DayRegisterSent { sha256, .. } => {
                let mut state = state.unwrap_or_else(|| Self::of_hearing(Uuid::nil(), None));
                let before = state.sent.map_or(0, |(times, _)| times);
                state.sent = Some((before + 1, sha256.clone()));
                return Some(state);
            }
            RegisterEvent::DaysSent { day } => {
                let mut state = state.unwrap_or_else(|| Self::of_hearing(Uuid::nil(), None));
                let first = state.days.map_or(*day, |(first, _)| first);
                state.days = Some((first, *day));
                return Some(state);
            }
        };
        let mut state = state.unwrap_or_else(|| Self::of_hearing(*hearing_id, court.clone()));
        if state.hearing_id != *hearing_id {
            return None;
        }
        state.latest = Some(LatestSharing {
            at,
            before: state.entries.len(),
            untouched: untouched.clone(),
        });
        let entries = entries.iter().map(|entry| (at, entry.clone()));
        state.entries.extend(entries);
        for one in without {
            if !state.without.contains(one) {
                state.without.push(one.clone());
            }
        }
        Some(state)
    }

    const fn of_hearing(hearing_id: Uuid, court: Option<String>) -> Self {
        Self {
            hearing_id,
            court,
            entries: Vec::new(),
            without: Vec::new(),
            latest: None,
            sent: None,
            days: None,
        }
    }

    /// Since when none of these registers stands: results were shared again, and called
    /// for none of them.
    #[must_use]
    pub fn ended(&self, of_these: impl Fn(&RegisterEntry) -> bool) -> Option<Instant> {
        let latest = self.latest.as_ref()?;
        let last = self.entries.iter().rposition(|(_, own)| of_these(own))?;
        let (_, entry) = self.entries.get(last)?;
        let untouched = latest.untouched.contains(&entry.whose());
        (last < latest.before && !untouched).then_some(latest.at)
    }

    /// The registers of a defendant in a case; `None` if the hearing has no such
    /// defendant, none inside if no register was called for.
    #[must_use]
    pub fn of(&self, case_urn: &str, defendant: Uuid) -> Option<Vec<&RegisterEntry>> {
        let own: Vec<&RegisterEntry> = self
            .entries
            .iter()
            .map(|(_, entry)| entry)
            .filter(|entry| {
                entry.register.defendant.id == defendant
                    && same(&entry.register.prosecution_case.case_urn, case_urn)
            })
            .collect();
        let known = !own.is_empty()
            || self
                .without
                .iter()
                .any(|(urn, id)| *id == defendant && same(urn, case_urn));
        known.then_some(own)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
