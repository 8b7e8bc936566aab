//! What became of the documents of the demo court's past hearings. They are made and
//! delivered as after any hearing, the agencies acknowledge theirs within minutes, and
//! every evening the letters go to the printer. As in any court something is left over,
//! one of a kind, so that an alarm is seen and stands out: what is in `LEFT`, and the
//! letters of the last day.

use super::{
    moment::told,
    people,
    story::{Stage, Story},
};
use crate::{
    App, Caller, Error, answer,
    document::{deliver, make, post_batch, posted},
    intake::case_id,
};
use contract::inbox;
use domain::document::{Delivery, Document};
use std::collections::BTreeSet;
use vocabulary::{Channel, Day, OrganisationKind, Urn};

/// Of which example results one acknowledgement is missing, at what kind of organisation,
/// and whether somebody there has opened the document.
const LEFT: [(&str, OrganisationKind, bool); 2] = [
    ("imprisonment", OrganisationKind::Prison, false),
    ("community_order", OrganisationKind::Probation, true),
];
/// When the letters of a day go to the printer.
const POST_GOES: (i8, i8) = (17, 30);

/// Hands on the documents of these cases, the oldest hearing first, as if it had been
/// done day by day.
pub(super) async fn hand_on(app: &App, stories: &[Story]) -> Result<(), Error> {
    let mut shared: Vec<&Story> = stories
        .iter()
        .filter(|story| matches!(story.stage, Stage::Shared(_)))
        .collect();
    shared.sort_by_key(|story| (story.hearing, story.number));
    let days: BTreeSet<Day> = shared.iter().map(|story| story.hearing).collect();
    let last = days.last().copied();
    for day in days {
        for story in shared.iter().filter(|story| story.hearing == day) {
            deliver_of(app, story).await?;
        }
        if Some(day) != last {
            post(app, day).await?;
        }
    }
    Ok(())
}

async fn deliver_of(app: &App, story: &Story) -> Result<(), Error> {
    let Stage::Shared(example) = story.stage else {
        return Ok(());
    };
    let urn = Urn::parse(&story.urn).map_err(|error| Error::Broken(error.to_string()))?;
    let Some(case) = app.ledger.case(case_id(&urn)).await? else {
        return Err(Error::Broken(format!("the demo case {urn} is gone")));
    };
    let mut left = LEFT.iter().find(|own| own.0 == example);
    for id in case.documents.iter().copied() {
        let Some(asked) = app.ledger.document(id).await? else {
            continue;
        };
        let soon = asked.requested_at.plus_seconds(2);
        let then = told(app, soon, &format!("makes {id:?}"));
        make(&then, id).await?;
        deliver(&then, id).await?;
        let Some(document) = app.ledger.document(id).await? else {
            continue;
        };
        for delivery in &document.deliveries {
            let Some(person) = whoever_reads(delivery) else {
                continue;
            };
            let leave = left.filter(|own| own.1 == person.1);
            if leave.is_some() {
                left = None;
            }
            read(app, &document, delivery, person.0, leave).await?;
        }
    }
    Ok(())
}

/// The address of a demo person who reads the inbox where this must be acknowledged, and
/// what kind of organisation that is.
fn whoever_reads(delivery: &Delivery) -> Option<(&'static str, OrganisationKind)> {
    if !delivery.request.acknowledgement_required || delivery.request.channel != Channel::Inbox {
        return None;
    }
    people::reader_of(delivery.request.organisation?)
}

async fn read(
    app: &App,
    document: &Document,
    delivery: &Delivery,
    email: &str,
    leave: Option<&(&str, OrganisationKind, bool)>,
) -> Result<(), Error> {
    let opens = leave.is_none_or(|own| own.2);
    let id = delivery.request.id;
    let as_whom = |step: &str| -> Result<Caller, Error> {
        people::caller_for(email, &format!("{step} {id:?}"))
            .ok_or_else(|| Error::Broken(format!("the demo court has nobody called {email}")))
    };
    if opens {
        let at = document.requested_at.plus_seconds(90);
        let then = told(app, at, &format!("opens {id:?}"));
        let step = inbox::Open { delivery_id: id };
        answer(&then, &as_whom("opens")?, step).await?;
    }
    if leave.is_none() {
        let at = document.requested_at.plus_seconds(150);
        let then = told(app, at, &format!("acknowledges {id:?}"));
        let step = inbox::Acknowledge { delivery_id: id };
        answer(&then, &as_whom("acknowledges")?, step).await?;
    }
    Ok(())
}

async fn post(app: &App, day: Day) -> Result<(), Error> {
    let (hour, minute) = POST_GOES;
    let evening = told(app, day.at(hour, minute), &format!("post of {day}"));
    if let Some(batch) = post_batch(&evening).await? {
        posted(&evening, &batch).await?;
    }
    Ok(())
}
