//! Serving an uploaded file on a case.

use crate::{
    App, Caller, Error, UseCase,
    case::sight,
    ports::{Append, Expected, StreamAppend},
    relation,
};
use access::Action;
use async_trait::async_trait;
use contract::{
    Code, Problem,
    material::{Serve, Served},
};
use domain::{
    Event, Stream, StreamKind,
    case::{NewMaterial, serve_material},
};
use vocabulary::MaterialId;

#[async_trait]
impl UseCase for Serve {
    /// Puts the file before everybody who may read its section, and tells them.
    async fn answer(self, app: &App, who: &Caller) -> Result<Served, Error> {
        let person = who.person()?;
        let (case, ..) = sight::case(app, person, self.case_id).await?;
        let own = relation::to_defendant(person, &case, self.defendant_id);
        relation::must_see(app, person, Action::ViewCase, &own)?;
        let facts = relation::to_section(app, person, &case, self.defendant_id, &self.section);
        relation::must(app, person, Action::ServeMaterial, &facts)?;
        let upload = app
            .work
            .upload(self.upload_id)
            .await?
            .filter(|upload| upload.account == person.account.id)
            .ok_or_else(|| {
                Problem::new(
                    Code::BadRequest,
                    "The file has not arrived whole.",
                    "Send the file again, then serve it.",
                )
            })?;

        let id = MaterialId(app.chance.id());
        let new = NewMaterial {
            id,
            defendant: self.defendant_id,
            section: self.section,
            name: self.name,
            mime: upload.mime,
            bytes: upload.bytes,
            sha256: upload.sha256,
            organisation: person.organisation.id,
            organisation_name: person.organisation.name.clone(),
        };
        let events = serve_material(&case, &new)?;

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
                answer: serde_json::to_value(Served { material_id: id })?,
            })
            .await?;
        Ok(serde_json::from_value(appended.answer)?)
    }
}
