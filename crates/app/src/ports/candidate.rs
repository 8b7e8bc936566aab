//! Defendants among whom a search chooses, and what the Legal Aid Agency is told.

use serde::{Deserialize, Serialize};
use vocabulary::{
    CaseId, Day, DefendantId, DisassociationReason, Instant, OrganisationId, RepresentationBasis,
    Urn,
};

/// A defendant that a search came upon: what is needed to say whether it is the one
/// that was meant, and whether whoever asks may find it. No case is opened for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Case.
    pub case_id: CaseId,
    /// Reference.
    pub urn: Urn,
    /// OU code of the prosecutor.
    pub prosecutor_ou: String,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// Every name.
    pub names: Vec<String>,
    /// Date of birth, if a person.
    pub date_of_birth: Option<Day>,
    /// Firm on record.
    pub firm: Option<OrganisationId>,
    /// On what basis.
    pub basis: Option<RepresentationBasis>,
    /// Whether a representation order keeps it there.
    pub locked: bool,
    /// Whether the case is sensitive.
    pub sensitive: bool,
    /// Days on which the defendant is listed.
    pub days: Vec<Day>,
}

/// One message to the Legal Aid Agency, in the order of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalAidMessage {
    /// Its place.
    pub position: u64,
    /// When.
    pub at: Instant,
    /// Case.
    pub case_id: CaseId,
    /// Defendant.
    pub defendant_id: DefendantId,
    /// What it says.
    pub news: LegalAidNews,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalAidNews {
    /// Reference of the case.
    pub urn: Urn,
    /// The defendant's name.
    pub defendant: String,
    /// Firm.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// On what basis it went on record; none if it went off.
    pub basis: Option<RepresentationBasis>,
    /// Why it went off.
    pub reason: Option<DisassociationReason>,
}
