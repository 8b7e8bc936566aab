//! What a report of a case is about, besides the events of the case itself: lists and registers
//! that named it, on paper or on a screen or read by a prison's system, searches that came upon it or asked for it, what
//! else was asked about it, and whatever it holds that somebody was refused. Those lie in the
//! streams of courts, firms, people and days; they are found by their names, a page at a time.

use super::page::{Found, Page};
use crate::{App, Error, ports::Audited};
use domain::{Event, Recorded, case::Case, reading::ReadingEvent, register::RegisterEvent};
use std::collections::HashSet;
use uuid::Uuid;
use vocabulary::{DocumentId, Urn};

/// Events of one name that are read at once.
const PAGE: i64 = 5_000;
/// How often, at most: half a million, which is a year of refusals.
const MOST_PAGES: usize = 110;
/// The names of events that say something of many cases.
const OF_MANY: [&str; 4] = [
    "reading.printout_made",
    "reading.case_searched",
    "reading.asked",
    // Of a hearing of several cases, and of one that another system shared.
    "register.register_read",
];
/// The names of events in which a single paper or document may be named.
const OF_ONE: [&str; 2] = ["reading.printout_made", "reading.asked"];

/// Printouts, registers, searches and what else was asked for that concern a case, and whether there may
/// be more.
pub(super) async fn of_many(
    app: &App,
    case: &Case,
    page: Page,
    found: &mut Found,
) -> Result<(), Error> {
    let words = words(app, case).await?;
    for name in OF_MANY {
        let (events, until) = named(app, name, page).await?;
        let of_it = events
            .into_iter()
            .filter_map(|own| shown(own, case, &words));
        found.take(of_it.collect(), until);
    }
    Ok(())
}

/// Events of one name, whosever they are, and, if there are more than are looked at, up to which
/// place in the ledger they were.
pub(super) async fn named(
    app: &App,
    name: &'static str,
    page: Page,
) -> Result<(Vec<Recorded>, Option<u64>), Error> {
    let mut all: Vec<Recorded> = Vec::new();
    for _ in 0..MOST_PAGES {
        let asked = Audited {
            name: Some(name),
            after: all.last().map_or(page.after, |own| own.position),
            limit: PAGE,
            ..page.asked()
        };
        let found = app.ledger.audited(asked).await?;
        let whole = i64::try_from(found.len()).unwrap_or(PAGE) < PAGE;
        all.extend(found);
        if whole {
            return Ok((all, None));
        }
    }
    let until = all.last().map(|own| own.position);
    Ok((all, until))
}

/// What an event says of a case, if anything: of what somebody asked for in some minutes, that
/// which concerns it.
fn shown(mut recorded: Recorded, case: &Case, words: &HashSet<String>) -> Option<Recorded> {
    if let Event::Reading(ReadingEvent::Asked { asked }) = &mut recorded.event {
        asked.retain(|one| one.cases.contains(&case.id) || concerns(words, &one.about));
        return (!asked.is_empty()).then_some(recorded);
    }
    shows(&recorded, case).then_some(recorded)
}

/// Printouts of one paper or document (its receipt), and what else was asked for by one of these
/// words, and whether there may be more.
pub(super) async fn of_one(
    app: &App,
    words: &HashSet<String>,
    page: Page,
    found: &mut Found,
) -> Result<(), Error> {
    for name in OF_ONE {
        let (events, until) = named(app, name, page).await?;
        let of_it = events.into_iter().filter_map(|own| says(own, words));
        found.take(of_it.collect(), until);
    }
    Ok(())
}

/// What an event says of what is called by one of these words, if anything.
fn says(mut recorded: Recorded, words: &HashSet<String>) -> Option<Recorded> {
    let of_it = match &mut recorded.event {
        Event::Reading(ReadingEvent::Asked { asked }) => {
            asked.retain(|one| concerns(words, &one.about));
            !asked.is_empty()
        }
        Event::Reading(ReadingEvent::PrintoutMade { printout, .. }) => concerns(words, printout),
        _ => false,
    };
    of_it.then_some(recorded)
}

/// Whether a printout or a register says something of a case, or a search came upon it or asked for it.
fn shows(recorded: &Recorded, case: &Case) -> bool {
    match &recorded.event {
        Event::Reading(ReadingEvent::PrintoutMade { cases, .. }) => cases.contains(&case.id),
        Event::Reading(ReadingEvent::CaseSearched { case_id, asked, .. }) => {
            let typed = asked.reference.as_deref().map(Urn::parse);
            *case_id == Some(case.id) || typed.is_some_and(|urn| urn.is_ok_and(|u| u == case.urn))
        }
        Event::Register(RegisterEvent::RegisterRead { case_urn, .. }) => {
            Urn::parse(case_urn).is_ok_and(|urn| urn == case.urn)
        }
        _ => false,
    }
}

/// Every word by which somebody may have asked for a case, or for something that it holds.
pub(super) async fn words(app: &App, case: &Case) -> Result<HashSet<String>, Error> {
    let mut words: HashSet<String> = [case.id.to_string(), case.urn.to_string()].into();
    words.extend(case.hearings.iter().map(ToString::to_string));
    words.extend(case.materials.iter().map(|own| own.id.to_string()));
    words.extend(of_documents(app, &case.documents).await?);
    Ok(words)
}

/// Documents and their deliveries.
pub(super) async fn of_documents(app: &App, ids: &[DocumentId]) -> Result<HashSet<String>, Error> {
    let documents = app.ledger.documents(ids).await?;
    let deliveries = documents.iter().flat_map(|own| &own.deliveries);
    let deliveries = deliveries.map(|own| own.request.id.to_string());
    let documents = ids.iter().map(ToString::to_string);
    Ok(documents.chain(deliveries).collect())
}

/// Whether what somebody was refused is called by one of these words: alone, as a reference
/// in whatever way it was typed, or within the word for a printout or the way to a paper.
pub(super) fn concerns(words: &HashSet<String>, about: &str) -> bool {
    let an_id = |part: &str| {
        let id = part.parse::<Uuid>();
        id.is_ok_and(|id| words.contains(&id.to_string()))
    };
    about.split(['.', '/']).any(an_id)
        || Urn::parse(about).is_ok_and(|urn| words.contains(urn.as_str()))
}
