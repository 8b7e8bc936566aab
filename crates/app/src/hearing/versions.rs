//! The versions of a day's results, and the amendments between them, in words.

use super::{
    Room,
    compare::{subject, summary},
};
use crate::caller::SignedIn;
use contract::hearing::{AmendmentView, EndedAmendment, VersionRow};
use domain::hearing::{Amendment, Hearing, PutRight, Shared, Stage, compare, put_right};
use vocabulary::AmendmentOutcome;

/// The amendment that is being made.
pub(super) fn amendment(amendment: &Amendment, room: &Room, person: &SignedIn) -> AmendmentView {
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
        put_right: put_right(&amendment.corrections)
            .iter()
            .filter_map(|own| said(room, own))
            .collect(),
    }
}

/// What an amendment puts right beside the results, as one reads it.
fn said(room: &Room, own: &PutRight) -> Option<String> {
    let (_, defendant) = room.defendant(own.defendant)?;
    let name = defendant.charged.party.name();
    let of = |id| defendant.offences.iter().find(|o| o.charged.id == id);
    let offence = own.offence.and_then(of);
    let offence = offence.map_or_else(String::new, |o| format!(", offence {}", o.charged.number));
    let words = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
    Some(format!(
        "{name}{offence}. {}: {}, instead of {}",
        subject(own.subject),
        words(&own.is),
        words(&own.was)
    ))
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
            (Some(amended), _) => {
                let put_right = put_right(&amended.corrections);
                Some(summary(&amended.changes, put_right.len()))
            }
            // More was shared, and nothing amended.
            (None, Some(before)) => Some(summary(&compare(&before.lines, &shared.lines), 0)),
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
