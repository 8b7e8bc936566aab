//! Who read what: recorded before the bytes leave (material) or within a second (views).

use serde::{Deserialize, Serialize};
use vocabulary::{CaseId, DocumentId, MaterialId, OrganisationId};

/// A reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ReadingEvent {
    /// A case was viewed.
    CaseViewed {
        /// Case.
        case_id: CaseId,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// The bytes of a material were asked for.
    MaterialRead {
        /// Case.
        case_id: CaseId,
        /// Material.
        material_id: MaterialId,
        /// Section.
        section: String,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// Whether that organisation was on record at the time.
        associated: bool,
        /// The policy that allowed it.
        policy: String,
    },
    /// A printout was made from the record and handed out.
    PrintoutMade {
        /// Which: the word by which it is asked for.
        printout: String,
        /// Its name.
        name: String,
        /// The id printed on it.
        document_id: DocumentId,
        /// SHA-256 of what was handed out, hexadecimal.
        sha256: String,
        /// The cases that it says something of.
        cases: Vec<CaseId>,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
    /// The bytes of a document were asked for.
    DocumentRead {
        /// Document.
        document_id: DocumentId,
        /// Reader's organisation.
        organisation: OrganisationId,
        /// The policy that allowed it.
        policy: String,
    },
}
