//! What documents owe in Welsh, on the screen of the court that sent them: who sees to it, and
//! what they give. Who waits for it is decided when results are shared
//! (`reference/welsh_holds.csv`); nothing here sends or translates.

mod give;
mod list;
mod present;
mod take;
mod view;

use crate::{App, Error, caller::SignedIn, case::veil, relation};
use access::{Action, Facts};
use contract::Problem;
use domain::{case::Case, document::Document};
use std::sync::Arc;
use vocabulary::DocumentId;

pub(crate) use present::mark;

/// The facts about a document that is to be translated: whose court sits, and how the person
/// stands to its case.
async fn facts(
    app: &App,
    person: &SignedIn,
    case: &Case,
    document: &Document,
) -> Result<Facts, Error> {
    let hearing = app.ledger.hearing(document.hearing_id).await?;
    let hearing = hearing.ok_or_else(Problem::not_found)?;
    Ok(Facts {
        sitting: relation::to_hearing(person, &hearing).sitting,
        ..relation::to_document(person, case, document)
    })
}

/// A document that the person's court sent, with its case; to everybody else there is none.
async fn of_own_court(
    app: &App,
    person: &SignedIn,
    id: DocumentId,
) -> Result<(Document, Arc<Case>), Error> {
    let document = app.ledger.document(id).await?;
    let document = document.ok_or_else(Problem::not_found)?;
    let case = app.ledger.case(document.case_id).await?;
    let case = case.ok_or_else(Problem::not_found)?;
    let facts = facts(app, person, &case, &document).await?;
    veil::must_open(app, person, Action::Translate, &facts, [case.as_ref()])?;
    Ok((document, case))
}
