//! Results are shared: all at once, or what is finished while the rest waits, and again
//! after each amendment, under the next version. A shared result is final until amended.

use super::{
    Amended, Amendment, Hearing, HearingEvent, NextListed, Officer, Shared, Stage, Target,
    amend::locked,
    approve::unchanged,
    compare, nothing_changed, put_right,
    remaining::{elsewhere, ids, keeps_what_is_shared, remaining},
};
use crate::{
    Refusal,
    result::{Finding, JudicialResult, OffenceInHearing, ResultLine},
};
use std::collections::HashSet;
use vocabulary::{AmendmentKind, Day, HearingState, LineChange, ResultLineId, Severity};

/// What is to be shared.
#[derive(Debug, Clone)]
pub struct Sharing<'a> {
    /// Hearing day.
    pub day: Day,
    /// Lines as typed: all that is shared afterwards.
    pub lines: Vec<ResultLine>,
    /// Targets that remain.
    pub left_out: Vec<Target>,
    /// Those of them for which something is typed.
    pub left: Vec<Target>,
    /// Results that they make.
    pub results: Vec<JudicialResult>,
    /// What the check found.
    pub findings: &'a [Finding],
    /// What it finds of the results that are shared already, alone.
    pub known: &'a [Finding],
    /// The offences before the court.
    pub offences: &'a [OffenceInHearing],
    /// The hearings that these results list, old and new.
    pub listed: Vec<NextListed>,
}

/// Decides whether the results are shared.
///
/// # Errors
/// If they change what was shared before and is not being amended, nothing new is among
/// them, the amendment is somebody else's or lacks its approval, nothing was changed, the hearing never started, a
/// line concerns somebody or something that is not before the court, there is no
/// line, or a finding blocks.
pub fn share_results(
    hearing: &Hearing,
    sharing: Sharing<'_>,
    by: &Officer,
) -> Result<Vec<HearingEvent>, Refusal> {
    let amended = match (&hearing.shared, &hearing.amendment) {
        (None, _) => None,
        (Some(shared), None) => {
            adds(hearing, shared, &sharing)?;
            None
        }
        (Some(shared), Some(amendment)) => Some(amends(shared, amendment, &sharing, by)?),
    };
    ready(hearing, &sharing)?;
    let mut events: Vec<HearingEvent> = hearing.attendance_put_right().collect();
    events.push(HearingEvent::ResultsShared {
        day: sharing.day,
        lines: sharing.lines,
        results: sharing.results,
        version: hearing.shared.as_ref().map_or(0, |s| s.version) + 1,
        amended,
        listed: sharing.listed,
        left: sharing.left,
    });
    Ok(events)
}

/// Refuses what adds nothing to the shared results, or changes them.
fn adds(hearing: &Hearing, shared: &Shared, sharing: &Sharing<'_>) -> Result<(), Refusal> {
    let remaining = remaining(hearing, sharing.offences);
    if remaining.is_empty() {
        return Err(Refusal::new(
            "already_shared",
            "The results of this hearing are already shared.",
            "A shared result is changed by amending it, not by sharing again.",
        ));
    }
    keeps_what_is_shared(hearing, &sharing.lines, &remaining)?;
    let before = ids(shared);
    if sharing.lines.iter().all(|line| before.contains(&line.id)) {
        return Err(Refusal::new(
            "nothing_new_to_share",
            "No result has been entered for what is not shared yet.",
            "Enter its results, then share them; a shared result is changed by amending it.",
        ));
    }
    Ok(())
}

/// What the amendment comes to, if it may be shared now.
fn amends(
    shared: &Shared,
    amendment: &Amendment,
    sharing: &Sharing<'_>,
    by: &Officer,
) -> Result<Amended, Refusal> {
    let approved_by = match (&amendment.stage, amendment.kind) {
        (Stage::Locked, AmendmentKind::AdministrativeError) => {
            if amendment.by.account != by.account {
                return Err(locked(&amendment.by, amendment.since.clock()));
            }
            None
        }
        (Stage::Locked, AmendmentKind::UserError) => {
            return Err(Refusal::new(
                "approval_needed",
                "This amendment changes what was ordered or announced: somebody else must approve it first.",
                "Ask for approval.",
            ));
        }
        (Stage::ApprovalRequested { .. }, _) => {
            return Err(Refusal::new(
                "waits_for_approval",
                "These results wait for somebody else's approval.",
                "They can be shared once they are approved.",
            ));
        }
        (Stage::Validated { by, proposal, .. }, _) => {
            // Exactly what was approved is shared.
            if proposal.lines != sharing.lines {
                return Err(Refusal::new(
                    "not_what_was_approved",
                    "These are not the results that were approved.",
                    "Look at the hearing again, then share.",
                ));
            }
            Some(by.clone())
        }
    };
    let changes = compare(&shared.lines, &sharing.lines);
    if nothing_changed(&changes) && put_right(&amendment.corrections).is_empty() {
        return Err(unchanged());
    }
    let gone = |result: &&JudicialResult| {
        changes
            .iter()
            .any(|line| line.change == LineChange::Deleted && line.line == result.line)
    };
    Ok(Amended {
        kind: amendment.kind,
        reason: amendment.reason,
        note: amendment.note.clone(),
        by: amendment.by.clone(),
        approved_by,
        deleted: shared.results.iter().filter(gone).cloned().collect(),
        changes,
        corrections: amendment.corrections.clone(),
    })
}

/// What refuses these lines whatever they say: the hearing has not started, a line
/// concerns somebody or something that is not before the court, an amendment changes
/// nothing. The meter beside the typing tells the same, before anybody shares.
#[must_use]
pub fn refusals(
    hearing: &Hearing,
    lines: &[ResultLine],
    offences: &[OffenceInHearing],
) -> Vec<(Option<ResultLineId>, Refusal)> {
    let mut found = Vec::new();
    found.extend(not_started(hearing).map(|refusal| (None, refusal)));
    let mut ids = HashSet::new();
    for line in lines {
        // What is approved is shown line by line, under their ids.
        let refusal = if ids.insert(line.id) {
            misplaced(hearing, line, offences)
        } else {
            Some(Refusal::new(
                "two_lines_with_one_id",
                "Two lines of the results are one and the same.",
                "Remove one of them and type it again.",
            ))
        };
        found.extend(refusal.map(|refusal| (Some(line.id), refusal)));
    }
    // What was approved differs; that was asked when approval was asked for.
    if let (Some(shared), Some(amendment)) = (&hearing.shared, &hearing.amendment)
        && matches!(amendment.stage, Stage::Locked)
        && nothing_changed(&compare(&shared.lines, lines))
        && put_right(&amendment.corrections).is_empty()
    {
        found.push((None, unchanged()));
    }
    found
}

fn not_started(hearing: &Hearing) -> Option<Refusal> {
    matches!(hearing.state, HearingState::Listed | HearingState::Vacated).then(|| {
        Refusal::new(
            "not_started",
            "The hearing has not started.",
            "Start the hearing, then share its results.",
        )
    })
}

fn misplaced(
    hearing: &Hearing,
    line: &ResultLine,
    offences: &[OffenceInHearing],
) -> Option<Refusal> {
    if !hearing.concerns(line.defendant) {
        return Some(Refusal::new(
            "not_before_the_court",
            "A line concerns a defendant who is not before the court.",
            "Remove that line.",
        ));
    }
    let theirs = |offence: &OffenceInHearing| {
        Some(offence.id) == line.offence && offence.defendant == line.defendant
    };
    (line.offence.is_some() && !offences.iter().any(theirs)).then(|| {
        Refusal::new(
            "another_defendants_offence",
            "A line is for an offence of another defendant.",
            "Remove that line, and enter it under the defendant who is charged with the offence.",
        )
    })
}

/// Whether these lines could be shared at all.
pub(super) fn ready(hearing: &Hearing, sharing: &Sharing<'_>) -> Result<(), Refusal> {
    let found = refusals(hearing, &sharing.lines, sharing.offences);
    if let Some((_, refusal)) = found.into_iter().next() {
        return Err(refusal);
    }
    if sharing.lines.is_empty() {
        return Err(Refusal::new(
            "nothing_to_share",
            "No result has been entered.",
            "Enter a result for each offence.",
        ));
    }
    let shared = (sharing.lines.as_slice(), sharing.left_out.as_slice());
    let mut blocking = sharing.findings.iter().filter(|finding| {
        finding.severity == Severity::Blocks && !elsewhere(hearing, shared, sharing.known, finding)
    });
    if let Some(first) = blocking.next() {
        let others = blocking.count();
        let said = match others {
            0 => format!("{} Nothing was shared.", first.message),
            _ => format!(
                "{} things are missing or wrong; nothing was shared. The first: {}",
                others + 1,
                first.message
            ),
        };
        return Err(Refusal::new("not_ready", said, first.hint.clone()));
    }
    Ok(())
}
