//! Sharing: the results become final, and in the same transaction every notice,
//! order and warrant they call for is asked for. Nothing can be shared and not
//! announced.

use super::{
    Room,
    documents::{self, Wanted},
    draft,
    next::{self, Listed},
    present,
};
use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Code, Problem,
    hearing::{ShareResults, Shared},
};
use domain::{
    Event, Stream, StreamKind,
    case::{Case, CaseEvent},
    document::DocumentEvent,
    hearing::{HearingEvent, Sharing, share_results},
    result::{JudicialResult, check, judicial_results, post_hearing_bail_status},
};
use vocabulary::BailStatus;

#[async_trait]
impl UseCase for ShareResults {
    /// Shares the draft of this revision.
    async fn answer(self, app: &App, who: &Caller) -> Result<Shared, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ShareResults, &Facts::default())?;
        let room = Room::enter(app, person, self.hearing_id).await?;
        room.at_version(self.version)?;
        let kept = app.work.draft(room.hearing.id).await?;
        let kept = kept
            .filter(|draft| draft.revision == self.revision)
            .ok_or_else(|| {
                Problem::new(
                    Code::Stale,
                    "The results on your screen are not the ones saved last.",
                    "Look at the saved results, then share them.",
                )
                .because("Nothing was shared.")
            })?;
        let unfinished = present::draft(app, &room, Some(&kept)).unresolved;
        if unfinished.iter().any(|text| !text.text.trim().is_empty()) {
            return Err(Problem::new(
                Code::NotReady,
                "Some typed text is no result yet; nothing was shared.",
                "Choose a result for it, or clear it.",
            )
            .into());
        }

        let lines = draft::written(app, &kept);
        let catalogue = &app.catalogue.results;
        let findings = check(catalogue, &lines, &room.facts());
        let results = judicial_results(catalogue, &lines, room.day());
        let sharing = Sharing {
            day: room.day(),
            lines,
            results: results.clone(),
            findings: &findings,
        };
        let hearing_events = share_results(&room.hearing, sharing)?;
        let moment = person.moment(app.chance.now());
        let wanted =
            documents::wanted(app, &room, &results, &person.account.name, moment.at).await?;

        let shared = Shared {
            version: room.hearing.version + hearing_events.len() as u64,
            documents: wanted.len() as u64,
        };
        let listed = next::listed(app, &room, &results).await?;
        let made = Made {
            results: &results,
            wanted: &wanted,
            listed: &listed,
        };
        let streams = streams(app, &room, hearing_events, &made)?;
        let appended = app
            .ledger
            .append(Append {
                command: who.command,
                moment,
                streams,
                answer: serde_json::to_value(shared)?,
            })
            .await?;
        log_shared(person, wanted.len());
        Ok(serde_json::from_value(appended.answer)?)
    }
}

fn log_shared(person: &SignedIn, documents: usize) {
    tracing::info!(account = %person.account.id, documents, "results shared");
}

/// What the shared lines make.
struct Made<'a> {
    results: &'a [JudicialResult],
    wanted: &'a [Wanted],
    listed: &'a [Listed],
}

/// Everything that sharing changes, as one.
fn streams(
    app: &App,
    room: &Room,
    hearing_events: Vec<HearingEvent>,
    made: &Made<'_>,
) -> Result<Vec<StreamAppend>, Error> {
    let mut streams = vec![StreamAppend {
        stream: Stream::new(StreamKind::Hearing, room.hearing.id.0),
        expected: Expected::Version(room.hearing.version),
        key: room.hearing.id.0,
        events: hearing_events.into_iter().map(Event::Hearing).collect(),
    }];
    for case in &room.cases {
        let mut events = vec![Event::Case(resulted(app, room, case, made.results))];
        events.extend(
            made.listed
                .iter()
                .filter_map(|next| next.for_case(case.id))
                .map(Event::Case),
        );
        for document in made.wanted.iter().filter(|one| one.case == case.id) {
            events.push(Event::Case(CaseEvent::DocumentAdded {
                document_id: document.id,
                name: document.called.name.clone(),
                kind: document.called.kind,
                defendant_id: document.called.defendant,
            }));
        }
        streams.push(StreamAppend {
            stream: Stream::new(StreamKind::Case, case.id.0),
            expected: Expected::Version(case.version),
            key: case.id.0,
            events,
        });
    }
    for next in made.listed {
        streams.push(StreamAppend {
            stream: Stream::new(StreamKind::Hearing, next.id.0),
            expected: Expected::New,
            key: next.id.0,
            events: vec![Event::Hearing(next.event.clone())],
        });
    }
    for document in made.wanted {
        streams.push(StreamAppend {
            stream: Stream::new(StreamKind::Document, document.id.0),
            expected: Expected::New,
            key: document.case.0,
            events: vec![Event::Document(DocumentEvent::DocumentRequested {
                document_id: document.id,
                now: document.called.now,
                name: document.called.name.clone(),
                kind: document.called.kind,
                hearing_id: room.hearing.id,
                case_id: document.case,
                defendant_id: document.called.defendant,
                view: serde_json::to_value(&document.view)?,
                deliveries: document.deliveries.clone(),
            })],
        });
    }
    Ok(streams)
}

/// The results of one case, with how its defendants leave the court.
fn resulted(app: &App, room: &Room, case: &Case, results: &[JudicialResult]) -> CaseEvent {
    let of_case = |result: &&JudicialResult| case.defendant(result.defendant).is_some();
    let own: Vec<JudicialResult> = results.iter().filter(of_case).cloned().collect();
    let bail = case
        .defendants
        .iter()
        .filter(|d| own.iter().any(|result| result.defendant == d.charged.id))
        .map(|d| {
            let status = post_hearing_bail_status(&app.catalogue.results, &own, d.charged.id);
            (d.charged.id, status)
        })
        // A result that says nothing of bail leaves it as it is while the case goes on.
        .filter(|(id, status)| {
            *status != BailStatus::NotApplicable
                || own.iter().any(|r| r.defendant == *id && r.is_final)
        })
        .collect();
    CaseEvent::CaseResulted {
        hearing_id: room.hearing.id,
        day: room.day(),
        results: own,
        bail,
    }
}
