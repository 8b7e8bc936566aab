//! The court keeps a case off the lists that others than the court read.

use super::sight;
use crate::{
    App, Caller, Error, UseCase,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::Action;
use async_trait::async_trait;
use contract::case::{ListingRestricted, RestrictListing};
use domain::{Event, Stream, StreamKind, case::restrict_listing};

#[async_trait]
impl UseCase for RestrictListing {
    /// Keeps it off, or lets it be on them again, with a reason that stays in the record.
    async fn answer(self, app: &App, who: &Caller) -> Result<ListingRestricted, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let facts = relation::to_case(person, &case);
        relation::must(app, person, Action::RestrictListing, &facts)?;

        let events = restrict_listing(&case, self.kept_off, &self.reason)?;

        let view = ListingRestricted {
            kept_off: self.kept_off,
        };
        let appended = app
            .ledger
            .append(Append {
                command: who.command,
                moment: person.moment(app.chance.now()),
                streams: vec![StreamAppend {
                    stream: Stream::new(StreamKind::Case, case.id.0),
                    expected: Expected::Version(case.version),
                    key: case.id.0,
                    events: events.into_iter().map(Event::Case).collect(),
                }],
                answer: serde_json::to_value(&view)?,
            })
            .await?;
        Ok(serde_json::from_value(appended.answer)?)
    }
}
