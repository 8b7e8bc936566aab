//! Logging an event: the control events start, pause, resume and end the hearing.

use super::Room;
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{LogEvent, Recorded},
};
use domain::{
    Event, Stream, StreamKind,
    hearing::{Control, HearingEvent, NewEntry, log_event},
    words::said,
};
use vocabulary::LogEntryId;

#[async_trait]
impl UseCase for LogEvent {
    /// Writes one entry of the court log.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::LogEvent, self.hearing_id).await?;
        room.at_version(self.version)?;
        let definition = app.catalogue.log_event(self.definition_id).ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "There is no such log event.",
                "Choose one of the events offered.",
            )
        })?;

        let defendant = self.defendant_id.and_then(|id| room.defendant(id));
        let label = match defendant {
            Some((_, d)) => format!("{}: {}", definition.label, d.charged.party.name()),
            None => definition.label.clone(),
        };
        let entry = NewEntry {
            id: LogEntryId(app.chance.id()),
            definition: self.definition_id,
            label,
            control: Control::of(self.definition_id),
            defendant: self.defendant_id,
            note: self.note.filter(|note| !said(note).is_empty()),
        };
        let events = log_event(&room.hearing, entry)?;

        record(app, who, person, &room, events).await
    }
}

/// Appends to the hearing alone.
pub(super) async fn record(
    app: &App,
    who: &Caller,
    person: &SignedIn,
    room: &Room,
    events: Vec<HearingEvent>,
) -> Result<Recorded, Error> {
    let version = room.hearing.version + events.len() as u64;
    let append = Append {
        command: who.command,
        moment: person.moment(app.chance.now()),
        streams: vec![StreamAppend {
            stream: Stream::new(StreamKind::Hearing, room.hearing.id.0),
            expected: Expected::Version(room.hearing.version),
            key: room.hearing.id.0,
            events: events.into_iter().map(Event::Hearing).collect(),
        }],
        answer: serde_json::to_value(Recorded { version })?,
    };
    recorded(app, append).await
}

/// Appends, and gives back what was recorded, now or when the command came first.
pub(super) async fn recorded(app: &App, append: Append) -> Result<Recorded, Error> {
    let appended = app.ledger.append(append).await?;
    Ok(serde_json::from_value(appended.answer)?)
}
