//! Whether a document that somebody holds is one that a court issued: by its number and the
//! code in its margin. Whoever has both has the paper, so they are told what it says of itself
//! and whether it still stands; nothing of what was ordered. A printout is not kept, so nobody
//! can confirm one. Who asked is a reading in the record. Wrong codes are counted: the code is short enough to be read aloud.

use crate::{App, Error, account::token_hash, ports::TryLimit, reading};
use contract::{Code, Problem, document::OrderView};
use domain::{Origin, document::Document};
use vocabulary::{Day, DocumentId};

/// Wrong pairs from one address within a quarter of an hour.
const WRONG: u64 = 60;
/// A quarter of an hour, in seconds.
const QUARTER: i64 = 15 * 60;

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
/// If the record cannot say, or there were too many wrong ones from this address.
pub async fn verify(
    app: &App,
    (from, address): (&Origin, &str),
    id: Option<DocumentId>,
    code: &str,
) -> Result<Option<Genuine>, Error> {
    let limit = TryLimit {
        name: token_hash(&format!("verifies {address}")),
        most: WRONG,
        window_seconds: QUARTER,
    };
    let name = [limit.name.clone()];
    // Counted before it is looked at, so that many at once are no way around.
    if !app.work.admit_try(&[limit], app.chance.now()).await? {
        return Err(Problem::new(
            Code::TooManyTries,
            "Too many numbers and codes that do not fit were tried from where you are.",
            "Wait a quarter of an hour, or ask the court office.",
        )
        .into());
    }
    let Some(id) = id else { return Ok(None) };
    let Some((document, genuine)) = look(app, id, code).await? else {
        return Ok(None);
    };
    app.work.take_back_try(&name).await?;
    reading::document_verified(app, from, &document).await?;
    Ok(Some(genuine))
}

async fn look(app: &App, id: DocumentId, code: &str) -> Result<Option<(Document, Genuine)>, Error> {
    let Some(document) = app.ledger.document(id).await? else {
        return Ok(None);
    };
    let view: OrderView = serde_json::from_value(document.view.clone())?;
    if plain(&view.verification_code) != plain(code) {
        return Ok(None);
    }
    let genuine = Genuine {
        name: document.name.clone(),
        court: view.court.name,
        issued_on: view.issued_at.day(),
        ended_on: document.superseded.as_ref().map(|ended| ended.at.day()),
    };
    Ok(Some((document, genuine)))
}

fn plain(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_uppercase()
}
