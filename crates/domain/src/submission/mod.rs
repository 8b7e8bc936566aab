//! What another organisation's system sent, and what became of it.

use serde::{Deserialize, Serialize};
use vocabulary::{CaseId, Instant, SubmissionId, SubmissionStatus};

/// A problem, as published: a code with the values it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionProblem {
    /// Code of reference/case_problem_codes.csv.
    pub code: String,
    /// Key and value, for instance `offenceCode`, `ZZ99999`.
    pub values: Vec<(String, String)>,
    /// The prosecutor's reference of the defendant it is about; none means the case.
    pub defendant: Option<String>,
}

/// An event of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SubmissionEvent {
    /// It arrived and was looked at.
    SubmissionDecided {
        /// Submission.
        submission_id: SubmissionId,
        /// OU code it was sent for.
        ou_code: String,
        /// SHA-256 of what was sent, so that the same submission twice is one.
        sha256: String,
        /// What it came to.
        status: SubmissionStatus,
        /// The case, if one was made, or was already there.
        case_id: Option<CaseId>,
        /// What stopped it.
        errors: Vec<SubmissionProblem>,
        /// What deserves a look.
        warnings: Vec<SubmissionProblem>,
    },
}

/// A submission as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Submission.
    pub id: SubmissionId,
    /// OU code.
    pub ou_code: String,
    /// SHA-256 of what was sent.
    pub sha256: String,
    /// What it came to.
    pub status: SubmissionStatus,
    /// The case.
    pub case_id: Option<CaseId>,
    /// What stopped it.
    pub errors: Vec<SubmissionProblem>,
    /// What deserves a look.
    pub warnings: Vec<SubmissionProblem>,
    /// When it arrived.
    pub received_at: Instant,
}

impl Submission {
    /// Folds one event.
    #[must_use]
    pub fn fold(_state: Option<Self>, event: &SubmissionEvent, at: Instant) -> Option<Self> {
        let SubmissionEvent::SubmissionDecided {
            submission_id,
            ou_code,
            sha256,
            status,
            case_id,
            errors,
            warnings,
        } = event;
        Some(Self {
            id: *submission_id,
            ou_code: ou_code.clone(),
            sha256: sha256.clone(),
            status: *status,
            case_id: *case_id,
            errors: errors.clone(),
            warnings: warnings.clone(),
            received_at: at,
        })
    }
}
