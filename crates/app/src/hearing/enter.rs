//! What is found of an offence, by a plea or a verdict: when it is entered, and how it is
//! recorded, as a fact of the case on the version of the hearing that was seen; or, of results
//! that are shared, as part of their amendment.

use super::{Room, log::record};
use crate::{
    App, Caller, Error,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
};
use contract::{Code, Problem, hearing::Recorded};
use domain::{
    Event, Stream, StreamKind,
    case::{Case, CaseEvent, Plea, Verdict},
    hearing::{Corrected, Correction, Target, correct, may_edit},
};
use std::borrow::Cow;
use vocabulary::{HearingState, OffenceId};

/// The room from which a plea or a verdict is judged, and whether it belongs to an amendment.
pub(super) struct Place<'a> {
    pub(super) room: Cow<'a, Room>,
    amending: bool,
}

/// Where it is entered; refuses it before the hearing started, or once the results of the offence
/// are shared and this person is not amending them. It is named as one reads it: a plea, a verdict.
pub(super) fn place<'a>(
    app: &App,
    (room, person): (&'a Room, &SignedIn),
    offence: OffenceId,
    named: &str,
) -> Result<Place<'a>, Error> {
    if matches!(
        room.hearing.state,
        HearingState::Listed | HearingState::Vacated
    ) {
        return Err(Problem::new(
            Code::Refused,
            "The hearing has not started.",
            format!("Start the hearing, then enter the {named}."),
        )
        .into());
    }
    let remaining = room.remaining(app);
    let remains = |target: &Target| target.offence == Some(offence);
    if room.hearing.shared.is_some() && !remaining.iter().any(remains) {
        if room.hearing.amendment.is_some() {
            may_edit(&room.hearing, person.account.id, &[])?;
            return Ok(Place {
                room: Cow::Owned(room.as_sitting()),
                amending: true,
            });
        }
        return Err(Problem::new(
            Code::Refused,
            "The results of this offence are already shared.",
            format!("Amend the results, then put the {named} right here."),
        )
        .into());
    }
    Ok(Place {
        room: Cow::Borrowed(room),
        amending: false,
    })
}

/// Records it where it belongs.
pub(super) async fn recorded(
    app: &App,
    (who, person): (&Caller, &SignedIn),
    (room, place): (&Room, &Place<'_>),
    (case, offence): (&Case, OffenceId),
    events: Vec<CaseEvent>,
) -> Result<Recorded, Error> {
    if !place.amending {
        return in_the_case(app, (who, person), (room, case), events).await;
    }
    let mut corrections = Vec::new();
    let mut seen = case.clone();
    for found in events {
        let corrected = seen.corrected([&found], app.chance.now());
        let Some((defendant, _)) = seen.offence(offence) else {
            return Err(Problem::not_found().into());
        };
        let correction = Correction {
            defendant: defendant.charged.id,
            offence: Some(offence),
            was: in_words(&seen, offence, &found),
            is: in_words(&corrected, offence, &found),
            to: Corrected::Finding {
                case: case.id,
                found: Box::new(found),
            },
        };
        corrections.extend(correct(&room.hearing, person.account.id, correction)?);
        seen = corrected;
    }
    record(app, who, person, room, corrections).await
}

/// What a case says of an offence where something was found.
fn in_words(case: &Case, offence: OffenceId, found: &CaseEvent) -> Option<String> {
    let (_, own) = case.offence(offence)?;
    match found {
        CaseEvent::PleaEntered { .. } => own.plea.as_ref().map(Plea::dated),
        _ => own.verdict.as_ref().map(Verdict::dated),
    }
}

async fn in_the_case(
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
