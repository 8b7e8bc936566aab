//! The versions of a day's results, and the amendments between them, in words.

use super::compare::summary;
use crate::caller::SignedIn;
use contract::hearing::{AmendmentView, EndedAmendment, VersionRow};
use domain::hearing::{Amendment, Hearing, Shared, Stage, compare};
use vocabulary::AmendmentOutcome;

/// The amendment that is being made.
pub(super) fn amendment(amendment: &Amendment, person: &SignedIn) -> AmendmentView {
    AmendmentView {
        kind: amendment.kind,
        reason: amendment.reason,
        note: amendment.note.clone(),
        by: amendment.by.name.clone(),
        since: amendment.since,
        mine: amendment.by.account == person.account.id,
        approved_by: match &amendment.stage {
            Stage::Validated { by, .. } => Some(by.name.clone()),
            Stage::Locked | Stage::ApprovalRequested { .. } => None,
        },
    }
}

/// Every version, newest first.
pub(super) fn all(hearing: &Hearing) -> Vec<VersionRow> {
    let versions = || hearing.earlier.iter().chain(&hearing.shared);
    let before = std::iter::once(None).chain(versions().map(Some));
    let mut rows: Vec<VersionRow> = versions().zip(before).map(row).collect();
    rows.reverse();
    rows
}

fn row((shared, before): (&Shared, Option<&Shared>)) -> VersionRow {
    let amended = shared.amended.as_ref();
    VersionRow {
        version: shared.version,
        at: shared.at,
        by: shared.by.clone(),
        kind: amended.map(|a| a.kind),
        reason: amended.map(|a| a.reason),
        note: amended.map(|a| a.note.clone()),
        amended_by: amended.map(|a| a.by.name.clone()),
        approved_by: amended.and_then(|a| Some(a.approved_by.as_ref()?.name.clone())),
        summary: match (amended, before) {
            (Some(amended), _) => Some(summary(&amended.changes)),
            // More was shared, and nothing amended.
            (None, Some(before)) => Some(summary(&compare(&before.lines, &shared.lines))),
            (None, None) => None,
        },
    }
}

/// Amendments that ended without being shared, newest first.
pub(super) fn ended(hearing: &Hearing) -> Vec<EndedAmendment> {
    hearing
        .past_amendments
        .iter()
        .rev()
        .filter(|past| past.outcome != AmendmentOutcome::Shared)
        .map(|past| EndedAmendment {
            outcome: past.outcome,
            by: past.by.name.clone(),
            ended_by: past.ended_by.clone(),
            at: past.at,
            why: past.why.clone(),
        })
        .collect()
}
