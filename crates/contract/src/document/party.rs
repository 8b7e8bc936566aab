//! Who made a document, whom it is about and to whom it goes.

use super::Fact;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::Day;

/// The court at the head of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CourtHeading {
    /// Its name, such as `Northmoor Magistrates' Court`.
    pub name: String,
    /// Its name in Welsh, for a court in Wales.
    pub name_welsh: Option<String>,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// The local justice area with its code, for a magistrates' court.
    pub local_justice_area: Option<String>,
}

/// To whom a copy is addressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Addressee {
    /// The name.
    pub name: String,
    /// The address, a line each; empty if it may not be printed.
    pub address: Vec<String>,
}

/// The person a document is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DefendantHeading {
    /// The name, in any script.
    pub name: String,
    /// The date of birth, if known.
    pub date_of_birth: Option<Day>,
    /// The address, a line each; empty if it may not be printed.
    pub address: Vec<String>,
    /// The arrest or summons number.
    pub asn: Option<String>,
    /// Whatever else this document is allowed to name: nationality, driver number, prison number.
    pub further: Vec<Fact>,
}
