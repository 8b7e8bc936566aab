//! What documents owe in Welsh, on the screen of the court that sent them: who sees to it, and
//! what they give. Who waits for it is decided when results are shared
//! (`reference/welsh_holds.csv`); nothing here sends or translates.

mod give;
mod list;
mod present;
mod take;
mod view;

use crate::{App, Error, caller::SignedIn, case::veil};
use access::Action;
use contract::Problem;
use domain::{case::Case, document::Document};
use vocabulary::DocumentId;

pub(crate) use present::mark;

/// A document that the person's court sent, with its case; to everybody else there is none.
async fn of_own_court(
    app: &App,
    person: &SignedIn,
    id: DocumentId,
) -> Result<(Document, Case), Error> {
    let document = app.ledger.document(id).await?;
    let document = document.ok_or_else(Problem::not_found)?;
    let (cases, _) = veil::must_open_document(app, person, Action::Translate, &document).await?;
    let case = cases.first(&document)?.clone();
    Ok((document, case))
}
