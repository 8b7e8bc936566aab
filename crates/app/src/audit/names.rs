//! What the things of a report are called, so that people can read it: cases by their
//! references, hearings and documents by their case, people by their address, organisations,
//! courts and rooms by their names, defendants by their place in their case. What has no name here stands there as the ledger has it.

use crate::{App, Error};
use domain::{Event, Recorded, StreamKind, hearing::Hearing, reading::ReadingEvent};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use vocabulary::{AccountId, CaseId, DocumentId, HearingId};

/// Names by ids.
pub(super) type Names = HashMap<Uuid, String>;

/// The most people whose address is looked up for one report.
const MOST_PEOPLE: usize = 500;

/// The names of what these events speak of.
pub(super) async fn of(app: &App, found: &[Recorded]) -> Result<Names, Error> {
    let mut names = places(app).await?;
    let ids = |kinds: &[StreamKind]| -> BTreeSet<Uuid> {
        let own = found.iter().filter(|own| kinds.contains(&own.stream.kind));
        own.map(|own| own.stream.id).collect()
    };

    let hearings: Vec<HearingId> = ids(&[StreamKind::Hearing, StreamKind::Register])
        .into_iter()
        .map(HearingId)
        .collect();
    let hearings = app.ledger.hearings(&hearings).await?;
    let documents: Vec<DocumentId> = ids(&[StreamKind::Document])
        .into_iter()
        .map(DocumentId)
        .collect();
    let documents = app.ledger.documents(&documents).await?;

    let mut cases = ids(&[StreamKind::Case, StreamKind::Reading]);
    cases.extend(hearings.iter().flat_map(cases_of));
    cases.extend(documents.iter().map(|own| own.case_id.0));
    let cases: Vec<CaseId> = cases.into_iter().map(CaseId).collect();
    for case in app.ledger.cases(&cases).await? {
        names.insert(case.id.0, case.urn.to_string());
        for (at, own) in case.defendants.iter().enumerate() {
            names.insert(own.charged.id.0, format!("defendant {}", at + 1));
        }
    }
    for own in &hearings {
        let of: Vec<&str> = cases_of(own)
            .filter_map(|id| names.get(&id).map(String::as_str))
            .collect();
        let name = format!("{}, hearing of {}", of.join(" and "), own.starts_at.day());
        names.insert(own.id.0, name);
    }
    for own in &documents {
        let of = names.get(&own.case_id.0).cloned().unwrap_or_default();
        names.insert(own.id.0, format!("{of}, {}", own.name));
    }

    let mut people = ids(&[StreamKind::Account, StreamKind::Reading]);
    people.extend(found.iter().flat_map(asked_about));
    people.retain(|id| !names.contains_key(id));
    for id in people.into_iter().take(MOST_PEOPLE) {
        if let Some(account) = app.index.account(AccountId(id)).await? {
            names.insert(id, account.email);
        }
    }
    Ok(names)
}

/// Organisations, courts and their rooms.
async fn places(app: &App) -> Result<Names, Error> {
    let mut names = Names::new();
    for own in app.index.organisations().await? {
        if let Some(court) = &own.court {
            names.insert(court.id.0, own.name.clone());
            for (room, name) in &court.rooms {
                names.insert(room.0, format!("{}, {name}", own.name));
            }
        }
        names.insert(own.id.0, own.name);
    }
    Ok(names)
}

/// The cases of a hearing, each once.
fn cases_of(hearing: &Hearing) -> impl Iterator<Item = Uuid> {
    let cases: BTreeSet<Uuid> = hearing.parties.iter().map(|own| own.case_id.0).collect();
    cases.into_iter()
}

/// What somebody named who asked for something.
fn asked_about(recorded: &Recorded) -> Vec<Uuid> {
    let Event::Reading(ReadingEvent::Asked { asked }) = &recorded.event else {
        return Vec::new();
    };
    let about = asked.iter().filter_map(|own| own.about.parse().ok());
    about.collect()
}
