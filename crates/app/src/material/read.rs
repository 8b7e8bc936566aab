//! Reading papers and documents: the record of the reading is durable before
//! the first byte leaves.

use crate::{App, Caller, Error, case::veil, reading, relation};
use access::Action;
use contract::{Code, Problem};
use domain::reading::ReadingEvent;
use vocabulary::{DocumentId, MaterialId};

/// Bytes that the person may now have.
#[derive(Debug, Clone)]
pub struct Readable {
    /// Where they are in the object store.
    pub sha256: String,
    /// MIME type.
    pub mime: String,
    /// File name.
    pub name: String,
}

/// Decides on a material, and records the reading.
///
/// # Errors
/// `not_found` for what is not there and for what is not this person's to read.
pub async fn material_to_read(app: &App, who: &Caller, id: MaterialId) -> Result<Readable, Error> {
    let person = who.person()?;
    let case = match app.index.case_of_material(id).await? {
        Some(case) => app.ledger.case(case).await?,
        None => None,
    };
    let case = case.ok_or_else(Problem::not_found)?;
    let material = case
        .materials
        .iter()
        .find(|m| m.id == id)
        .ok_or_else(Problem::not_found)?;
    let facts = relation::to_section(app, person, &case, material.defendant_id, &material.section);
    let decision = veil::must_open(app, person, Action::ReadMaterial, &facts, [case.as_ref()])?;
    let event = ReadingEvent::MaterialRead {
        case_id: case.id,
        material_id: id,
        section: material.section.clone(),
        organisation: person.organisation.id,
        associated: facts.associated,
        policy: decision.policy(),
    };
    reading::record(app, person, case.id.0, event).await?;
    Ok(Readable {
        sha256: material.sha256.clone(),
        mime: material.mime.clone(),
        name: material.name.clone(),
    })
}

/// Decides on a notice, order or warrant, and records the reading.
///
/// # Errors
/// `not_found` as above; `refused` while its PDF is still being made.
pub async fn document_to_read(app: &App, who: &Caller, id: DocumentId) -> Result<Readable, Error> {
    let person = who.person()?;
    let document = app
        .ledger
        .document(id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let action = Action::ReadDocument;
    let (cases, decision) = veil::must_open_document(app, person, action, &document).await?;
    let Some(sha256) = document.readable().map(str::to_owned) else {
        return Err(Problem::new(
            Code::Refused,
            "The document is still being made.",
            "Try again in a moment.",
        )
        .into());
    };
    let event = ReadingEvent::DocumentRead {
        document_id: id,
        organisation: person.organisation.id,
        policy: decision.policy(),
    };
    reading::document_read(app, person, &document, event).await?;
    let case = cases.first(&document)?;
    Ok(Readable {
        sha256,
        mime: "application/pdf".to_owned(),
        name: format!("{} {}.pdf", document.name, case.urn),
    })
}
