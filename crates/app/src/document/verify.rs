//! Whether a document that somebody holds is one that a court issued: by its number and the
//! code in its margin. Whoever has both has the paper, so they are told what it says of itself
//! and whether it still stands; nothing of what was ordered. A printout is not kept, so nobody
//! can confirm one.

use crate::{App, Error};
use contract::document::OrderView;
use vocabulary::{Day, DocumentId};

/// A document that a court issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genuine {
    /// Its name.
    pub name: String,
    /// The court.
    pub court: String,
    /// When it was issued.
    pub issued_on: Day,
    /// Since when it no longer stands, if it does not.
    pub ended_on: Option<Day>,
}

/// The document of this number, if the code in its margin is this one. Spaces, hyphens and
/// letter case are as somebody reads them aloud.
///
/// # Errors
/// If the record cannot say.
pub async fn verify(app: &App, id: DocumentId, code: &str) -> Result<Option<Genuine>, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(None);
    };
    let view: OrderView = serde_json::from_value(document.view.clone())?;
    if plain(&view.verification_code) != plain(code) {
        return Ok(None);
    }
    Ok(Some(Genuine {
        name: document.name.clone(),
        court: view.court.name,
        issued_on: view.issued_at.day(),
        ended_on: document.superseded.as_ref().map(|ended| ended.at.day()),
    }))
}

fn plain(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_uppercase()
}
