//! What becomes of documents when results are amended, or more of them are shared. One that
//! this does not touch stands. One that it changes is made again and takes the place of the
//! one before. One that nothing calls for any more ends, and whoever had it is told
//! by a notice, as is whoever had one and does not get the one in its place.

use super::{
    Room,
    documents::{Called, Issued, Making, Wanted},
    known::Known,
};
use crate::{
    App, Error,
    document::{Amends, Ended, Viewed},
    ports::{Expected, StreamAppend},
};
use contract::document::Replaced;
use domain::{
    Event, Stream, StreamKind,
    case::{Case, CaseEvent, DefendantState},
    document::{Carriage, Delivery, DeliveryRequest, Document, DocumentEvent, supersede},
    hearing::Shared,
    now::{DocumentCalledFor, Recipient},
    result::JudicialResult,
};
use uuid::Uuid;
use vocabulary::{
    AmendmentReason, CaseId, Channel, DefendantId, DeliveryId, DeliveryState, DocumentId, Instant,
    NowId,
};

/// Results that take the place of shared ones, or are added to them.
pub(super) struct Amending<'a> {
    /// The court as it was when it made those before.
    pub(super) sat: &'a Room,
    pub(super) before: &'a Shared,
    pub(super) results: &'a [JudicialResult],
    pub(super) reason: AmendmentReason,
    pub(super) by: &'a str,
    pub(super) at: Instant,
    /// Under which id a document is made; of the notice that one ended, that one too.
    pub(super) id: &'a (dyn Fn(&Called<'_>, Option<DocumentId>) -> DocumentId + Sync),
}

/// A document that no longer stands.
pub(super) struct Superseding {
    document: Document,
    by: Option<DocumentId>,
    events: Vec<DocumentEvent>,
}

impl Superseding {
    /// What the case records of it.
    pub(super) fn for_case(&self, case: CaseId) -> Option<CaseEvent> {
        let own = self.document.parties().find(|own| own.case_id == case)?;
        Some(CaseEvent::DocumentSuperseded {
            document_id: self.document.id,
            name: self.document.name.clone(),
            defendant_id: own.defendant_id,
            by: self.by,
        })
    }

    /// What the document records. It holds whatever its deliveries are doing at that
    /// moment, so sharing never fails because one is on its way.
    pub(super) fn stream(&self) -> StreamAppend {
        StreamAppend {
            stream: Stream::new(StreamKind::Document, self.document.id.0),
            expected: Expected::Any,
            key: self.document.case_id.0,
            events: self.events.iter().cloned().map(Event::Document).collect(),
        }
    }
}

/// What tells the documents of a hearing apart.
#[derive(PartialEq)]
struct Key<'a>(CaseId, DefendantId, NowId, Option<&'a str>);

impl<'a> Key<'a> {
    fn of(called: &'a Called<'_>) -> Self {
        let document = &called.document;
        let split = document.split_key.as_deref();
        Self(called.case.id, document.defendant, document.now, split)
    }

    fn of_made(document: &'a Document) -> Self {
        let split = document.split_key.as_deref();
        Self(document.case_id, document.defendant_id, document.now, split)
    }
}

/// Under which keys a document of several cases would stand in each of them alone.
fn key_of_parts<'a>(called: &'a Called<'_>) -> Vec<Key<'a>> {
    let (now, split) = (called.document.now, called.document.split_key.as_deref());
    let parts = called.parties();
    parts
        .map(|(case, own)| Key(case.id, own.charged.id, now, split))
        .collect()
}

/// The documents that the amended results make, and those that they supersede.
pub(super) async fn made_again(
    app: &App,
    (sitting, known): (&Room, &Known),
    amending: &Amending<'_>,
) -> Result<(Vec<Wanted>, Vec<Superseding>), Error> {
    let making = Making {
        app,
        room: sitting,
        known,
    };
    // The one document that no result calls for, as the catalogue marks it.
    let ended = app.catalogue.ended_notice;
    let ids = app.index.documents_of_hearing(sitting.hearing.id).await?;
    let mut standing = app.ledger.documents(&ids).await?;
    // A notice that something ended is never replaced: it stays true.
    standing.retain(|one| one.superseded.is_none() && one.now != ended);

    let made = Making {
        app,
        room: amending.sat,
        known,
    };
    let before = made.called_for(&amending.before.results);
    let mut wanted = Vec::new();
    let mut superseded: Vec<(Document, Option<usize>)> = Vec::new();
    let now = making.called_for(amending.results);
    let was: Vec<Option<usize>> = place_taken(&before, &now);
    for (called, was) in now.into_iter().zip(was) {
        let earlier = was.map(|at| &before[at]);
        let key = Key::of(earlier.unwrap_or(&called));
        // What was made of each of its cases alone is in its place, too.
        let parts = key_of_parts(&called);
        let (olds, others): (Vec<_>, Vec<_>) = standing.into_iter().partition(|document| {
            let own = Key::of_made(document);
            own == key || parts.contains(&own)
        });
        standing = others;
        if !olds.is_empty()
            && let Some(earlier) = earlier
            && says_the_same((&made, &making), amending, earlier, &called)?
        {
            continue;
        }
        // The first of its kind, of what is shared later, amends nothing.
        let amends = sitting.hearing.amendment.is_some() || !olds.is_empty();
        let issued = Issued {
            id: (amending.id)(&called, None),
            by: amending.by,
            at: amending.at,
            amends: amends.then(|| Amends {
                on: amending.at.day(),
                replaces: olds.last().map(|old| replaced(old, amending.reason)),
                ended: None,
            }),
        };
        let at = wanted.len();
        wanted.push(making.wanted(called, amending.results, &issued)?);
        superseded.extend(olds.into_iter().map(|old| (old, Some(at))));
    }
    superseded.extend(standing.into_iter().map(|old| (old, None)));

    let mut ends = Vec::new();
    for (old, at) in superseded {
        let by = at.map(|at| &wanted[at]);
        let told = left_without(&old, by);
        let untold = on_their_way(&old, by);
        let notice = if told.is_empty() {
            None
        } else {
            notice(app, sitting, &making, (ended, &old, told), amending)?
        };
        let by = by.map(|one| one.id);
        let cancelled_by = notice.as_ref().map(|notice| notice.id);
        ends.push(Superseding {
            events: supersede(&old, by, cancelled_by, amending.reason, untold),
            document: old,
            by,
        });
        wanted.extend(notice);
    }
    Ok((wanted, ends))
}

/// Whose place each document takes: that of the one with the same key; or, where the answer
/// that set a copy apart was put right (the name of a protected person), that of the one which
/// printed most of the same lines and is called for no more.
fn place_taken(before: &[Called<'_>], now: &[Called<'_>]) -> Vec<Option<usize>> {
    let same = |called: &Called<'_>| {
        before
            .iter()
            .position(|one| Key::of(one) == Key::of(called))
    };
    let mut taken: Vec<Option<usize>> = now.iter().map(same).collect();
    for (at, called) in now.iter().enumerate() {
        if taken[at].is_some() {
            continue;
        }
        let shared = |earlier: &Called<'_>| {
            let lines = earlier.document.results.iter();
            lines
                .filter(|line| called.document.results.contains(line))
                .count()
        };
        let free = before.iter().enumerate().filter(|(place, earlier)| {
            let (own, other) = (&called.document, &earlier.document);
            !taken.contains(&Some(*place))
                && own.now == other.now
                && of_one_person(earlier, called)
                && shared(earlier) > 0
        });
        taken[at] = free
            .max_by_key(|(_, earlier)| shared(earlier))
            .map(|(place, _)| place);
    }
    taken
}

/// Whether two documents speak of the same person in a case that both of them name: one of two
/// cases that stood together may come to stand alone, and the other way round.
fn of_one_person(one: &Called<'_>, other: &Called<'_>) -> bool {
    let place = |(case, own): (&Case, &DefendantState)| (case.id, own.charged.id);
    let others: Vec<_> = other.parties().map(place).collect();
    one.parties().any(|own| others.contains(&place(own)))
}

fn replaced(old: &Document, reason: AmendmentReason) -> Replaced {
    Replaced {
        document_id: old.id,
        issued_on: old.requested_at.day(),
        reason: Some(reason.in_words().to_owned()),
        translated: false,
    }
}

/// Whether the amendment leaves a document as it is: both made now, by one hand and
/// under one id, say the same to the same people. So neither a changed text of ours
/// nor another clerk's name sends a document again.
fn says_the_same(
    (made, making): (&Making<'_>, &Making<'_>),
    amending: &Amending<'_>,
    earlier: &Called<'_>,
    now: &Called<'_>,
) -> Result<bool, Error> {
    let alike = Issued {
        id: DocumentId(Uuid::nil()),
        by: amending.by,
        at: amending.at,
        amends: None,
    };
    Ok(earlier.document.recipients == now.document.recipients
        && made.view(earlier, &amending.before.results, &alike)?.view
            == making.view(now, amending.results, &alike)?.view)
}

/// Whether the document in the place of another goes to the same recipient as that did.
fn gets(by: Option<&Wanted>, request: &DeliveryRequest) -> bool {
    by.is_some_and(|by| {
        by.deliveries.iter().any(|new| {
            new.channel == request.channel
                && match request.organisation {
                    Some(organisation) => new.organisation == Some(organisation),
                    None => {
                        new.name == request.name
                            && new.address == request.address
                            && (new.email == request.email || new.channel != Channel::Email)
                    }
                }
        })
    })
}

/// What is stopped on its way to a mailbox that does not get the one in its place. A mail
/// server may be taking it at this moment, and then it has left and nobody was told.
fn on_their_way(old: &Document, by: Option<&Wanted>) -> Vec<DeliveryId> {
    let waits = |delivery: &&Delivery| {
        // What waited for its Welsh never goes.
        delivery.request.channel == Channel::Email
            && delivery.request.held.is_none()
            && delivery.carriage.as_ref().is_some_and(Carriage::waits)
    };
    old.deliveries
        .iter()
        .filter(waits)
        .map(|delivery| &delivery.request)
        .filter(|request| !gets(by, request))
        .map(|request| request.id)
        .collect()
}

/// Those who have a document or may have it soon, and do not get the one in its
/// place. What waits for the post or a mailbox is stopped, so nobody has it; what was printed or
/// taken by a mail server has gone.
fn left_without(old: &Document, by: Option<&Wanted>) -> Vec<DeliveryRequest> {
    old.deliveries
        .iter()
        .filter(|delivery| {
            let gone =
                !delivery.request.channel.arrives_here() && delivery.state == DeliveryState::Sent;
            // What waited for its Welsh never went: nobody has it.
            let went = delivery.request.held.is_none();
            went && (delivery.request.channel == Channel::Inbox || gone)
        })
        .map(|delivery| &delivery.request)
        .filter(|request| !gets(by, request))
        .cloned()
        .collect()
}

/// The notice that a document no longer applies, to those who are left with it.
fn notice(
    app: &App,
    sitting: &Room,
    making: &Making<'_>,
    (now, old, told): (NowId, &Document, Vec<DeliveryRequest>),
    amending: &Amending<'_>,
) -> Result<Option<Wanted>, Error> {
    let found = sitting.defendants().find(|(case, defendant)| {
        case.id == old.case_id && defendant.charged.id == old.defendant_id
    });
    let (Some((case, defendant)), Some(definition)) = (found, app.catalogue.now(now)) else {
        return Ok(None);
    };
    let beside = old.beside.iter().filter_map(|party| {
        let mut all = sitting.defendants();
        all.find(|(case, own)| (case.id, own.charged.id) == (party.case_id, party.defendant_id))
    });
    let called = Called {
        case,
        defendant,
        beside: beside.collect(),
        document: DocumentCalledFor {
            now,
            name: definition.name.clone(),
            kind: definition.kind,
            defendant: old.defendant_id,
            text_key: definition.text_key.clone(),
            results: Vec::new(),
            urgent_minutes: told
                .iter()
                .filter_map(|request| request.urgent_minutes)
                .min(),
            split_key: None,
            prints_urgent: false,
            withheld: Vec::new(),
            recipients: told.iter().map(recipient).collect(),
        },
    };
    let issued = Issued {
        id: (amending.id)(&called, Some(old.id)),
        by: amending.by,
        at: amending.at,
        amends: Some(Amends {
            on: amending.at.day(),
            replaces: None,
            ended: Some(Ended {
                document_id: old.id,
                name: old.name.clone(),
                issued_on: old.requested_at.day(),
                reason: amending.reason,
            }),
        }),
    };
    // Whoever must stop acting on a document is told at once, in the language that there is.
    let Viewed { view, owed } = making.view(&called, amending.results, &issued)?;
    Ok(Some(Wanted {
        id: issued.id,
        case: case.id,
        beside: old.beside.clone(),
        view,
        owed,
        deliveries: told
            .into_iter()
            .map(|request| DeliveryRequest {
                id: DeliveryId(app.chance.id()),
                // As they want it now: the old one may have gone another way.
                carried: making.carries(&request),
                ..request
            })
            .collect(),
        // It ends the old one, which names it; nothing is in the place of that.
        replaces: None,
        called: called.document,
    }))
}

fn recipient(request: &DeliveryRequest) -> Recipient {
    Recipient {
        subscription: request.subscription.clone(),
        party: String::new(),
        organisation_kind: None,
        organisation: request.organisation,
        name: request.name.clone(),
        address: request.address.clone(),
        email: request.email.clone(),
        channel: request.channel,
        acknowledgement_required: request.acknowledgement_required,
        split_key: None,
        user_groups: std::collections::BTreeSet::new(),
    }
}
