//! Makes a printout for a person: decides, looks, prints, and records that it was
//! made before its first byte leaves.

use super::{extract, informant, list, memorandum, receipt, register};
use crate::{App, Caller, Error, caller::SignedIn, ports::TryLimit, reading};
use contract::{Code, Problem, printout::PrintoutView};
use domain::reading::ReadingEvent;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use vocabulary::{CaseId, DocumentId, Printout};

/// A printout, ready to be handed out.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// MIME type.
    pub mime: &'static str,
    /// File name.
    pub name: String,
}

/// What a printout is made of.
pub(super) enum Content {
    /// A view, to be set as a PDF.
    View(Box<PrintoutView>),
    /// Values, as they are.
    Values { id: DocumentId, text: String },
}

/// A printout before it is set.
pub(super) struct Made {
    pub(super) content: Content,
    /// Its name, and that of its file without an ending.
    pub(super) name: String,
    pub(super) file: String,
    /// The stream of readings that it belongs to: the case's, the court's, the authority's.
    pub(super) about: Uuid,
    /// The cases that it says something of.
    pub(super) cases: Vec<CaseId>,
    /// The policy that allowed it.
    pub(super) policy: String,
}

/// Printouts that one person may have made within the window.
const MOST: u64 = 240;
/// The window, in seconds.
const WINDOW: i64 = 10 * 60;

/// Making one takes a press for a moment; nobody keeps orders waiting with it.
async fn admit(app: &App, person: &SignedIn) -> Result<(), Error> {
    let account = Sha256::digest(format!("printouts {}", person.account.id));
    let limit = TryLimit {
        name: format!("printouts {}", hex::encode(account)),
        most: MOST,
        window_seconds: WINDOW,
    };
    if app.work.admit_try(&[limit], app.chance.now()).await? {
        return Ok(());
    }
    Err(Problem::new(
        Code::TooManyTries,
        "You have had many lists and extracts made in a short time.",
        "Wait ten minutes, then go on.",
    )
    .into())
}

/// Decides on a printout, makes it, and records that it was made.
///
/// # Errors
/// `not_found` for what is not there and for what is not this person's to have;
/// `refused` if the record holds nothing that such a printout could say.
pub async fn printout_to_read(app: &App, who: &Caller, wanted: Printout) -> Result<Ready, Error> {
    let person = who.person()?;
    admit(app, person).await?;
    let made = match wanted {
        Printout::List {
            kind,
            court,
            day,
            room,
        } => list::make(app, person, kind, (court, day, room)).await?,
        Printout::CourtRegister { court, day, youth } => {
            register::make(app, person, (court, day), youth).await?
        }
        Printout::InformantRegister { authority, day } => {
            informant::make(app, person, authority, day).await?
        }
        Printout::Extract { case, defendant } => {
            extract::make(app, person, case, defendant).await?
        }
        Printout::Memorandum { case, defendant } => {
            memorandum::make(app, person, case, defendant).await?
        }
        Printout::MaterialReceipt { material } => {
            receipt::of_material(app, person, material).await?
        }
        Printout::DocumentReceipt { document } => {
            receipt::of_document(app, person, document).await?
        }
    };

    let (id, bytes, mime, ending) = match made.content {
        Content::View(view) => {
            let id = view.document_id;
            let bytes = app.printer.print_printout(*view).await?;
            (id, bytes, "application/pdf", "pdf")
        }
        Content::Values { id, text } => (id, text.into_bytes(), "text/csv; charset=utf-8", "csv"),
    };

    let event = ReadingEvent::PrintoutMade {
        printout: wanted.to_string(),
        name: made.name,
        document_id: id,
        sha256: hex::encode(Sha256::digest(&bytes)),
        cases: made.cases,
        organisation: person.organisation.id,
        policy: made.policy,
    };
    reading::record(app, person, made.about, event).await?;
    Ok(Ready {
        bytes,
        mime,
        name: format!("{}.{ending}", made.file),
    })
}
