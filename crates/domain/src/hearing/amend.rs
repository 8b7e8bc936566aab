//! Amending shared results: who may begin, edit, give up and unlock. A lock keeps
//! two people from changing the same results, and says who holds it.

use super::{Hearing, HearingEvent, Officer, Stage, Target};
use crate::{Refusal, words::said};
use vocabulary::{AccountId, AmendmentKind, AmendmentReason, HearingState};

/// The longest reason that somebody writes, in characters.
const LONGEST_NOTE: usize = 1_000;

/// What is to be amended, and why.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// What kind of error.
    pub kind: AmendmentKind,
    /// Why, as documents say it.
    pub reason: AmendmentReason,
    /// Why, in words.
    pub note: String,
    /// Who.
    pub by: Officer,
    /// The revision of the draft as it is now.
    pub draft_revision: u64,
}

/// Decides whether an amendment begins.
///
/// # Errors
/// If nothing is shared, somebody is amending already, or no reason is given.
pub fn begin_amendment(
    hearing: &Hearing,
    beginning: Beginning,
) -> Result<Vec<HearingEvent>, Refusal> {
    if hearing.shared.is_none() {
        return Err(Refusal::new(
            "not_shared",
            "The results of this hearing are not shared yet.",
            "Change the draft; it is not final.",
        ));
    }
    if let Some(amendment) = &hearing.amendment {
        return Err(Refusal::new(
            "already_being_amended",
            format!(
                "{} is amending these results since {}.",
                amendment.by.name,
                amendment.since.clock()
            ),
            "Wait until they have finished, or ask a court administrator to unlock the results.",
        ));
    }
    // That more was shared is why a document is made again, and no reason to change a result.
    if beginning.reason == AmendmentReason::MoreShared {
        return Err(Refusal::new(
            "no_reason_to_amend",
            "That is no reason to amend results.",
            "Choose one of the reasons that are offered.",
        ));
    }
    let note = reason_in_words(&beginning.note, "Say why the results are amended.")?;
    Ok(vec![HearingEvent::ResultsAmendmentBegun {
        kind: beginning.kind,
        reason: beginning.reason,
        note,
        by: beginning.by,
        draft_revision: beginning.draft_revision,
    }])
}

/// Whether a person may type results now. While something remains, whoever shares types it on;
/// what is shared they leave as it is.
///
/// # Errors
/// If all results are shared and this person is not amending them.
pub fn may_edit(hearing: &Hearing, person: AccountId, remaining: &[Target]) -> Result<(), Refusal> {
    if hearing.state == HearingState::Vacated {
        return Err(Refusal::new(
            "in_no_list",
            "This hearing is not in the list any more.",
            "The case says when it is heard. What you typed is still here.",
        ));
    }
    if hearing.shared.is_none() {
        return Ok(());
    }
    let Some(amendment) = &hearing.amendment else {
        if !remaining.is_empty() {
            return Ok(());
        }
        return Err(Refusal::new(
            "already_shared",
            "The results of this hearing are already shared.",
            "A shared result is changed by amending it. What you typed is still here.",
        ));
    };
    if amendment.by.account != person {
        return Err(locked(&amendment.by, amendment.since.clock()));
    }
    match amendment.stage {
        Stage::Locked => Ok(()),
        Stage::ApprovalRequested { .. } => Err(Refusal::new(
            "waits_for_approval",
            "These results wait for somebody else's approval.",
            "To go on typing, cancel the amendment and begin again.",
        )),
        Stage::Validated { .. } => Err(Refusal::new(
            "approved",
            "These results are approved as they are.",
            "Share them, or cancel the amendment.",
        )),
    }
}

/// Decides whether an amendment is given up: the shared results stand.
///
/// # Errors
/// If there is none, or it is somebody else's.
pub fn cancel_amendment(hearing: &Hearing, by: Officer) -> Result<Vec<HearingEvent>, Refusal> {
    let Some(amendment) = &hearing.amendment else {
        return Err(none());
    };
    if amendment.by.account != by.account {
        return Err(locked(&amendment.by, amendment.since.clock()));
    }
    Ok(vec![HearingEvent::AmendmentCancelled { by }])
}

/// Decides whether somebody else's amendment is ended, because they cannot finish it.
///
/// # Errors
/// If there is none, it is one's own, or no reason is given.
pub fn unlock_results(
    hearing: &Hearing,
    by: Officer,
    why: &str,
) -> Result<Vec<HearingEvent>, Refusal> {
    let Some(amendment) = &hearing.amendment else {
        return Err(none());
    };
    if amendment.by.account == by.account {
        return Err(Refusal::new(
            "own_amendment",
            "This is your own amendment.",
            "Cancel it instead.",
        ));
    }
    let why = reason_in_words(why, "Say why the results are unlocked.")?;
    Ok(vec![HearingEvent::AmendmentUnlocked { by, why }])
}

pub(super) fn locked(by: &Officer, clock: String) -> Refusal {
    Refusal::new(
        "locked",
        format!(
            "{} is amending these results since {clock}; only they can change them.",
            by.name
        ),
        "Wait until they have finished, or ask a court administrator to unlock the results.",
    )
}

pub(super) fn none() -> Refusal {
    Refusal::new(
        "not_being_amended",
        "Nobody is amending these results.",
        "Look at the hearing again.",
    )
}

pub(super) fn reason_in_words(typed: &str, hint: &str) -> Result<String, Refusal> {
    let typed = said(typed);
    if typed.is_empty() {
        return Err(Refusal::new(
            "reason_missing",
            "No reason was given.",
            hint.to_owned(),
        ));
    }
    if typed.chars().count() > LONGEST_NOTE {
        return Err(Refusal::new(
            "reason_too_long",
            "A reason has at most 1,000 characters.",
            "Shorten it; your text is still in the box.",
        ));
    }
    Ok(typed)
}
