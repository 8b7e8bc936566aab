//! What is found of an offence, by a plea or a verdict: when it is entered, and how it is
//! recorded, as a fact of the case on the version of the hearing that was seen.

use super::Room;
use crate::{
    App, Caller, Error,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
};
use contract::{Code, Problem, hearing::Recorded};
use domain::{
    Event, Stream, StreamKind,
    case::{Case, CaseEvent},
    hearing::Target,
};
use vocabulary::{HearingState, OffenceId};

/// Refuses what is entered before the hearing started, or once the results of the offence are
/// shared. It is named as one reads it: a plea, a verdict.
pub(super) fn must_be_open(
    app: &App,
    room: &Room,
    offence: OffenceId,
    named: &str,
) -> Result<(), Problem> {
    if matches!(
        room.hearing.state,
        HearingState::Listed | HearingState::Vacated
    ) {
        return Err(Problem::new(
            Code::Refused,
            "The hearing has not started.",
            format!("Start the hearing, then enter the {named}."),
        ));
    }
    let remaining = room.remaining(app);
    let remains = |target: &Target| target.offence == Some(offence);
    if room.hearing.shared.is_some() && !remaining.iter().any(remains) {
        return Err(Problem::new(
            Code::Refused,
            "The results of this offence are already shared.",
            format!(
                "Only results can be changed, by amending them; a {named} cannot be put right here yet."
            ),
        ));
    }
    Ok(())
}

/// Records it.
pub(super) async fn recorded(
    app: &App,
    (who, person): (&Caller, &SignedIn),
    (room, case): (&Room, &Case),
    events: Vec<CaseEvent>,
) -> Result<Recorded, Error> {
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
