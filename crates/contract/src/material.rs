//! Papers. Their bytes travel apart: up by `PUT /uploads/{id}`, down by
//! `GET /materials/{id}` and `GET /documents/{id}`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vocabulary::{CaseId, DefendantId, MaterialId, UploadId};

/// The most bytes that one file may have (2 GiB, until uploads can be resumed).
pub const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// What `PUT /uploads/{id}` answers once the bytes are durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Uploaded {
    /// Upload.
    pub upload_id: UploadId,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// How many.
    #[ts(type = "number")]
    pub bytes: u64,
    /// MIME type, read from the bytes.
    pub mime: String,
}

/// Serve an uploaded file on the case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Serve {
    /// Case.
    pub case_id: CaseId,
    /// One defendant's, or the whole case's.
    pub defendant_id: Option<DefendantId>,
    /// Section, one of the case's `sections`.
    pub section: String,
    /// Name of the file.
    pub name: String,
    /// Upload.
    pub upload_id: UploadId,
}

/// Served.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Served {
    /// Material.
    pub material_id: MaterialId,
}
