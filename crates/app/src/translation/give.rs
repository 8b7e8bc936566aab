//! What a translator gives. What is of the catalogue is known from then on, wherever it stands.
//! When nothing is left, the copy in both languages is asked for in the same transaction: made
//! from the view and the Welsh that were recorded when the results were shared, so that it says
//! what the first one said, whatever has become of the case, the tables or the texts since. Who
//! waited for it gets it in the place of the first; who has the first in English gets it too.

use super::{of_own_court, view::shown};
use crate::{
    App, Caller, Error, UseCase,
    document::{WelshHalf, code_of},
    ports::{Append, Expected, StreamAppend},
};
use async_trait::async_trait;
use contract::{
    Problem,
    document::{OrderView, Replaced},
    translation::{Give, Translation},
};
use domain::{
    Event, Moment, Stream, StreamKind,
    case::CaseEvent,
    document::{DeliveryRequest, Document, DocumentEvent, follow_in_welsh, give_welsh},
    now::Directory,
    translation::{Owed, WORDS, Word, WordsEvent},
};
use vocabulary::{Channel, DeliveryId, DeliveryState, DocumentId};

#[async_trait]
impl UseCase for Give {
    /// Records it, and has the copy in both languages made when it was the last.
    async fn answer(self, app: &App, who: &Caller) -> Result<Translation, Error> {
        let person = who.person()?;
        let (document, case) = of_own_court(app, person, self.document_id).await?;

        let given = self
            .values
            .into_iter()
            .map(|own| (usize::try_from(own.place).unwrap_or(usize::MAX), own.welsh))
            .collect();
        let by = person.account.name.as_str();
        let events = give_welsh(&document, given, by)?;
        let moment = person.moment(app.chance.now());
        let mut after = folded(&document, &events, &moment)?;
        let id = DocumentId(app.chance.id());
        let follows = follow_in_welsh(&after, id);
        after = folded(&after, &follows, &moment)?;

        if !events.is_empty() || !follows.is_empty() {
            let mut streams = vec![StreamAppend {
                stream: Stream::new(StreamKind::Document, document.id.0),
                expected: Expected::Version(document.version),
                key: document.case_id.0,
                events: events
                    .iter()
                    .chain(&follows)
                    .cloned()
                    .map(Event::Document)
                    .collect(),
            }];
            streams.extend(words(&document, &events, by));
            if !follows.is_empty() {
                streams.extend(copy(app, &after, id, &moment).await?);
            }
            app.ledger
                .append(Append {
                    command: who.command,
                    moment,
                    streams,
                    answer: serde_json::Value::Null,
                })
                .await?;
        }
        shown(app, person, &after, &case).await
    }
}

fn folded(
    document: &Document,
    events: &[DocumentEvent],
    moment: &Moment,
) -> Result<Document, Error> {
    let mut after = Some(document.clone());
    for event in events {
        after = Document::fold(after, event, moment.at);
    }
    after.ok_or_else(|| Error::Broken("what was translated cannot follow".to_owned()))
}

/// What is known from now on: not what was typed in this case.
fn words(document: &Document, events: &[DocumentEvent], by: &str) -> Option<StreamAppend> {
    let missing = &document.welsh.as_ref()?.missing;
    let given = events.iter().filter_map(|event| match event {
        DocumentEvent::WelshGiven { given, .. } => Some(given),
        _ => None,
    });
    let words: Vec<(Word, String)> = given
        .flatten()
        .filter_map(|(place, welsh)| Some((missing.get(*place)?.word.clone(), welsh.clone())))
        .filter(|(word, _)| word.kind.is_remembered())
        .collect();
    (!words.is_empty()).then(|| StreamAppend {
        stream: Stream::new(StreamKind::Words, WORDS),
        // Two translators never wait for each other: the last one for a value counts.
        expected: Expected::Any,
        key: WORDS,
        events: vec![Event::Words(WordsEvent::WordsGiven {
            words,
            by: by.to_owned(),
        })],
    })
}

/// The copy in both languages, and that the case has it.
async fn copy(
    app: &App,
    first: &Document,
    id: DocumentId,
    moment: &Moment,
) -> Result<Vec<StreamAppend>, Error> {
    let owed = first.welsh.as_ref().ok_or_else(Problem::not_found)?;
    let directory = app.index.directory().await?;
    let deliveries: Vec<DeliveryRequest> = first
        .deliveries
        .iter()
        // What was held stopped with this event, to go now; what somebody stopped before stays so.
        .filter(|own| own.request.held.is_some() || own.state != DeliveryState::Stopped)
        .map(|own| request(app, &own.request, &directory))
        .collect();
    let view = view(first, owed, id, moment)?;
    let requested = DocumentEvent::DocumentRequested {
        document_id: id,
        now: first.now,
        name: first.name.clone(),
        kind: first.kind,
        hearing_id: first.hearing_id,
        case_id: first.case_id,
        defendant_id: first.defendant_id,
        view: serde_json::to_value(view)?,
        deliveries,
        split_key: first.split_key.clone(),
        replaces: Some(first.id),
        welsh: None,
        beside: first.beside.clone(),
    };
    let mut streams = vec![StreamAppend {
        stream: Stream::new(StreamKind::Document, id.0),
        expected: Expected::New,
        key: first.case_id.0,
        events: vec![Event::Document(requested)],
    }];
    streams.extend(first.parties().map(|party| StreamAppend {
        stream: Stream::new(StreamKind::Case, party.case_id.0),
        expected: Expected::Any,
        key: party.case_id.0,
        events: vec![Event::Case(CaseEvent::DocumentAdded {
            document_id: id,
            name: first.name.clone(),
            kind: first.kind,
            defendant_id: party.defendant_id,
        })],
    }));
    Ok(streams)
}

/// The same with its Welsh beside the English.
fn view(
    first: &Document,
    owed: &Owed,
    id: DocumentId,
    moment: &Moment,
) -> Result<OrderView, Error> {
    let mut view: OrderView = serde_json::from_value(first.view.clone())?;
    let sent = |own: &domain::document::Delivery| {
        own.request.held.is_none() && own.request.channel != Channel::FileOnly
    };
    WelshHalf::of(owed)?.beside(&mut view);
    // Nobody is told of a first copy that nobody got.
    if first.deliveries.iter().any(sent) {
        view.replaces = Some(Replaced {
            document_id: first.id,
            issued_on: first.requested_at.day(),
            reason: None,
            translated: true,
        });
    }
    view.document_id = id;
    view.issued_at = moment.at;
    view.verification_code = code_of(id, moment.at);
    Ok(view)
}

/// How it goes. Whoever waited is sent it as they would have been sent the first. Whoever has the
/// first in English acts on that and acknowledges that: this one asks nothing more of them.
fn request(app: &App, first: &DeliveryRequest, directory: &Directory) -> DeliveryRequest {
    let mut known = directory.organisations.iter();
    let wanted = first.channel == Channel::Inbox
        && known.any(|own| Some(own.id) == first.organisation && own.route.carries());
    let carried = wanted || first.channel == Channel::Email;
    let mut request = DeliveryRequest {
        id: DeliveryId(app.chance.id()),
        carried,
        held: None,
        ..first.clone()
    };
    if first.held.is_none() {
        request.acknowledgement_required = false;
        request.urgent_minutes = None;
        request.limits.acknowledged = None;
        request.limits.urgent = false;
    }
    request
}
