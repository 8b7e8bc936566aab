//! Taking a translation on: from then on it has an owner, whom every colleague sees.

use super::{list::of_court, of_own_court};
use crate::{
    App, Caller, Error, UseCase,
    ports::{Append, Expected, StreamAppend},
};
use async_trait::async_trait;
use contract::translation::{Take, Translations};
use domain::{Event, Stream, StreamKind, document::take_translation};

#[async_trait]
impl UseCase for Take {
    /// It is mine now, whoever had it before.
    async fn answer(self, app: &App, who: &Caller) -> Result<Translations, Error> {
        let person = who.person()?;
        let (document, _) = of_own_court(app, person, self.document_id).await?;

        let owner = (person.account.id, person.account.name.as_str());
        let events = take_translation(&document, owner)?;

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
        of_court(app, person).await
    }
}
