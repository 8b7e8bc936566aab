//! A plea is entered: a fact of the case, on the version of the hearing that was seen.

use super::{Room, present::offered};
use crate::{
    App, Caller, Error, UseCase,
    ports::{Append, Expected, StreamAppend},
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{EnterPlea, Recorded},
};
use domain::{Event, Stream, StreamKind, case::enter_plea, hearing::Target};
use vocabulary::HearingState;

#[async_trait]
impl UseCase for EnterPlea {
    /// Enters one plea to one offence.
    async fn answer(self, app: &App, who: &Caller) -> Result<Recorded, Error> {
        let person = who.person()?;
        let room = Room::enter_to(app, person, Action::EnterPlea, self.hearing_id).await?;
        room.at_version(self.version)?;
        if matches!(
            room.hearing.state,
            HearingState::Listed | HearingState::Vacated
        ) {
            return Err(Problem::new(
                Code::Refused,
                "The hearing has not started.",
                "Start the hearing, then enter the plea.",
            )
            .into());
        }
        let remaining = room.remaining(app);
        let remains = |target: &Target| target.offence == Some(self.offence_id);
        if room.hearing.shared.is_some() && !remaining.iter().any(remains) {
            return Err(Problem::new(
                Code::Refused,
                "The results of this offence are already shared.",
                "Only results can be changed, by amending them; a plea cannot be put right here yet.",
            )
            .into());
        }
        let known = offered(app, &room.hearing).find(|plea| plea.value == self.plea);
        let plea = known.ok_or_else(|| {
            Problem::new(
                Code::BadRequest,
                "There is no such plea.",
                "Choose one of the pleas offered.",
            )
        })?;
        let case = room
            .defendants()
            .find(|(_, d)| d.offences.iter().any(|o| o.charged.id == self.offence_id))
            .map(|(case, _)| case)
            .ok_or_else(Problem::not_found)?;

        let entered = (plea.value.as_str(), plea.description.as_str(), plea.guilty);
        let events = enter_plea(case, room.hearing.id, self.offence_id, entered, room.day())?;

        let recorded = Recorded {
            version: room.hearing.version,
        };
        let appended = app
            .ledger
            .append(Append {
                command: who.command,
                moment: person.moment(app.chance.now()),
                streams: vec![
                    StreamAppend {
                        stream: Stream::new(StreamKind::Case, case.id.0),
                        expected: Expected::Version(case.version),
                        key: case.id.0,
                        events: events.into_iter().map(Event::Case).collect(),
                    },
                    StreamAppend {
                        stream: Stream::new(StreamKind::Hearing, room.hearing.id.0),
                        expected: Expected::Version(room.hearing.version),
                        key: room.hearing.id.0,
                        events: Vec::new(),
                    },
                ],
                answer: serde_json::to_value(recorded)?,
            })
            .await?;
        Ok(serde_json::from_value(appended.answer)?)
    }
}
