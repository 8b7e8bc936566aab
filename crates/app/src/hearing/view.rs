//! The hearing screen.

use super::{Room, documents as made, draft, left, permitted, present, verdict, versions};
use crate::{
    App, Caller, Error, UseCase, alarm, caller::SignedIn, case, ports::KeptDraft, reading, relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    case::DocumentRow,
    hearing::{HearingView, View},
};
use domain::{
    document::Document,
    hearing::{Target, remaining_beside},
};
use std::collections::HashSet;
use vocabulary::{DocumentId, Instant};

#[async_trait]
impl UseCase for View {
    /// Opens a hearing; the view of its cases is recorded.
    async fn answer(self, app: &App, who: &Caller) -> Result<HearingView, Error> {
        let person = who.person()?;
        let room = Room::enter(app, person, self.hearing_id).await?;
        let policy = person.circumstances.under().unwrap_or_default();
        for case in &room.cases {
            reading::case_viewed(app, person, case.id, policy.clone()).await?;
        }
        let kept = draft::current(app, &room).await?;

        let ids = app.index.documents_of_hearing(room.hearing.id).await?;
        let documents = documents(app, &room, app.ledger.documents(&ids).await?, person);
        let verdict_days = verdict::days(app, &room).await?;
        let left = left::of(app, person, &room, kept.as_ref()).await?;
        let known = made::known_for(app, &room, kept.as_ref()).await?;
        let hearing = &room.hearing;
        let beside = typed_on(kept.as_ref());
        let offences = room.facts(app).offences;
        let remaining = remaining_beside(hearing, &offences, |own| beside.contains(own));
        Ok(HearingView {
            hearing_id: hearing.id,
            version: hearing.version,
            kind: hearing.kind.clone(),
            court: format!("{}, {}", hearing.court_name, hearing.courtroom_name),
            jurisdiction: hearing.jurisdiction,
            day: room.day(),
            time: hearing.starts_at.clock(),
            state: hearing.state,
            defendants: present::defendants(app, &room, &verdict_days),
            log: present::log(hearing),
            log_choices: present::log_choices(app, hearing),
            plea_choices: present::plea_choices(app, hearing),
            verdict_choices: present::verdict_choices(app, hearing),
            majorities: present::majorities(app, hearing),
            draft: present::draft(app, &room.as_sitting(), kept.as_ref(), &known),
            results_state: hearing.results_state(),
            shared: hearing
                .shared
                .as_ref()
                .map(|shared| present::shared(app, shared)),
            remaining: remaining.into_iter().map(present::target).collect(),
            amendment: hearing
                .amendment
                .as_ref()
                .map(|amendment| versions::amendment(amendment, &room, person)),
            versions: versions::all(hearing),
            ended_amendments: versions::ended(hearing),
            left,
            documents,
            may: permitted::all(app, person, &room),
        })
    }
}

/// What something is typed on: a line, or words that are no result yet.
fn typed_on(kept: Option<&KeptDraft>) -> HashSet<Target> {
    let lines = kept.into_iter().flat_map(|kept| &kept.lines);
    let words = present::worded(&present::unresolved(kept));
    lines.map(Target::of).chain(words).collect()
}

/// Its documents: those that stand, then those that do not.
fn documents(
    app: &App,
    room: &Room,
    documents: Vec<Document>,
    person: &SignedIn,
) -> Vec<DocumentRow> {
    let facts = relation::to_hearing(person, &room.hearing);
    let handles = relation::may(app, person, Action::HandleAlarm, &facts).allowed;
    let read: Vec<DocumentId> = documents.iter().map(|document| document.id).collect();
    let known = (read.as_slice(), documents.as_slice());
    let mut rows: Vec<DocumentRow> = documents
        .iter()
        .filter_map(|document| {
            let case = room.cases.iter().find(|case| case.id == document.case_id)?;
            let mut row = case::present::document(case, document, known, person);
            if handles {
                alarmed(&mut row, document, person, app.chance.now());
            }
            Some(row)
        })
        .collect();
    rows.sort_by_key(|row| row.superseded.is_some());
    rows
}

/// What the court that sent a document sees beside the others.
fn alarmed(row: &mut DocumentRow, document: &Document, person: &SignedIn, now: Instant) {
    for (shown, delivery) in row.deliveries.iter_mut().zip(&document.deliveries) {
        shown.alarm = alarm::mark(document, delivery, person, now);
        shown.settled = alarm::settled(delivery, now);
        shown.may_come_back = delivery.is_posted();
    }
}
