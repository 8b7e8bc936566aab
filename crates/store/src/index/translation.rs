//! Documents that wait for Welsh: in which hearing, since when, and whether letters wait with them.

use super::tables::TRANSLATIONS;
use crate::rows::{Rows, Value};
use domain::document::{Document, waits_for_welsh};

/// Puts the row of a document that owes Welsh, or owed it.
pub(super) fn apply(rows: &mut Rows, after: &Document) {
    let owed = after.welsh.as_ref();
    let taken = owed.and_then(|owed| owed.taken.as_ref());
    let held = after.deliveries.iter().any(|d| d.request.held.is_some());
    rows.put(
        &TRANSLATIONS,
        vec![
            Value::text(after.id),
            Value::text(after.hearing_id),
            after.requested_at.micros().into(),
            waits_for_welsh(after).into(),
            held.into(),
            Value::Int(taken.map(|taken| taken.since.micros())),
        ],
    );
}
