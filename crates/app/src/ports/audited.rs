//! What reports and reviews ask of the record.

use core::net::IpAddr;
use domain::{Stream, reading::GlassOpening};
use vocabulary::{AccountId, Instant};

/// An opening of a sensitive case without permission, with its review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOpening {
    /// The opening.
    pub opening: GlassOpening,
    /// Who reviewed it, and what they found.
    pub reviewed: Option<(String, String)>,
}

/// Which events of the ledger a report is of.
#[derive(Debug, Clone, Default)]
pub struct Audited {
    /// Those of these streams; none means of all.
    pub streams: Option<Vec<Stream>>,
    /// Those of these people; none means of anybody.
    pub by: Option<Vec<AccountId>>,
    /// Those that came from this address of a computer.
    pub address: Option<IpAddr>,
    /// Those of this name.
    pub name: Option<&'static str>,
    /// From this moment on.
    pub from: Option<Instant>,
    /// Until before this one.
    pub to: Option<Instant>,
    /// After this place in the ledger; none means from its beginning.
    pub after: u64,
    /// As many at most.
    pub limit: i64,
}

/// What somebody typed in a hearing and could not send any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWords {
    /// Their name.
    pub by: String,
    /// When it came.
    pub at: Instant,
    /// As their computer kept it.
    pub words: String,
}
