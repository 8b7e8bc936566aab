//! Whether a document still stands, in words, as far as the person who asks may
//! know of what replaces it.

use crate::{
    App, Caller, Error, UseCase,
    case::{
        present::welsh,
        veil::{self, CasesOf},
    },
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Problem,
    document::{ReplacesMark, Standing, SupersededMark, View},
};
use domain::document::Document;
use std::iter::successors;
use vocabulary::{DocumentId, OrganisationId, OrganisationKind};

#[async_trait]
impl UseCase for View {
    /// Asked wherever a document is opened by itself.
    async fn answer(self, app: &App, who: &Caller) -> Result<Standing, Error> {
        let person = who.person()?;
        let document = app
            .ledger
            .document(self.document_id)
            .await?
            .ok_or_else(Problem::not_found)?;
        veil::must_open_document(app, person, Action::ReadDocument, &document).await?;

        let others = others_of(app, std::slice::from_ref(&document)).await?;
        let cases = CasesOf::documents(app, &others).await?;
        let readable = cases.readable(app, person, others);
        let own = person.organisation.id;
        let court = person.organisation.kind == OrganisationKind::Court;
        Ok(Standing {
            document_id: document.id,
            name: document.name.clone(),
            superseded: superseded(&document, &readable, own),
            replaces: replaces(&document, &readable),
            welsh: welsh(&document, &readable, court),
        })
    }
}

/// How often in a row a document is replaced before nobody follows any more.
const MOST_IN_A_ROW: usize = 40;

/// The documents that these speak of, and what took the place of those since: whoever is
/// led to what replaces a document is led to what stands now.
pub(crate) async fn others_of(app: &App, documents: &[Document]) -> Result<Vec<Document>, Error> {
    let mut wanted: Vec<DocumentId> = documents.iter().flat_map(related).collect();
    let mut found: Vec<Document> = Vec::new();
    for _ in 0..MOST_IN_A_ROW {
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|id| found.iter().all(|own| own.id != *id));
        if wanted.is_empty() {
            break;
        }
        let next = app.ledger.documents(&wanted).await?;
        wanted = next.iter().flat_map(replacing).collect();
        found.extend(next);
    }
    Ok(found)
}

/// What took the place of a document, or says that it no longer applies.
fn replacing(document: &Document) -> Vec<DocumentId> {
    let superseded = document.superseded.as_ref();
    let by = superseded.and_then(|own| own.by);
    let cancelled_by = superseded.and_then(|own| own.cancelled_by);
    [by, cancelled_by].into_iter().flatten().collect()
}

/// The documents that a document speaks of.
fn related(document: &Document) -> Vec<DocumentId> {
    let owed = document.welsh.as_ref();
    let followed = owed.and_then(|owed| owed.followed.map(|(by, _)| by));
    let others = [document.replaces, followed].into_iter().flatten();
    replacing(document).into_iter().chain(others).collect()
}

/// The mark of a document that no longer stands. `readable` holds what the person may
/// read: somebody who does not get the new warrant is told that the old one ended,
/// not what is in the new one.
pub(crate) fn superseded(
    document: &Document,
    readable: &[Document],
    own: OrganisationId,
) -> Option<SupersededMark> {
    let superseded = document.superseded.as_ref()?;
    let delivered = |other: &&Document| delivery(other, own).is_some();
    let next = |of: &Document| {
        let named: Vec<&Document> = replacing(of)
            .into_iter()
            .filter_map(|id| readable.iter().find(|other| other.id == id))
            .collect();
        // What was sent to them goes before what they may read anyway.
        let sent = named.iter().copied().find(delivered);
        sent.or_else(|| named.first().copied())
    };
    // What replaced it may have been replaced since: what stands now is read instead, or
    // nothing, if that is not theirs to read.
    let instead = successors(next(document), |other| next(other))
        .take(MOST_IN_A_ROW)
        .last()
        .filter(|other| other.superseded.is_none());
    let when = format!(
        "{} at {}",
        superseded.at.day().in_words(),
        superseded.at.clock()
    );
    let verb = if superseded.by.is_some() {
        "It was replaced on"
    } else {
        "It ended on"
    };
    Some(SupersededMark {
        at: superseded.at,
        text: format!("This document no longer applies. {verb} {when}."),
        reason: superseded.reason,
        by: instead.map(|other| other.id),
        by_name: instead.map(|other| other.name.clone()),
        by_delivery: instead.and_then(|other| delivery(other, own)),
    })
}

fn delivery(document: &Document, own: OrganisationId) -> Option<vocabulary::DeliveryId> {
    let arrived = document
        .deliveries
        .iter()
        .find(|d| d.request.organisation == Some(own) && d.lies_since().is_some());
    arrived.map(|d| d.request.id)
}

/// The mark of a document that takes the place of another.
pub(crate) fn replaces(document: &Document, readable: &[Document]) -> Option<ReplacesMark> {
    let id = document.replaces?;
    let earlier = readable.iter().find(|other| other.id == id)?;
    let translated = earlier.welsh.as_ref().and_then(|owed| owed.followed);
    if translated.is_some_and(|(by, _)| by == document.id) {
        return Some(ReplacesMark {
            document_id: id,
            text: format!(
                "In Welsh and English, after {} in English, issued on {} at {}. What the court \
                 ordered has not changed.",
                earlier.name,
                earlier.requested_at.day().in_words(),
                earlier.requested_at.clock()
            ),
        });
    }
    Some(ReplacesMark {
        document_id: id,
        text: format!(
            "In the place of {}, issued on {} at {}.",
            earlier.name,
            earlier.requested_at.day().in_words(),
            earlier.requested_at.clock()
        ),
    })
}
