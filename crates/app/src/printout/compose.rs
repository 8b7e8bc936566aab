//! The finished view of a printout: its text filled, and its id, which follows
//! from everything else in it.

use crate::{App, Error, caller::SignedIn, document::code_of};
use contract::{
    document::{Block, CourtHeading, Fact, Tongue},
    printout::PrintoutView,
};
use documents::text::{Record, fill};
use domain::account::Organisation;
use std::collections::BTreeMap;
use uuid::Uuid;
use vocabulary::{Day, DocumentId, Instant, Jurisdiction};

/// The namespace of the ids of printouts.
const PRINTOUTS: Uuid = Uuid::from_u128(0x52c7_1f0e_9ab4_4d1e_8f60_3b7d_25e8_c914);

/// What one printout says, beside its text.
#[derive(Default)]
pub(super) struct Content {
    pub(super) about: String,
    pub(super) case_references: Vec<String>,
    pub(super) day: Option<Day>,
    pub(super) key_facts: Vec<Fact>,
    pub(super) values: Vec<(&'static str, String)>,
    pub(super) blocks: Vec<Block>,
}

/// The heading of a court.
pub(super) fn heading(court: Option<&Organisation>, name: &str) -> CourtHeading {
    CourtHeading {
        name: court.map_or_else(|| name.to_owned(), |court| court.name.clone()),
        name_welsh: None,
        address: court.map(|c| c.address.printed()).unwrap_or_default(),
        local_justice_area: court.and_then(|c| c.court.as_ref()?.local_justice_area.clone()),
    }
}

/// The view of the printout of this name, for a person at a moment.
pub(super) fn finished(
    app: &App,
    person: &SignedIn,
    at: Instant,
    name: &'static str,
    (court, jurisdiction): (CourtHeading, Option<Jurisdiction>),
    content: Content,
) -> Result<PrintoutView, Error> {
    let text = app
        .texts
        .of_printout(name)
        .ok_or_else(|| Error::Broken(format!("there is no text for the printout {name}")))?;
    let yes = |holds: bool| if holds { "yes" } else { "" }.to_owned();
    let mut values: BTreeMap<String, String> = [
        ("caseReferences", content.case_references.join(", ")),
        ("courtName", court.name.clone()),
        ("crownCourt", yes(jurisdiction == Some(Jurisdiction::Crown))),
        (
            "magistratesCourt",
            yes(jurisdiction == Some(Jurisdiction::Magistrates)),
        ),
        ("day", content.day.map(Day::in_words).unwrap_or_default()),
        ("madeFor", person.organisation.name.clone()),
        (
            "stoodAt",
            format!("{} on {}", at.clock(), at.day().in_words()),
        ),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (name, value) in content.values {
        values.insert(name.to_owned(), value);
    }
    let empty = content.blocks.is_empty();
    let record = Record {
        blocks: content.blocks,
        ..Record::default()
    };
    let filled = fill(text, Tongue::English, &values, &record);
    if !filled.missing.is_empty() {
        tracing::warn!(text = %text.file, missing = ?filled.missing, "a printout lacks values");
    }
    let nil = DocumentId(Uuid::nil());
    let mut view = PrintoutView {
        document_id: nil,
        name: name.to_owned(),
        title: text.title.clone(),
        court,
        about: content.about,
        case_references: content.case_references,
        day: content.day,
        stood_at: at,
        made_for: person.organisation.name.clone(),
        made_by: format!("{}, {}", person.account.name, person.account.role),
        handling: text.handling.clone().unwrap_or_default(),
        key_facts: content.key_facts,
        plain: filled.plain,
        blocks: filled.legal,
        nothing: text.nothing.clone().filter(|_| empty),
        verification_code: String::new(),
    };
    view.document_id = DocumentId::derived(&PRINTOUTS, &serde_json::to_string(&view)?);
    view.verification_code = code_of(view.document_id, at);
    Ok(view)
}

/// The id of values that are no document.
pub(super) fn id_of(text: &str) -> DocumentId {
    DocumentId::derived(&PRINTOUTS, text)
}
