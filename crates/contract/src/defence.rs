//! A firm links itself to a defendant.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, DefendantId, RepresentationBasis};

/// My firm represents this defendant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Associate {
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// On what basis.
    pub basis: RepresentationBasis,
}

/// On record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Associated {
    /// The firm's name.
    pub organisation: String,
}
