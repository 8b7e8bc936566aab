//! Approval of an amendment by somebody else: whoever changes what a court
//! announced does not decide alone (the approver is not the amender).

use super::{
    Hearing, HearingEvent, Officer, Proposal, Sharing, Stage,
    amend::{locked, none, reason_in_words},
    compare, nothing_changed, put_right,
    share::ready,
};
use crate::Refusal;
use vocabulary::AmendmentKind;

/// Decides whether somebody else is asked to approve the results.
///
/// # Errors
/// If the person is not amending them, the kind of error needs no approval, nothing
/// was changed, or the results could not be shared.
pub fn request_approval(
    hearing: &Hearing,
    sharing: Sharing<'_>,
    by: Officer,
) -> Result<Vec<HearingEvent>, Refusal> {
    let (Some(shared), Some(amendment)) = (&hearing.shared, &hearing.amendment) else {
        return Err(none());
    };
    if amendment.by.account != by.account {
        return Err(locked(&amendment.by, amendment.since.clock()));
    }
    if !matches!(amendment.stage, Stage::Locked) {
        return Err(Refusal::new(
            "approval_requested",
            "Approval was already asked for.",
            "Wait for the decision.",
        ));
    }
    if amendment.kind == AmendmentKind::AdministrativeError {
        return Err(Refusal::new(
            "no_approval_needed",
            "An administrative correction needs no approval.",
            "Share the results.",
        ));
    }
    ready(hearing, &sharing)?;
    if nothing_changed(&compare(&shared.lines, &sharing.lines))
        && put_right(&amendment.corrections).is_empty()
    {
        return Err(unchanged());
    }
    Ok(vec![HearingEvent::ApprovalRequested {
        by,
        proposal: Proposal {
            lines: sharing.lines,
            results: sharing.results,
        },
    }])
}

/// Decides whether the results are approved: by somebody else.
///
/// # Errors
/// If nothing waits for approval, or the person made the amendment.
pub fn approve_amendment(hearing: &Hearing, by: Officer) -> Result<Vec<HearingEvent>, Refusal> {
    waits_for(hearing, &by)?;
    Ok(vec![HearingEvent::AmendmentApproved { by }])
}

/// Decides whether the results are not approved: the shared ones stand, and the draft goes.
///
/// # Errors
/// As for approving, and if no reason is given.
pub fn reject_amendment(
    hearing: &Hearing,
    by: Officer,
    why: &str,
) -> Result<Vec<HearingEvent>, Refusal> {
    waits_for(hearing, &by)?;
    let why = reason_in_words(why, "Say why you do not approve; whoever amends reads it.")?;
    Ok(vec![HearingEvent::AmendmentRejected { by, why }])
}

fn waits_for(hearing: &Hearing, by: &Officer) -> Result<(), Refusal> {
    let waits = hearing
        .amendment
        .as_ref()
        .filter(|amendment| matches!(amendment.stage, Stage::ApprovalRequested { .. }));
    let Some(amendment) = waits else {
        return Err(Refusal::new(
            "nothing_to_approve",
            "No results of this hearing wait for approval.",
            "Look at the hearing again.",
        ));
    };
    if amendment.by.account == by.account {
        return Err(Refusal::new(
            "approver_is_amender",
            "Nobody approves their own amendment.",
            "Ask a colleague to look at it.",
        ));
    }
    Ok(())
}

pub(super) fn unchanged() -> Refusal {
    Refusal::new(
        "nothing_changed",
        "These results are the same as the ones that are shared.",
        "Change what is wrong, or cancel the amendment.",
    )
}
