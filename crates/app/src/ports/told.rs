//! What a commit means for people who are looking, and what is asked regularly of those who
//! look: whether they still may.

use super::KeptNotice;
use serde::{Deserialize, Serialize};
use vocabulary::{AccountId, CaseId, CourtId, Instant, OrganisationId};

/// The court houses whose staff must look again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Courts {
    /// None.
    #[default]
    None,
    /// Those that sit in it. Others do not even learn that something happened.
    These(Vec<CourtId>),
    /// Every one: it is of no case, or nobody knows which court hears it.
    All,
}

impl Courts {
    /// These as well.
    pub fn join(&mut self, others: &Self) {
        match (&mut *self, others) {
            (Self::All, _) | (_, Self::None) => {}
            (Self::These(own), Self::These(others)) => {
                for court in others {
                    if !own.contains(court) {
                        own.push(*court);
                    }
                }
            }
            (_, others) => *self = others.clone(),
        }
    }
}

/// Something changed: who must look again. Sent after the commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// `case:<id>`, `hearing:<id>`, `hearings`, `inbox`, `alarms`.
    pub tag: String,
    /// Organisations that may see it.
    pub organisations: Vec<OrganisationId>,
    /// People of other organisations who may.
    pub accounts: Vec<AccountId>,
    /// Courts whose staff may.
    pub courts: Courts,
    /// The cases it is about: whoever gave a reason for opening one of them sees it too, and
    /// whoever opens no case at all does not, wherever they are.
    pub cases: Vec<CaseId>,
    /// People to whom it is closed as ones of those organisations: they hear nothing of it by them.
    pub barred: Vec<(AccountId, OrganisationId)>,
}

/// What a commit means for people who are looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Position of the last event.
    pub position: u64,
    /// What is stale, for whom.
    pub touched: Vec<Touched>,
    /// Notices raised.
    pub notices: Vec<(AccountId, KeptNotice)>,
    /// Whether a document waits to be made or delivered by the server that recorded it.
    pub documents: bool,
}

/// A session that still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    /// After which event organisations and people stand as they do.
    pub directory: u64,
    /// Until when a reason counts at most that its person gave for opening a case.
    pub reasoned_until: Instant,
}
