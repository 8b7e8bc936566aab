//! The court log: it begins with "hearing started", ends with
//! "hearing ended", and nothing but "resumed" is logged while paused.

use super::{Hearing, HearingEvent};
use crate::Refusal;
use serde::{Deserialize, Serialize};
use vocabulary::{DefendantId, HearingState, LogDefinitionId, LogEntryId};

/// Log events that control the hearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// The hearing starts.
    Start,
    /// It pauses.
    Pause,
    /// It resumes.
    Resume,
    /// It ends.
    End,
}

impl Control {
    /// The control that a definition has. The four ids are fixed nationally
    /// (the published log event ids), because the audio recorder follows them.
    #[must_use]
    pub fn of(definition: LogDefinitionId) -> Option<Self> {
        match definition.to_string().as_str() {
            "b71e7d2a-d3b3-4a55-a393-6d451767fc05" => Some(Self::Start),
            "160ecb51-29ee-4954-bbbf-daab18a24fbb" => Some(Self::Pause),
            "64476e43-2138-46d5-b58b-848582cf9b07" => Some(Self::Resume),
            "0df93f18-0a21-40f5-9fb3-da4749cd70fe" => Some(Self::End),
            _ => None,
        }
    }
}

/// Something to log.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Entry.
    pub id: LogEntryId,
    /// Definition.
    pub definition: LogDefinitionId,
    /// What, as written in the log.
    pub label: String,
    /// Whether it controls the hearing.
    pub control: Option<Control>,
    /// Whom it concerns.
    pub defendant: Option<DefendantId>,
    /// Note, at most 3,000 characters.
    pub note: Option<String>,
}

/// The longest note of a log entry, in characters.
const LONGEST_NOTE: usize = 3_000;

/// Decides whether the event is logged.
///
/// # Errors
/// If the hearing's state does not allow it, the note is too long, or the
/// defendant is not before the court.
pub fn log_event(hearing: &Hearing, new: NewEntry) -> Result<Vec<HearingEvent>, Refusal> {
    if new
        .note
        .as_ref()
        .is_some_and(|note| note.chars().count() > LONGEST_NOTE)
    {
        return Err(Refusal::new(
            "note_too_long",
            "A log note has at most 3,000 characters.",
            "Shorten the note; your text is still in the box.",
        ));
    }
    if new.defendant.is_some_and(|id| !hearing.concerns(id)) {
        return Err(Refusal::new(
            "not_before_the_court",
            "That defendant is not before the court in this hearing.",
            "Choose a defendant of this hearing.",
        ));
    }
    let fits = match (hearing.state, new.control) {
        (HearingState::Listed, Some(Control::Start))
        | (HearingState::Started, None | Some(Control::Pause | Control::End))
        | (HearingState::Paused, Some(Control::Resume)) => true,
        // A hearing that ended by mistake is resumed, not started a second time.
        (HearingState::Ended, Some(Control::Resume)) => hearing.shared.is_none(),
        _ => false,
    };
    if !fits {
        let (message, hint) = match hearing.state {
            HearingState::Listed => ("The hearing has not started.", "Start the hearing first."),
            HearingState::Started => (
                "The hearing has already started.",
                "Log another event, or pause or end the hearing.",
            ),
            HearingState::Paused => ("The hearing is paused.", "Resume the hearing first."),
            HearingState::Ended => ("The hearing has ended.", "Nothing more can be logged."),
            HearingState::Vacated => (
                "The hearing was taken out of the list.",
                "Look at the case for the hearing that is listed now.",
            ),
        };
        return Err(Refusal::new("log_out_of_order", message, hint));
    }
    Ok(vec![HearingEvent::EventLogged {
        entry_id: new.id,
        definition_id: new.definition,
        label: new.label,
        control: new.control,
        defendant_id: new.defendant,
        note: new.note,
    }])
}
