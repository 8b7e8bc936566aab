//! Deliveries that did not arrive, or were not acknowledged, within their limit: on
//! the screen of the court that sent them, until somebody there saw to it. Nothing
//! here delivers; it shows, and records who took an alarm on and who was told. Beside
//! them stand the days that do not add up to the ledger.

mod came_back;
mod days;
mod list;
mod present;
mod settle;
mod take;

pub(crate) use present::{age, mark, settled, when};

use crate::{
    App, Caller, Error,
    caller::SignedIn,
    case::veil::CasesOf,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::Action;
use contract::{Problem, alarm::Alarms};
use domain::{
    Event, Stream, StreamKind,
    document::{Document, DocumentEvent},
};
use vocabulary::DeliveryId;

/// The document of a delivery that the person's court sent; to everybody else there
/// is none. Whoever acts on it sees what it is about: each case that the document names is asked,
/// and where one is sensitive the list shows a neutral line and whom to ask.
async fn of_own_court(
    app: &App,
    person: &SignedIn,
    delivery: DeliveryId,
) -> Result<Document, Error> {
    let document = match app.index.document_of_delivery(delivery).await? {
        Some(id) => app.ledger.document(id).await?,
        None => None,
    };
    let document = document.ok_or_else(Problem::not_found)?;
    let hearing = app.ledger.hearing(document.hearing_id).await?;
    let hearing = hearing.ok_or_else(Problem::not_found)?;
    let sits = relation::to_hearing(person, &hearing).sitting;
    let cases = CasesOf::documents(app, std::slice::from_ref(&document)).await?;
    let asked = cases.asked(app, person, Action::HandleAlarm, &document, Some(sits));
    let facts = asked.ok_or_else(Problem::not_found)?.1;
    relation::must_see(app, person, Action::HandleAlarm, &facts)?;
    cases.must_be_whole(app, person, &document)?;
    Ok(document)
}

/// Records what was decided and answers with the alarms that are left.
async fn record(
    app: &App,
    who: &Caller,
    document: &Document,
    events: Vec<DocumentEvent>,
) -> Result<Alarms, Error> {
    let person = who.person()?;
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
    list::of_court(app, person).await
}
