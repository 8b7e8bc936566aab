//! Ids. Each noun has its own type, so that a defendant is never taken for an offence.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// An id that is always the same for the same name in the same namespace.
            #[must_use]
            pub fn derived(namespace: &Uuid, name: &str) -> Self {
                Self(Uuid::new_v5(namespace, name.as_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// An opening of a sensitive case.
    OpeningId,
    /// A prosecution case.
    CaseId,
    /// A defendant in one case.
    DefendantId,
    /// An offence charged against one defendant.
    OffenceId,
    /// A hearing.
    HearingId,
    /// A line of results typed in court.
    ResultLineId,
    /// A result definition of the national catalogue.
    DefinitionId,
    /// A definition of a notice, order or warrant.
    NowId,
    /// A notice, order or warrant made from results.
    DocumentId,
    /// One document on its way to one recipient.
    DeliveryId,
    /// A document served on the case, or made by it.
    MaterialId,
    /// Bytes received and hashed, not yet served on any case.
    UploadId,
    /// A person's account.
    AccountId,
    /// A firm, court, agency or prosecutor.
    OrganisationId,
    /// A machine credential of another organisation's system.
    MachineId,
    /// A submission by a prosecutor's system.
    SubmissionId,
    /// One event of the ledger.
    EventId,
    /// One sending of a command: the same id twice is recorded once.
    CommandId,
    /// Something a person is told.
    NoticeId,
    /// A signed-in session.
    SessionId,
    /// A passkey of an account.
    PasskeyId,
    /// A court house.
    CourtId,
    /// A court room.
    CourtroomId,
    /// A definition of a court log event.
    LogDefinitionId,
    /// An entry in the court log.
    LogEntryId,
    /// Something that is announced to everybody.
    AnnouncementId,
    /// A request for help.
    HelpRequestId,
}
