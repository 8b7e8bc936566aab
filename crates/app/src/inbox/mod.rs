//! What has been delivered to a person's organisation, and what it does with it.

use crate::{
    App, Caller, Error, UseCase,
    caller::SignedIn,
    document,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::{Action, Facts};
use async_trait::async_trait;
use contract::{
    Problem,
    inbox::{Acknowledge, Inbox, InboxItem, List, Open},
};
use domain::{
    Event, Stream, StreamKind,
    case::Case,
    document::{Delivery, Document, Step, advance},
};
use std::sync::Arc;
use vocabulary::{DeliveryId, DeliveryState, Instant, Urn};

/// The most items in an inbox view.
const MOST: i64 = 200;

#[async_trait]
impl UseCase for List {
    /// Deliveries to the organisation; those that await an acknowledgement first.
    async fn answer(self, app: &App, who: &Caller) -> Result<Inbox, Error> {
        let person = who.person()?;
        relation::must(app, person, Action::ViewInbox, &Facts::default())?;
        let found = app
            .index
            .deliveries_to(person.organisation.id, MOST)
            .await?;
        let ids: Vec<_> = found.iter().map(|d| d.document_id).collect();
        let documents = app.ledger.documents(&ids).await?;
        let others = readable(app, person, &documents).await?;
        let parties = documents.iter().flat_map(Document::parties);
        let mut cases: Vec<_> = parties.map(|party| party.case_id).collect();
        cases.sort();
        cases.dedup();
        let cases = app.ledger.cases(&cases).await?;

        let mut items = Vec::new();
        for row in found {
            let document = documents.iter().find(|d| d.id == row.document_id);
            let Some(document) = document else { continue };
            let case = cases.iter().find(|c| c.id == document.case_id);
            let delivery = document.delivery(row.delivery_id);
            if let (Some(case), Some(delivery)) = (case, delivery)
                && received(person, &cases, document)
            {
                person.circumstances.showed([case.id]);
                items.push(present(case, document, delivery, (&others, person)));
            }
        }
        items.sort_by_key(|item| {
            let waits = item.acknowledgement_required
                && item.superseded.is_none()
                && item.state != DeliveryState::Acknowledged;
            (!waits, std::cmp::Reverse(item.received_at))
        });
        Ok(Inbox { items })
    }
}

#[async_trait]
impl UseCase for Open {
    /// Somebody there opens the document: the court sees who and when.
    async fn answer(self, app: &App, who: &Caller) -> Result<InboxItem, Error> {
        let person = who.person()?;
        let by = format!("{}, {}", person.account.name, person.organisation.name);
        step(
            app,
            who,
            self.delivery_id,
            Action::OpenDelivery,
            &Step::Opened { by },
        )
        .await
    }
}

#[async_trait]
impl UseCase for Acknowledge {
    /// Somebody there takes responsibility for acting on the document.
    async fn answer(self, app: &App, who: &Caller) -> Result<InboxItem, Error> {
        let person = who.person()?;
        let by = format!("{}, {}", person.account.name, person.organisation.name);
        let step_taken = Step::Acknowledged { by };
        step(
            app,
            who,
            self.delivery_id,
            Action::AcknowledgeDelivery,
            &step_taken,
        )
        .await
    }
}

async fn step(
    app: &App,
    who: &Caller,
    delivery: DeliveryId,
    action: Action,
    step: &Step,
) -> Result<InboxItem, Error> {
    let person = who.person()?;
    let (document, _) = addressed(app, person, delivery, action).await?;

    let events = advance(&document, delivery, step)?;

    if !events.is_empty() {
        app.ledger
            .append(Append {
                command: who.command,
                moment: person.moment(app.chance.now()),
                streams: vec![StreamAppend {
                    stream: Stream::new(StreamKind::Document, document.id.0),
                    expected: Expected::Version(document.version),
                    key: document.case_id.0,
                    events: events.into_iter().map(Event::Document).collect(),
                }],
                answer: serde_json::Value::Null,
            })
            .await?;
    }
    let (document, case) = addressed(app, person, delivery, action).await?;
    let current = document.delivery(delivery).ok_or_else(Problem::not_found)?;
    let others = readable(app, person, std::slice::from_ref(&document)).await?;
    Ok(present(&case, &document, current, (&others, person)))
}

/// Whether a document came to the person's organisation, and none of its cases is closed to them
/// there.
fn received(person: &SignedIn, cases: &[Case], document: &Document) -> bool {
    document.parties().all(|party| {
        let mut known = cases.iter();
        let case = known.find(|case| case.id == party.case_id);
        case.is_some_and(|case| relation::received(person, case, document))
    })
}

/// What these documents replace, or are replaced by, as far as it was sent to the
/// person's organisation.
async fn readable(
    app: &App,
    person: &SignedIn,
    documents: &[Document],
) -> Result<Vec<Document>, Error> {
    let mut others = document::others_of(app, documents).await?;
    others.retain(|other| {
        let mut deliveries = other.deliveries.iter();
        // What was stopped on its way they never had.
        deliveries.any(|d| {
            d.request.organisation == Some(person.organisation.id)
                && d.state != DeliveryState::Stopped
        })
    });
    Ok(others)
}

/// The document of a delivery that is addressed to the person's organisation, with its case.
async fn addressed(
    app: &App,
    person: &SignedIn,
    delivery: DeliveryId,
    action: Action,
) -> Result<(Document, Arc<Case>), Error> {
    let document = match app.index.document_of_delivery(delivery).await? {
        Some(id) => app.ledger.document(id).await?,
        None => None,
    };
    let document = document.ok_or_else(Problem::not_found)?;
    let parties: Vec<_> = document.parties().map(|party| party.case_id).collect();
    let cases = app.ledger.cases(&parties).await?;
    let case = app.ledger.case(document.case_id).await?;
    let case = case.ok_or_else(Problem::not_found)?;
    let recipient = document
        .delivery(delivery)
        .is_some_and(|d| d.request.organisation == Some(person.organisation.id));
    let facts = Facts {
        recipient: recipient && received(person, &cases, &document),
        ..Facts::default()
    };
    relation::must_see(app, person, action, &facts)?;
    Ok((document, case))
}

/// The references of the cases that a document speaks of, as it prints them.
fn references(case: &Case, document: &Document) -> Vec<Urn> {
    let printed = document.view["case_references"].as_array();
    let others = printed.into_iter().flatten().filter_map(|own| own.as_str());
    let others = others.filter_map(|own| Urn::parse(own).ok());
    let mut all = vec![case.urn.clone()];
    all.extend(others.filter(|own| *own != case.urn));
    all
}

fn present(
    case: &Case,
    document: &Document,
    delivery: &Delivery,
    (others, person): (&[Document], &SignedIn),
) -> InboxItem {
    let defendant = case.defendant(document.defendant_id);
    let who_when = |entry: &Option<(String, Instant)>| {
        entry
            .as_ref()
            .map(|(who, at)| format!("{who}, {} at {}", at.day().in_words(), at.clock()))
    };
    let court = document.view["court"]["name"].as_str().unwrap_or_default();
    let limits = &delivery.request.limits;
    // Deliveries of before the limits were recorded have the document's own.
    let urgent = limits.acknowledged.or(delivery.request.urgent_minutes);
    InboxItem {
        delivery_id: delivery.request.id,
        document_id: document.id,
        name: document.name.clone(),
        kind: document.kind,
        defendant: defendant
            .map(|d| d.charged.party.name())
            .unwrap_or_default(),
        date_of_birth: defendant.and_then(|d| d.charged.party.date_of_birth()),
        cases: references(case, document),
        court: court.to_owned(),
        state: delivery.state,
        received_at: delivery.lies_since(),
        acknowledgement_required: delivery.request.acknowledgement_required,
        acknowledge_by: urgent
            .filter(|_| delivery.request.acknowledgement_required)
            .map(|minutes| document.requested_at.plus_seconds(i64::from(minutes) * 60)),
        opened: who_when(&delivery.opened),
        acknowledged: who_when(&delivery.acknowledged),
        superseded: document::superseded(document, others, person.organisation.id),
        replaces: document::replaces(document, others),
    }
}
