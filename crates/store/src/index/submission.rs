//! What other organisations' systems have sent.

use super::tables::SUBMISSIONS;
use crate::rows::{Rows, Value};
use domain::submission::Submission;

/// Puts the row of a submission.
pub(super) fn apply(rows: &mut Rows, after: &Submission) {
    rows.put(
        &SUBMISSIONS,
        vec![
            Value::text(after.id),
            after.ou_code.as_str().into(),
            after.sha256.as_str().into(),
            after.status.as_str().into(),
            Value::maybe(after.case_id),
            after.received_at.micros().into(),
        ],
    );
}
