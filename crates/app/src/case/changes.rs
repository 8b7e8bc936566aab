//! What happened in a case since a person last looked: read from its events.

use crate::ports::OpenedCase;
use contract::case::{Change, DocumentRow};
use domain::{
    Event, Recorded,
    case::{Case, CaseEvent},
    result::JudicialResult,
};
use vocabulary::{DefendantId, DocumentId};

/// The most changes that are shown.
const MOST: usize = 50;

/// Changes, newest first, as far as the person may see them.
pub(super) fn of(
    opened: &OpenedCase,
    visible: &dyn Fn(Option<DefendantId>, Option<&str>) -> bool,
    own_side: &Side<'_>,
) -> Vec<Change> {
    let case = &opened.case;
    let received = opened.received.map(|at| Change {
        at,
        what: format!("The case was received from {}.", case.prosecutor.name),
        kind: "case".to_owned(),
    });
    opened
        .since
        .iter()
        .rev()
        .filter_map(|recorded| {
            team(case, recorded, visible, own_side)
                .or_else(|| describe(case, recorded, visible, own_side))
        })
        .chain(received)
        .take(MOST)
        .collect()
}

/// On whose side a person is: what a side does among itself is told to nobody else.
pub(super) struct Side<'a> {
    /// Whether they are of a defendant's defence.
    pub(super) defends: &'a dyn Fn(DefendantId) -> bool,
    /// Whether they prosecute.
    pub(super) prosecutes: bool,
    /// Whether they see what was ordered of a defendant they see.
    pub(super) whole: &'a dyn Fn(DefendantId) -> bool,
    /// The documents that they may open.
    pub(super) documents: &'a [DocumentRow],
}

/// Who acts, on which side.
fn team(
    case: &Case,
    recorded: &Recorded,
    visible: &dyn Fn(Option<DefendantId>, Option<&str>) -> bool,
    side: &Side<'_>,
) -> Option<Change> {
    let Event::Case(event) = &recorded.event else {
        return None;
    };
    let name = |id: &DefendantId| {
        case.defendant(*id)
            .map(|d| d.charged.party.name())
            .unwrap_or_default()
    };
    let by = recorded.by.name();
    let what = match event {
        CaseEvent::DefenceDisassociated {
            defendant_id,
            organisation_name,
            reason,
            ..
        } if visible(Some(*defendant_id), None) => format!(
            "{organisation_name} is no longer on record for {}. {}",
            name(defendant_id),
            reason.in_words()
        ),
        CaseEvent::RepresentationOrderMade {
            defendant_id,
            organisation_name,
            from,
            ..
        } if visible(Some(*defendant_id), None) => format!(
            "A representation order of {} names {organisation_name} for {}.",
            from.in_words(),
            name(defendant_id)
        ),
        CaseEvent::RepresentationOrderWithdrawn {
            defendant_id, on, ..
        } if visible(Some(*defendant_id), None) => format!(
            "The representation order for {} was withdrawn from {}.",
            name(defendant_id),
            on.in_words()
        ),
        CaseEvent::CounselInstructed {
            defendant_id,
            organisation_name,
            by_name,
            ..
        } if (side.defends)(*defendant_id) => format!(
            "{by_name} instructed {organisation_name} for {}.",
            name(defendant_id)
        ),
        CaseEvent::InstructionEnded {
            defendant_id,
            organisation_name,
            ..
        } if (side.defends)(*defendant_id) => format!(
            "{organisation_name} are no longer instructed for {}.",
            name(defendant_id)
        ),
        CaseEvent::AccessGranted {
            defendant_id,
            name: who,
            organisation_name,
            ..
        } if (side.defends)(*defendant_id) => format!(
            "{by} gave {who} of {organisation_name} access for {}.",
            name(defendant_id)
        ),
        CaseEvent::AccessRemoved {
            defendant_id,
            name: who,
            ..
        } if (side.defends)(*defendant_id) => {
            format!("The access of {who} for {} has ended.", name(defendant_id))
        }
        CaseEvent::AdvocateAssigned {
            name: who,
            organisation_name,
            until,
            ..
        } if side.prosecutes => format!(
            "{by} assigned the case to {who} of {organisation_name} until {}.",
            until.in_words()
        ),
        CaseEvent::AdvocateRemoved { name: who, .. } if side.prosecutes && by == who => {
            format!("{who} gave the case back.")
        }
        CaseEvent::AdvocateRemoved { name: who, .. } if side.prosecutes => {
            format!("{by} took the case from {who}.")
        }
        _ => return None,
    };
    Some(Change {
        at: recorded.at,
        what,
        kind: "defence".to_owned(),
    })
}

fn describe(
    case: &Case,
    recorded: &Recorded,
    visible: &dyn Fn(Option<DefendantId>, Option<&str>) -> bool,
    side: &Side<'_>,
) -> Option<Change> {
    let ordered = |of: DefendantId| visible(Some(of), None) && (side.whole)(of);
    // What was written to others alone is not even named.
    let opens = |id: DocumentId| side.documents.iter().any(|own| own.document_id == id);
    let Event::Case(event) = &recorded.event else {
        return None;
    };
    let name = |id: DefendantId| {
        case.defendant(id)
            .map(|d| d.charged.party.name())
            .unwrap_or_default()
    };
    let by = recorded.by.name();
    let (kind, what) = match event {
        CaseEvent::HearingAdded {
            kind,
            court,
            day,
            time,
            ..
        } => (
            "hearing",
            format!("{kind} listed for {} at {time}, {court}.", day.in_words()),
        ),
        // Which case that is, and why, is for the court.
        CaseEvent::SamePersonConfirmed { defendant_id, .. } => {
            if !visible(Some(*defendant_id), None) {
                return None;
            }
            (
                "hearing",
                format!(
                    "{by} confirmed that {} is one person in the cases that are heard together.",
                    name(*defendant_id)
                ),
            )
        }
        CaseEvent::ToldApart { defendant_id, .. } => {
            if !visible(Some(*defendant_id), None) {
                return None;
            }
            (
                "hearing",
                format!(
                    "{by} recorded that {} is another person than the one in the case that was \
                     heard together with this one.",
                    name(*defendant_id)
                ),
            )
        }
        CaseEvent::HeardApart {
            kind, day, time, ..
        } => (
            "hearing",
            format!(
                "{kind} on {} at {time} is held without this case, which is heard apart.",
                day.in_words()
            ),
        ),
        CaseEvent::ListingRestricted { kept_off, .. } => (
            "hearing",
            if *kept_off {
                format!("{by} keeps the case off lists that others than the court read.")
            } else {
                format!("{by} let the case be on court lists again.")
            },
        ),
        CaseEvent::MaterialServed {
            defendant_id,
            section,
            name: file,
            organisation_name,
            ..
        } => {
            if !visible(*defendant_id, Some(section)) {
                return None;
            }
            (
                "material",
                format!("{organisation_name} served {section}: {file}."),
            )
        }
        CaseEvent::DefenceAssociated {
            defendant_id,
            organisation_name,
            ..
        } => {
            if !visible(Some(*defendant_id), None) {
                return None;
            }
            (
                "defence",
                format!(
                    "{organisation_name} went on record for {}.",
                    name(*defendant_id)
                ),
            )
        }
        CaseEvent::PleaEntered {
            offence_id, label, ..
        } => {
            let (defendant, offence) = case.offence(*offence_id)?;
            if !visible(Some(defendant.charged.id), None) {
                return None;
            }
            (
                "plea",
                format!(
                    "{}: plea to offence {} ({}): {label}.",
                    defendant.charged.party.name(),
                    offence.charged.number,
                    offence.charged.title
                ),
            )
        }
        CaseEvent::VerdictEntered { offence_id, .. }
        | CaseEvent::VerdictTakenBack { offence_id, .. } => {
            let (defendant, offence) = case.offence(*offence_id)?;
            if !visible(Some(defendant.charged.id), None) {
                return None;
            }
            let found = match event {
                CaseEvent::VerdictEntered { verdict, .. } => verdict.in_words(),
                _ => "taken back".to_owned(),
            };
            (
                "verdict",
                format!(
                    "{}: verdict on offence {} ({}): {found}.",
                    defendant.charged.party.name(),
                    offence.charged.number,
                    offence.charged.title
                ),
            )
        }
        CaseEvent::CaseResulted { day, results, .. } => {
            let shown: Vec<&str> = results
                .iter()
                .filter(|r| ordered(r.defendant) && r.parent.is_none())
                .map(|r| r.label.as_str())
                .collect();
            if shown.is_empty() {
                return None;
            }
            (
                "result",
                format!(
                    "{by} shared the results of {}: {}.",
                    day.in_words(),
                    shown.join(", ")
                ),
            )
        }
        CaseEvent::CaseResultsAmended {
            day,
            version,
            reason,
            results,
            deleted,
            ..
        } => {
            let sees = |r: &&JudicialResult| ordered(r.defendant);
            if !results.iter().chain(deleted).any(|r| sees(&r)) {
                return None;
            }
            let gone: Vec<&str> = deleted
                .iter()
                .filter(sees)
                .filter(|r| r.parent.is_none())
                .map(|r| r.label.as_str())
                .collect();
            let gone = match gone.as_slice() {
                [] => String::new(),
                gone => format!(" No longer ordered: {}.", gone.join(", ")),
            };
            (
                "result",
                format!(
                    "{by} amended the results of {} (version {version}). {}{gone}",
                    day.in_words(),
                    reason.in_words()
                ),
            )
        }
        CaseEvent::HearingVacated {
            kind, day, time, ..
        } => (
            "hearing",
            format!(
                "{kind} on {} at {time} was taken out of the list.",
                day.in_words()
            ),
        ),
        CaseEvent::DocumentSuperseded {
            document_id,
            name: document,
            defendant_id,
            by,
        } => {
            if !opens(*document_id) {
                return None;
            }
            let what = if by.is_some() {
                "was replaced by an amended one"
            } else {
                "no longer applies"
            };
            (
                "document",
                format!("{document} for {} {what}.", name(*defendant_id)),
            )
        }
        CaseEvent::DocumentAdded {
            document_id,
            name: document,
            defendant_id,
            ..
        } => {
            if !opens(*document_id) {
                return None;
            }
            (
                "document",
                format!("{document} was made for {}.", name(*defendant_id)),
            )
        }
        CaseEvent::CaseCreated { .. } | CaseEvent::AccessChanged { .. } => return None,
        // Told above, to whom it concerns.
        CaseEvent::RepresentationOrderMade { .. }
        | CaseEvent::RepresentationOrderWithdrawn { .. }
        | CaseEvent::DefenceDisassociated { .. }
        | CaseEvent::ConflictConfirmed { .. }
        | CaseEvent::ConflictArose { .. }
        | CaseEvent::CounselInstructed { .. }
        | CaseEvent::InstructionEnded { .. }
        | CaseEvent::AccessGranted { .. }
        | CaseEvent::AccessRemoved { .. }
        | CaseEvent::AdvocateAssigned { .. }
        | CaseEvent::AdvocateRemoved { .. }
        | CaseEvent::DocumentFiled { .. } => return None,
    };
    Some(Change {
        at: recorded.at,
        what,
        kind: kind.to_owned(),
    })
}
