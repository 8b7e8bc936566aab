//! What the ledger holds: one closed list of events, each in one stream.

use crate::{
    account, case, document, hearing, reading, register, rules, submission, support, translation,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;
use vocabulary::{AccountId, EventId, Instant, MachineId, OrganisationId};

/// What a stream is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// A case.
    Case,
    /// A hearing.
    Hearing,
    /// A notice, order or warrant with its deliveries.
    Document,
    /// A prosecutor's submission.
    Submission,
    /// Accounts, organisations and credentials: one stream each.
    Account,
    /// Readings of a case's papers, and printouts of a court's day or of an authority's;
    /// apart, so that reading never collides with writing.
    Reading,
    /// The prison court registers of a hearing.
    Register,
    /// The rules that are lowered: one stream.
    Rules,
    /// An announcement, or a request for help: one stream each.
    Support,
    /// The Welsh that translators gave for values of the catalogue: one stream.
    Words,
}

impl StreamKind {
    /// The word as stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Hearing => "hearing",
            Self::Document => "document",
            Self::Submission => "submission",
            Self::Account => "account",
            Self::Reading => "reading",
            Self::Register => "register",
            Self::Rules => "rules",
            Self::Support => "support",
            Self::Words => "words",
        }
    }
}

/// One stream of the ledger, written `case/<id>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stream {
    /// What it is about.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl Stream {
    /// The stream of a thing.
    #[must_use]
    pub const fn new(kind: StreamKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.as_str(), self.id)
    }
}

impl FromStr for Stream {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a stream");
        let (kind, id) = text.split_once('/').ok_or_else(wrong)?;
        let kind = match kind {
            "case" => StreamKind::Case,
            "hearing" => StreamKind::Hearing,
            "document" => StreamKind::Document,
            "submission" => StreamKind::Submission,
            "account" => StreamKind::Account,
            "reading" => StreamKind::Reading,
            "register" => StreamKind::Register,
            "rules" => StreamKind::Rules,
            "support" => StreamKind::Support,
            "words" => StreamKind::Words,
            _ => return Err(wrong()),
        };
        Ok(Self::new(kind, id.parse().map_err(|_| wrong())?))
    }
}

/// From where somebody acted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The address of their computer.
    pub address: String,
    /// What their application says that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A person.
    Person {
        /// Account.
        account: AccountId,
        /// Name at the time.
        name: String,
        /// Organisation.
        organisation: OrganisationId,
        /// From where; events of before do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Origin>,
        /// The policies that allowed it; events of before do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        under: Option<String>,
    },
    /// Another organisation's system.
    Machine {
        /// Credential.
        machine: MachineId,
        /// Name at the time.
        name: String,
        /// From where; events of before do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Origin>,
    },
    /// Somebody who is not signed in.
    Stranger {
        /// From where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Origin>,
    },
    /// Whoever runs the service, from the command line.
    Operator {
        /// As the computer knows them.
        name: String,
    },
    /// The service itself; in events of before also whoever runs it.
    Service,
}

impl Actor {
    /// As people read it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Machine { name, .. } | Self::Operator { name } => {
                name
            }
            Self::Stranger { .. } => "nobody signed in",
            Self::Service => "Common Platform",
        }
    }

    /// From where, if it was somebody outside and the event says so.
    #[must_use]
    pub const fn from(&self) -> Option<&Origin> {
        match self {
            Self::Person { from, .. } | Self::Machine { from, .. } | Self::Stranger { from } => {
                from.as_ref()
            }
            Self::Operator { .. } | Self::Service => None,
        }
    }

    /// The account, if a person.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person { account, .. } => Some(*account),
            _ => None,
        }
    }
}

/// The clock, fresh ids and the actor, as they come into a decision.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Now.
    pub at: Instant,
    /// Who acts.
    pub by: Actor,
}

/// Everything that can happen: the closed vocabulary of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stream", content = "event", rename_all = "snake_case")]
pub enum Event {
    /// To a case.
    Case(case::CaseEvent),
    /// To a hearing.
    Hearing(hearing::HearingEvent),
    /// To a document.
    Document(document::DocumentEvent),
    /// To a submission.
    Submission(submission::SubmissionEvent),
    /// To an account or organisation.
    Account(account::AccountEvent),
    /// A reading.
    Reading(reading::ReadingEvent),
    /// To the registers of a hearing.
    Register(register::RegisterEvent),
    /// To the severity of rules.
    Rules(rules::RulesEvent),
    /// To an announcement or a request for help.
    Support(support::SupportEvent),
    /// To the Welsh of values.
    Words(translation::WordsEvent),
}

impl Event {
    /// The name of the event, for instance `case.material_served`: kept beside the sealed body.
    #[must_use]
    pub fn name(&self) -> String {
        let (kind, event) = match self {
            Self::Case(event) => ("case", serde_json::to_value(event)),
            Self::Hearing(event) => ("hearing", serde_json::to_value(event)),
            Self::Document(event) => ("document", serde_json::to_value(event)),
            Self::Submission(event) => ("submission", serde_json::to_value(event)),
            Self::Account(event) => ("account", serde_json::to_value(event)),
            Self::Reading(event) => ("reading", serde_json::to_value(event)),
            Self::Register(event) => ("register", serde_json::to_value(event)),
            Self::Rules(event) => ("rules", serde_json::to_value(event)),
            Self::Support(event) => ("support", serde_json::to_value(event)),
            Self::Words(event) => ("words", serde_json::to_value(event)),
        };
        let verb = event
            .ok()
            .and_then(|value| value.get("type")?.as_str().map(str::to_owned))
            .unwrap_or_default();
        format!("{kind}.{verb}")
    }
}

/// An event as the ledger holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Place in the one order of all events, from 1.
    pub position: u64,
    /// Stream.
    pub stream: Stream,
    /// Place in the stream, from 1.
    pub version: u64,
    /// Id.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Actor,
    /// What.
    pub event: Event,
}
